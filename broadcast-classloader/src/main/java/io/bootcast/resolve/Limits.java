package io.bootcast.resolve;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What is taken along and what stays at home. */
public final class Limits {
    /** A directory with more files than this stays at home. */
    public static final int DIRECTORY_FILES = 20_000;

    /** A directory with more bytes than this stays at home. */
    public static final long DIRECTORY_BYTES = 512L << 20;

    private final long totalBytes;
    private final List<String> live;

    /**
     * @param totalBytes elements beyond this many bytes stay at home
     * @param live directories and jars that stay at home, as the user named them
     */
    public Limits(long totalBytes, List<String> live) {
        this.totalBytes = totalBytes;
        this.live = live;
    }

    int files() {
        return DIRECTORY_FILES;
    }

    long directoryBytes() {
        return DIRECTORY_BYTES;
    }

    long totalBytes() {
        return totalBytes;
    }

    /** True if {@code path} is one of the paths that stay at home, or lies below one, as the user named it or by its true name. */
    boolean isLive(Path path) throws IOException {
        for (String name : live) {
            Path asNamed = Path.of(name).toAbsolutePath().normalize();
            if (path.startsWith(asNamed)
                    || path.startsWith(new File(name).getCanonicalFile().toPath())) {
                return true;
            }
        }
        return false;
    }
}
