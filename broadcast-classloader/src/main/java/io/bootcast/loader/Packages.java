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

    /** True if {@code name} was defined from {@code element} before, so that there is nothing to do. */
    boolean isKnown(String name, int element) {
        Origin origin = origins.get(name);
        return origin != null && origin.element == element;
    }

    /** The manifest's values for a package, and its seal, for {@code definePackage}; all null without a manifest. */
    String[] values(String name, int element) {
        String[] values = index.packageValues(element, name);
        return values.length == 0 ? new String[SEALED + 1] : values;
    }

    static boolean isSealed(String[] values) {
        return "true".equalsIgnoreCase(values[SEALED]);
    }

    /** Remembers the package's first element; a second element may not add to a sealed package, nor seal it. */
    void enter(String name, int element, boolean sealed) {
        Origin own = new Origin(element, sealed);
        Origin first = origins.putIfAbsent(name, own);
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

    private static final class Origin {
        final int element;
        final boolean sealed;

        Origin(int element, boolean sealed) {
            this.element = element;
            this.sealed = sealed;
        }
    }
}
