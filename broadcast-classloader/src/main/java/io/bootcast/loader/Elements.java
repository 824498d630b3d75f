package io.bootcast.loader;

import io.bootcast.index.ElementFacts;
import io.bootcast.index.Index;
import io.bootcast.store.Image;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.security.PermissionCollection;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.HashMap;
import java.util.Map;

/**
 * What the loader needs of each element besides its bytes, made when it is first asked for: where it says it comes from (the original path) and where its
 * resources are (the store). Any thread.
 */
final class Elements {
    /** From this release on the application class loader grants nothing: JEP 486. */
    private static final int FIRST_WITHOUT_PERMISSIONS = 24;

    private final Image image;
    private final Index index;
    private final ClassLoader loader;
    private final ProtectionDomain[] domains;
    private final Map<CodeSource, ProtectionDomain> signedDomains = new HashMap<>();
    private final URL[] bases;
    private final boolean hasDirectories;

    Elements(Image image, ClassLoader loader) {
        this.image = image;
        this.index = image.index();
        this.loader = loader;
        this.domains = new ProtectionDomain[index.elementCount()];
        this.bases = new URL[index.elementCount()];
        this.hasDirectories = ofKind(ElementFacts.DIRECTORY, index).length > 0;
    }

    /** The numbers of the elements of one kind, in class path order. */
    static int[] ofKind(int kind, Index index) {
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

    /** True if files of a directory came along. */
    boolean hasDirectories() {
        return hasDirectories;
    }

    private boolean isDirectory(int element) {
        return index.kind(element) == ElementFacts.DIRECTORY;
    }

    /** The element's original path as a URL, where "the jar's directory/../conf" is to be found: its code source. */
    URL home(int element) {
        return UrlPath.ofFile(new File(index.originalPath(element)), isDirectory(element));
    }

    /** Of classes that nobody signed: one per element. */
    synchronized ProtectionDomain domain(int element) {
        if (domains[element] == null) {
            domains[element] = domainOf(element, new CodeSource(home(element), (Certificate[]) null));
        }
        return domains[element];
    }

    /** Of classes that {@code signers} signed: one per element and signers. */
    synchronized ProtectionDomain domain(int element, CodeSigner[] signers) {
        if (signers == null) {
            return domain(element);
        }
        CodeSource source = new CodeSource(home(element), signers);
        ProtectionDomain known = signedDomains.get(source);
        if (known == null) {
            known = domainOf(element, source);
            signedDomains.put(source, known);
        }
        return known;
    }

    private ProtectionDomain domainOf(int element, CodeSource source) {
        PermissionCollection permissions = grantsPermissions()
                ? new StockPermissions(index.originalPath(element) + (isDirectory(element) ? "/-" : ""))
                : new Permissions();
        return new ProtectionDomain(source, permissions, loader, null);
    }

    /** True if the application class loader of this JVM grants anything to its classes. */
    static boolean grantsPermissions() {
        return Runtime.version().feature() < FIRST_WITHOUT_PERMISSIONS;
    }

    /** The URL below which the element's resources are. */
    synchronized URL base(int element) throws MalformedURLException {
        if (bases[element] == null) {
            URL url = UrlPath.ofFile(image.file(element), isDirectory(element));
            bases[element] = isDirectory(element) ? url : UrlPath.ofContent(url);
        }
        return bases[element];
    }
}
