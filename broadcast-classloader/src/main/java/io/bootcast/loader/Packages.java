package io.bootcast.loader;

import java.net.URL;
import java.util.concurrent.ConcurrentHashMap;

/** Which elements were found to be in order for which package, and what makes them so. The messages are the application class loader's. */
final class Packages {
    private static final int SEALED = 6;

    private final ConcurrentHashMap<String, Admitted> known = new ConcurrentHashMap<>();

    /** True if {@code element} was found to be in order for {@code name} before, so that there is nothing to do. */
    boolean isKnown(String name, int element) {
        Admitted admitted = known.get(name);
        return admitted != null && (admitted.first == element || admitted.last == element);
    }

    /** True if a manifest's values for a package seal it; there are none without a manifest. */
    static boolean isSealed(String[] values) {
        return values.length > SEALED && "true".equalsIgnoreCase(values[SEALED]);
    }

    /** An element from elsewhere than {@code home} may not add to a sealed package, nor seal one. */
    static void check(Package found, URL home, boolean sealed) {
        if (found.isSealed() && !found.isSealed(home)) {
            throw new SecurityException("sealing violation: package " + found.getName() + " is sealed");
        }
        if (!found.isSealed() && sealed) {
            throw new SecurityException(
                    "sealing violation: can't seal package " + found.getName() + ": already defined");
        }
    }

    /** Remembers that {@code element} is in order for the package, which is defined. */
    void enter(String name, int element) {
        Admitted first = known.putIfAbsent(name, new Admitted(element));
        if (first != null) {
            first.last = element;
        }
    }

    /** The elements of a package that need no second look: the first one, and the one that came last. */
    private static final class Admitted {
        final int first;
        volatile int last;

        Admitted(int element) {
            this.first = element;
            this.last = element;
        }
    }
}
