package io.bootcast.build.archive;

import java.util.Locale;

/** How an application starts from an image. */
public enum Way {
    /** {@code bootcast java}: the JVM's own application loader over the jars of the image. */
    STOCK,
    /** {@code bootcast run --bundle}: the broadcast loader. */
    LOADER;

    /** As in {@code launch/archives}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
