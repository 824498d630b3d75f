package io.bootcast.loader;

import io.bootcast.index.ElementFacts;
import io.bootcast.index.Index;
import io.bootcast.store.Image;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;

/**
 * What the loader needs of each element besides its bytes, made when it is first asked for: where it says it comes from (the original path), where its
 * resources are (the store), and for elements that stayed at home the stock loader's look at them. Any thread.
 */
final class Elements {
    /** From this release on the application class loader, too, grants nothing: JEP 486. */
    private static final int FIRST_WITHOUT_PERMISSIONS = 24;

    private final Image image;
    private final Index index;
    private final ClassLoader loader;
    private final ProtectionDomain[] domains;
    private final URL[] bases;
    private final URLClassLoader[] live;
    private final int[] liveElements;
    private final boolean hasDirectories;

    Elements(Image image, ClassLoader loader) {
        this.image = image;
        this.index = image.index();
        this.loader = loader;
        int count = index.elementCount();
        this.domains = new ProtectionDomain[count];
        this.bases = new URL[count];
        this.live = new URLClassLoader[count];
        this.liveElements = find(ElementFacts.LIVE);
        this.hasDirectories = find(ElementFacts.DIRECTORY).length > 0;
    }

    private int[] find(int kind) {
        int[] found = new int[index.elementCount()];
        int count = 0;
        for (int element = 0; element < found.length; element++) {
            if (index.kind(element) == kind) {
                found[count++] = element;
            }
        }
        int[] exact = new int[count];
        System.arraycopy(found, 0, exact, 0, count);
        return exact;
    }

    /** The elements that stayed at home, in class path order. */
    int[] live() {
        return liveElements;
    }

    /** True if files of a directory came along. */
    boolean hasDirectories() {
        return hasDirectories;
    }

    boolean isDirectory(int element) {
        return index.kind(element) == ElementFacts.DIRECTORY
                || index.kind(element) == ElementFacts.LIVE && new File(index.originalPath(element)).isDirectory();
    }

    /** One per element: its code source is the original path, where "the jar's directory/../conf" is to be found. */
    synchronized ProtectionDomain domain(int element) throws MalformedURLException {
        if (domains[element] == null) {
            URL home = UrlPath.ofFile(new File(index.originalPath(element)), isDirectory(element));
            CodeSource source = new CodeSource(home, (Certificate[]) null);
            Permissions permissions = Runtime.version().feature() < FIRST_WITHOUT_PERMISSIONS
                    ? StockPermissions.grant()
                    : new Permissions();
            domains[element] = new ProtectionDomain(source, permissions, loader, null);
        }
        return domains[element];
    }

    /** The URL of the element's file in the store, as {@code getURLs} gives it. */
    URL url(int element) throws MalformedURLException {
        return UrlPath.ofFile(image.file(element), isDirectory(element));
    }

    /** The URL below which the element's resources are. */
    synchronized URL base(int element) throws MalformedURLException {
        if (bases[element] == null) {
            bases[element] = isDirectory(element) ? url(element) : UrlPath.ofContent(url(element));
        }
        return bases[element];
    }

    /** What the stock loader finds in an element that stayed at home, or null. */
    URL findLive(int element, String name) throws MalformedURLException {
        return liveLoader(element).findResource(name);
    }

    private synchronized URLClassLoader liveLoader(int element) throws MalformedURLException {
        if (live[element] == null) {
            live[element] = new URLClassLoader(new URL[] {url(element)}, null);
        }
        return live[element];
    }

    /** Closes the jars that were opened at home. */
    synchronized void close() throws java.io.IOException {
        for (URLClassLoader open : live) {
            if (open != null) {
                open.close();
            }
        }
    }

    /** A class of its own: only where it is used are the classes that it names loaded. */
    private static final class StockPermissions {
        /** What the application class loader grants to its classes. */
        static Permissions grant() {
            Permissions permissions = new Permissions();
            permissions.add(new RuntimePermission("exitVM"));
            return permissions;
        }
    }
}
