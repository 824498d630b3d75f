package io.bootcast.loader;

import io.bootcast.index.Index;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which element a package was first defined from, and whether that sealed it. The messages are the JDK's ({@code URLClassLoader}).
 */
final class Packages {
    private static final int SEALED = 6;

    private final Index index;
    private final ConcurrentHashMap<String, Origin> origins = new ConcurrentHashMap<>();

    Packages(Index index) {
        this.index = index;
    }

    /** True if {@code element} was found to be in order for {@code name} before, so that there is nothing to do. */
    boolean isKnown(String name, int element) {
        Origin origin = origins.get(name);
        return origin != null && (origin.element == element || origin.lastAdmitted == element);
    }

    /** The manifest's values for a package, and its seal, for {@code definePackage}; all null without a manifest. */
    String[] values(String name, int element) {
        String[] values = index.packageValues(element, name);
        return values.length == 0 ? new String[SEALED + 1] : values;
    }

    static boolean isSealed(String[] values) {
        return "true".equalsIgnoreCase(values[SEALED]);
    }

    /** A second element may not add to a sealed package, nor seal it. */
    void check(String name, int element, boolean sealed) {
        Origin first = origins.get(name);
        if (first == null || first.element == element) {
            return;
        }
        if (first.sealed) {
            throw new SecurityException("sealing violation: package " + name + " is sealed");
        }
        if (sealed) {
            throw new SecurityException("sealing violation: can't seal package " + name + ": already loaded");
        }
    }

    /** Remembers that the package is defined, if this is its first element, and that {@code element} is in order for it. */
    void enter(String name, int element, boolean sealed) {
        Origin first = origins.putIfAbsent(name, new Origin(element, sealed));
        if (first != null) {
            first.lastAdmitted = element;
        }
    }

    private static final class Origin {
        final int element;
        final boolean sealed;
        volatile int lastAdmitted;

        Origin(int element, boolean sealed) {
            this.element = element;
            this.sealed = sealed;
            this.lastAdmitted = element;
        }
    }
}
