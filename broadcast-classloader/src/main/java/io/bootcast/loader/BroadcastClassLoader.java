package io.bootcast.loader;

import io.bootcast.index.ElementFacts;
import io.bootcast.index.Index;
import io.bootcast.store.Image;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Serves an application from an image as the stock application class loader serves it from a class path. Nothing here is collective and
 * nothing asks the shared file system: a class load never waits for another rank.
 *
 * <p>Order of a class load: Bootcast's own packages from the loader that loaded Bootcast; what the index has, unless a module of the JDK has
 * the package; then the parent. The stock loader asks its parent first; asking the index first gives the same answers (the index knows which
 * packages belong to the JDK) and saves a {@code ClassNotFoundException} per class, about 15 microseconds each in a cold JVM. Where somebody
 * has added to the boot class path ({@code -Xbootclasspath/a}, agents), {@code parentFirst} restores the stock order.
 *
 * <p>It extends {@code URLClassLoader} because libraries cast to it and ask {@code getURLs}; it shares none of its way to find things.
 */
public final class BroadcastClassLoader extends URLClassLoader {
    static {
        ClassLoader.registerAsParallelCapable();
    }

    private static final String[] OWN_PREFIXES = {"io.bootcast.", "mpi.", "org.crac."};

    private final Index index;
    private final Image image;
    private final EntryBytes bytes;
    private final Elements elements;
    private final Packages packages;
    private final ClassLoader own;
    private final boolean parentFirst;
    private final LookupCounts counts = new LookupCounts();
    private volatile boolean closed;
    /** Null unless {@link #rememberDefined} was called. */
    private List<Class<?>> defined;

    /**
     * A loader over {@code image}, below the platform class loader.
     *
     * @param parentFirst true to ask the parent before the index for every class
     */
    public BroadcastClassLoader(Image image, boolean parentFirst) {
        super(new URL[0], ClassLoader.getPlatformClassLoader());
        this.image = image;
        this.index = image.index();
        this.bytes = new EntryBytes(image);
        this.elements = new Elements(image, this);
        this.packages = new Packages(index);
        this.own = BroadcastClassLoader.class.getClassLoader();
        this.parentFirst = parentFirst;
    }

    /** How often this loader was asked, for the report. */
    public LookupCounts counts() {
        return counts;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        try {
            return loadHere(name, resolve);
        } catch (ClassNotFoundException e) {
            if (!parentFirst) {
                throw e;
            }
            // Agents add themselves to the class path of the JVM's own loader, where the application may find their
            // classes.
            // No lock of this loader is held: that loader holds its own while it asks this one.
            return own.loadClass(name);
        }
    }

    /** As {@code loadClass}, but never asks the loader that loaded Bootcast for what it does not have: for that loader itself. */
    public Class<?> loadHere(String name) throws ClassNotFoundException {
        return loadHere(name, /* resolve= */ false);
    }

    private Class<?> loadHere(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = loadNew(name);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private Class<?> loadNew(String name) throws ClassNotFoundException {
        if (isOwn(name)) {
            try {
                return own.loadClass(name);
            } catch (ClassNotFoundException e) {
                // Not one that Bootcast brings, such as another MPI's bindings: as any other class.
            }
        }
        if (parentFirst) {
            try {
                return getParent().loadClass(name);
            } catch (ClassNotFoundException e) {
                return findClass(name);
            }
        }
        int entry = closed ? 0 : index.findClass(name);
        if (entry != 0 && !index.isInJdk(index.firstPlace(entry))) {
            return define(name, entry);
        }
        if (elements.live().length == 0) {
            counts.miss(entry == 0);
            return getParent().loadClass(name);
        }
        try {
            return getParent().loadClass(name);
        } catch (ClassNotFoundException e) {
            return findClass(name);
        }
    }

    /** True for a class that exists in the loader that loaded Bootcast only. */
    public static boolean isOwn(String name) {
        for (String prefix : OWN_PREFIXES) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            int entry = closed ? 0 : index.findClass(name);
            if (entry != 0 && index.isInJdk(index.firstPlace(entry))) {
                entry = 0;
            }
            return define(name, entry);
        }
    }

    /** All of the class path is in the unnamed module; a named one is never found here. */
    @Override
    protected Class<?> findClass(String moduleName, String name) {
        if (moduleName != null) {
            return null;
        }
        try {
            return findClass(name);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** Defines {@code name} from the first place of {@code entry}, or from an element at home that comes before it; 0 is no entry. */
    private Class<?> define(String name, int entry) throws ClassNotFoundException {
        int place = entry == 0 ? 0 : index.firstPlace(entry);
        int first = entry == 0 ? Integer.MAX_VALUE : index.element(place);
        try {
            for (int element : elements.live()) {
                if (element > first) {
                    break;
                }
                URL found = elements.findLive(element, name.replace('.', '/').concat(".class"));
                if (found != null && !isInJdk(name)) {
                    return defineFrom(element, name, read(found));
                }
            }
            if (entry == 0) {
                counts.miss(/* inIndex= */ true);
                throw new ClassNotFoundException(name);
            }
            counts.hit();
            return defineFrom(first, name, bytes.content(place));
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** The index knows it of its own entries; of what elements at home have, the module layer does. */
    private static boolean isInJdk(String className) {
        int dot = className.lastIndexOf('.');
        for (Module module : ModuleLayer.boot().modules()) {
            if (dot > 0 && module.getPackages().contains(className.substring(0, dot))) {
                return true;
            }
        }
        return false;
    }

    private static ByteBuffer read(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            return ByteBuffer.wrap(in.readAllBytes());
        }
    }

    private Class<?> defineFrom(int element, String name, ByteBuffer content) throws MalformedURLException {
        int dot = name.lastIndexOf('.');
        if (dot > 0) {
            enterPackage(name.substring(0, dot), element);
        }
        Class<?> type = defineClass(name, content, elements.domain(element));
        if (defined != null) {
            defined.add(type);
        }
        return type;
    }

    /**
     * From now on remembers the classes that it defines, for {@link #linkDefined}. To be called before the first class is loaded, by a run that makes a class-data
     * archive.
     */
    public void rememberDefined() {
        defined = Collections.synchronizedList(new ArrayList<>());
    }

    /**
     * Links all classes that were defined so far: JDK 17 archives a class of a loader that is not its own only if it is linked, and leaves
     * out every sixth of Hibernate's that were loaded and never used. Asking for the methods of a class links it and initialises nothing.
     */
    public void linkDefined() {
        for (Class<?> type : defined.toArray(new Class<?>[0])) {
            try {
                type.getDeclaredMethods();
            } catch (LinkageError e) {
                // A class that cannot be linked, for example because an optional library is absent, cannot be archived.
                continue;
            }
        }
    }

    /** Defines a class of Bootcast's own making in the package, and with the protection domain, of {@code neighbour}. */
    public Class<?> defineNextTo(Class<?> neighbour, String name, byte[] classFile) {
        return defineClass(name, classFile, 0, classFile.length, neighbour.getProtectionDomain());
    }

    private void enterPackage(String name, int element) throws MalformedURLException {
        if (packages.isKnown(name, element)) {
            return;
        }
        synchronized (packages) {
            String[] values = packages.values(name, element);
            boolean sealed = Packages.isSealed(values);
            packages.check(name, element, sealed);
            if (getDefinedPackage(name) == null) {
                URL seal = sealed
                        ? UrlPath.ofFile(new File(index.originalPath(element)), elements.isDirectory(element))
                        : null;
                definePackage(name, values[0], values[1], values[2], values[3], values[4], values[5], seal);
            }
            // Last: a thread that finds the package known defines a class in it at once, and with it the package if it
            // is missing.
            packages.enter(name, element, sealed);
        }
    }

    @Override
    public URL findResource(String name) {
        List<URL> found = find(name, /* all= */ false);
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public Enumeration<URL> findResources(String name) {
        return Collections.enumeration(find(name, /* all= */ true));
    }

    private List<URL> find(String name, boolean all) {
        List<URL> found = new ArrayList<>(1);
        if (closed) {
            return found;
        }
        int entry = index.find(name);
        try {
            if (entry == 0 && elements.hasDirectories() && OddNames.isOdd(name)) {
                findOdd(name, all, found);
            } else {
                findPlain(name, entry, all, found);
            }
        } catch (MalformedURLException e) {
            // The stock loader, too, finds nothing where it can make no URL: what was found before counts.
            counts.resource(!found.isEmpty());
            return found;
        }
        counts.resource(!found.isEmpty());
        return found;
    }

    private void findPlain(String name, int entry, boolean all, List<URL> found) throws MalformedURLException {
        int places = entry == 0 ? 0 : index.placeCount(entry);
        int[] live = elements.live();
        int nextLive = 0;
        for (int i = 0; i <= places && (all || found.isEmpty()); i++) {
            int place = i < places ? index.place(entry, i) : 0;
            int element = i < places ? index.element(place) : Integer.MAX_VALUE;
            while (nextLive < live.length && live[nextLive] < element && (all || found.isEmpty())) {
                URL url = elements.findLive(live[nextLive++], name);
                if (url != null) {
                    found.add(url);
                }
            }
            if (i < places && (all || found.isEmpty())) {
                found.add(url(place, element, name));
            }
        }
    }

    private void findOdd(String name, boolean all, List<URL> found) throws MalformedURLException {
        for (int element = 0; element < index.elementCount() && (all || found.isEmpty()); element++) {
            URL url = null;
            if (index.kind(element) == ElementFacts.LIVE) {
                url = elements.findLive(element, name);
            } else if (index.kind(element) == ElementFacts.DIRECTORY) {
                String plain = OddNames.plain(image.file(element).getPath(), name);
                url = plain != null && holds(element, plain) ? UrlPath.below(elements.base(element), name) : null;
            }
            if (url != null) {
                found.add(url);
            }
        }
    }

    private boolean holds(int element, String name) {
        int entry = index.find(name);
        for (int i = 0; entry != 0 && i < index.placeCount(entry); i++) {
            if (index.element(index.place(entry, i)) == element) {
                return true;
            }
        }
        return false;
    }

    private URL url(int place, int element, String name) throws MalformedURLException {
        String real = name;
        if (index.isMultiRelease(element)) {
            real = index.release(place) == 0 ? name : "META-INF/versions/" + index.release(place) + "/" + name;
            real = index.isDirectoryAlias(place) ? real + "/" : real;
        }
        return UrlPath.below(elements.base(element), real);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        URL parents = getParent().getResource(name);
        try {
            if (parents != null) {
                return parents.openStream();
            }
            int entry = closed ? 0 : index.find(name);
            int[] live = elements.live();
            boolean liveFirst = live.length > 0 && (entry == 0 || live[0] < index.element(index.firstPlace(entry)));
            if (entry == 0 || liveFirst || !isPlainFile(name, index.firstPlace(entry))) {
                URL url = findResource(name);
                return url == null ? null : url.openStream();
            }
            counts.resource(/* found= */ true);
            return bytes.stream(index.firstPlace(entry));
        } catch (IOException e) {
            return null;
        }
    }

    /** False for what only the JDK's URLs can answer as they do: directories, damaged entries, names that make no URL. */
    private boolean isPlainFile(String name, int place) {
        return !name.isEmpty()
                && !name.endsWith("/")
                && name.indexOf(':') < 0
                && !index.isDirectoryAlias(place)
                && !index.isUnreadable(place);
    }

    /** The elements' files in the store, in class path order. */
    @Override
    public URL[] getURLs() {
        List<URL> urls = new ArrayList<>();
        for (String file : classPath()) {
            try {
                urls.add(UrlPath.ofFile(new File(file), file.endsWith("/") || new File(file).isDirectory()));
            } catch (MalformedURLException e) {
                throw new AssertionError("a file always has a URL: " + file, e);
            }
        }
        return urls.toArray(new URL[0]);
    }

    /** The elements' files in the store, for {@code java.class.path}; elements that stayed at home as they are, absent ones left out. */
    public List<String> classPath() {
        List<String> files = new ArrayList<>();
        for (int element = 0; element < index.elementCount(); element++) {
            if (index.kind(element) != ElementFacts.ABSENT) {
                files.add(image.file(element).getPath());
            }
        }
        return files;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        elements.close();
        super.close();
    }
}
