package io.bootcast.loader;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.ElementFacts;
import io.bootcast.index.Index;
import io.bootcast.index.LoadList;
import io.bootcast.store.Image;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.security.PermissionCollection;
import java.security.Permissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Manifest;
import java.util.zip.ZipException;

/**
 * Serves an application from an image as the stock application class loader serves it from a class path. Nothing here is collective and
 * nothing asks the shared file system: a class load never waits for another rank.
 *
 * <p>Order of a class load: Bootcast's own packages from the loader that loaded Bootcast; what the index has, unless a module of the JDK has
 * the package; then the parent. The stock loader asks its parent first; asking the index first gives the same answers (the index knows which
 * packages belong to the JDK) and saves a {@code ClassNotFoundException} per class, about 15 microseconds each in a cold JVM. Where somebody
 * has added to the boot class path ({@code -Xbootclasspath/a}, agents), {@code parentFirst} restores the stock order.
 *
 * <p>It extends {@code URLClassLoader} because libraries cast to it and ask {@code getURLs}. Of its way to find things it uses what is not in the image: the
 * elements that stayed at home are the URLs of the superclass, which defines their classes as ever.
 */
public final class BroadcastClassLoader extends URLClassLoader {
    static {
        ClassLoader.registerAsParallelCapable();
    }

    private static final String[] OWN_PREFIXES = {"io.bootcast.", "mpi.", "org.crac."};
    private static final String CLASS_SUFFIX = ".class";

    private final Index index;
    private final Image image;
    private final EntryBytes bytes;
    private final Elements elements;
    private final HomeElements home;
    private final JdkModules modules;
    private final ResourceSearch resources;
    private final SignedJars signedJars;
    private final Packages packages = new Packages();
    private final DefinedClasses defined = new DefinedClasses();
    private final LookupCounts counts = new LookupCounts();
    private final ClassLoader own;
    private volatile boolean parentFirst;
    private boolean homeIsAdded;
    private volatile boolean closed;

    /** What this loader defines and finds; null unless {@link #record} was called. */
    private LoadList.Builder recording;

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
        this.own = BroadcastClassLoader.class.getClassLoader();
        this.modules = new JdkModules(getParent(), own);
        this.home = new HomeElements(index, modules);
        this.resources = new ResourceSearch(image, elements, home);
        this.signedJars = new SignedJars(image);
        this.parentFirst = parentFirst;
    }

    /** How often this loader was asked, for the report. */
    public LookupCounts counts() {
        return counts;
    }

    /** From now on {@code recording} gets what this loader defines and finds. To be called before the application's first thread starts. */
    public void record(LoadList.Builder recording) {
        this.recording = recording;
    }

    /** From now on asks the parent before the index for every class: somebody may add to the boot class path. */
    public void askParentFirst() {
        parentFirst = true;
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
        if (home.isEmpty()) {
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
        int first = entry == 0 ? Integer.MAX_VALUE : index.element(index.firstPlace(entry));
        if (home.mayHaveClass(name, first)) {
            return remember(findAtHome(name));
        }
        if (entry == 0) {
            counts.miss(/* inIndex= */ true);
            throw new ClassNotFoundException(name);
        }
        counts.hit();
        try {
            return remember(
                    index.isSigned(first) ? defineSigned(name, first) : definePlain(name, index.firstPlace(entry)));
        } catch (ZipException | EOFException e) {
            // Damaged: the stock loader goes on as if it were not there.
            throw new ClassNotFoundException(name);
        } catch (IOException e) {
            // The JVM remembers for ever that a class was not found; this one may be there the next time.
            throw new BootcastException(
                    Fault.STORE,
                    "image: cannot read a class: class=" + name + " file=" + image.file(first) + " reason="
                            + BootcastException.reason(e),
                    e);
        }
    }

    private Class<?> remember(Class<?> type) {
        if (recording != null) {
            recording.addClass(type.getName());
        }
        return defined.add(type);
    }

    /** Packages first, as in the stock loader: a class that cannot be read leaves its package behind. */
    private Class<?> definePlain(String name, int place) throws IOException {
        int element = index.element(place);
        enterPackage(name, element, /* manifest= */ null);
        return defineClass(name, bytes.content(place), elements.domain(element));
    }

    private Class<?> defineSigned(String name, int element) throws IOException {
        try (SignedJars.Opened entry =
                signedJars.open(element, name.replace('.', '/').concat(CLASS_SUFFIX))) {
            enterPackage(name, element, entry.manifest());
            byte[] content = entry.read();
            return defineClass(name, content, 0, content.length, elements.domain(element, entry.signers()));
        }
    }

    /** Leaves it to the superclass, whose URLs are the elements at home. */
    private Class<?> findAtHome(String name) throws ClassNotFoundException {
        addHome();
        try {
            return super.findClass(name);
        } catch (ClassNotFoundException e) {
            counts.miss(/* inIndex= */ true);
            throw e;
        }
    }

    /** Only now, because a URL tells a directory from a jar, and that is a question to the shared file system. */
    private void addHome() {
        synchronized (home) {
            if (!homeIsAdded) {
                for (int i = 0; i < home.count(); i++) {
                    addURL(home.url(i));
                }
                homeIsAdded = true;
            }
        }
    }

    /** What the stock loader grants to classes of elements at home. */
    @Override
    protected PermissionCollection getPermissions(CodeSource source) {
        if (!Elements.grantsPermissions()) {
            return new Permissions();
        }
        PermissionCollection granted = super.getPermissions(source);
        granted.add(StockPermissions.exit());
        return granted;
    }

    /**
     * From now on remembers the classes that it defines, for {@link #linkDefined}. To be called before the first class is loaded, by a run that makes a class-data
     * archive.
     */
    public void rememberDefined() {
        defined.remember();
    }

    /** Links all classes that were defined since {@link #rememberDefined}. */
    public void linkDefined() {
        defined.link();
    }

    /** Defines a class of Bootcast's own making in the package, and with the protection domain, of {@code neighbour}. */
    public Class<?> defineNextTo(Class<?> neighbour, String name, byte[] classFile) {
        return defineClass(name, classFile, 0, classFile.length, neighbour.getProtectionDomain());
    }

    /** Makes the package of {@code className} known, or refuses the class because somebody has sealed the package. */
    private void enterPackage(String className, int element, Manifest manifest) {
        int dot = className.lastIndexOf('.');
        String name = dot < 0 ? "" : className.substring(0, dot);
        if (dot < 0 || packages.isKnown(name, element)) {
            return;
        }
        URL origin = elements.home(element);
        String[] values = index.packageValues(element, name);
        Package found = getDefinedPackage(name);
        if (found == null || manifest != null) {
            try {
                if (manifest != null) {
                    // Also where the package is defined already: this refuses what the signers did not sign.
                    definePackage(name, manifest, origin);
                } else {
                    definePackage(name, values, origin);
                }
            } catch (IllegalArgumentException e) {
                // Defined already, perhaps by another thread just now.
                found = getDefinedPackage(name);
            }
        }
        if (found != null) {
            Packages.check(found, origin, Packages.isSealed(values));
        }
        packages.enter(name, element);
    }

    private void definePackage(String name, String[] values, URL origin) {
        if (values.length == 0) {
            definePackage(name, null, null, null, null, null, null, null);
        } else {
            URL seal = Packages.isSealed(values) ? origin : null;
            definePackage(name, values[0], values[1], values[2], values[3], values[4], values[5], seal);
        }
    }

    /** The first of the JDK's, then of the class path. */
    @Override
    public URL getResource(String name) {
        URL found = outside(name);
        return found == null ? findResource(name) : found;
    }

    private URL outside(String name) {
        URL found = getParent().getResource(name);
        return found == null && modules.mayHave(name) ? modules.find(name) : found;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        if (!modules.mayHave(name)) {
            return super.getResources(name);
        }
        List<URL> found = modules.findAll(name);
        found.addAll(Collections.list(findResources(name)));
        return Collections.enumeration(found);
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
        List<URL> found = closed ? new ArrayList<>() : resources.find(name, all);
        countResource(name, !found.isEmpty());
        return found;
    }

    private void countResource(String name, boolean found) {
        counts.resource(found);
        if (found && recording != null) {
            recording.addResource(name);
        }
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        URL outside = outside(name);
        try {
            if (outside != null) {
                return outside.openStream();
            }
            int place = closed ? 0 : resources.placeInMemory(name);
            if (place == 0 && (closed || resources.find(name, /* all= */ false).isEmpty())) {
                countResource(name, /* found= */ false);
                return null;
            }
            if (place == 0) {
                return super.getResourceAsStream(name);
            }
            countResource(name, /* found= */ true);
            return bytes.stream(place);
        } catch (ZipException e) {
            // Damaged: who reads the stream is told, by the JDK's reader.
            return super.getResourceAsStream(name);
        } catch (IOException e) {
            return null;
        }
    }

    /** The elements' files in the store, in class path order. */
    @Override
    public URL[] getURLs() {
        List<URL> urls = new ArrayList<>();
        for (String file : classPath()) {
            urls.add(UrlPath.ofFile(new File(file), file.endsWith("/") || new File(file).isDirectory()));
        }
        return urls.toArray(new URL[0]);
    }

    /** The elements' files in the store, for {@code java.class.path}; elements that stayed at home as they are, absent ones left out. */
    public List<String> classPath() {
        List<String> files = new ArrayList<>();
        for (int element = 0; element < index.elementCount(); element++) {
            if (index.kind(element) != ElementFacts.ABSENT && index.kind(element) != ElementFacts.FILES) {
                files.add(image.file(element).getPath());
            }
        }
        return files;
    }

    /** Null where the JVM's own search finds the right file, or none; it comes after this one. */
    @Override
    protected String findLibrary(String name) {
        String file = image.library(System.mapLibraryName(name)).getPath();
        counts.library(!file.isEmpty());
        return file.isEmpty() ? null : file;
    }

    /** From now on nothing more is found, and streams that are open end, as with {@code URLClassLoader}. */
    @Override
    public void close() throws IOException {
        closed = true;
        bytes.close();
        signedJars.close();
        home.close();
        super.close();
    }
}
