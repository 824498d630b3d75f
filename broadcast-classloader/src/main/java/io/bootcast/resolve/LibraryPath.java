package io.bootcast.resolve;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the JVM looks for native libraries, and which of those directories are the user's own, so that they travel. */
public final class LibraryPath {
    /** Where this lies Open MPI is installed: it finds its parts by its place, and is loaded from there before anything is carried. */
    static final String MPI_LIBRARY = "libmpi_java.so";

    /** What HotSpot on Linux puts between {@code LD_LIBRARY_PATH} and the system's directories: os_linux.cpp, SYS_EXT_DIR. */
    private static final String DEFAULT_BEGINS = "/usr/java/packages/lib:";

    private static final String[] SYSTEM = {"/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64"};
    private static final String PACKAGES = "/usr/java/packages";

    private LibraryPath() {}

    /** True if {@code libraryPath} is what the JVM makes of {@code LD_LIBRARY_PATH} (null: not set) where nobody gives {@code -Djava.library.path}. */
    public static boolean isDefault(String libraryPath, String ldLibraryPath) {
        return libraryPath.startsWith((ldLibraryPath == null ? "" : ldLibraryPath + ":") + DEFAULT_BEGINS);
    }

    /** The directories of a search path in order; an empty one is the working directory. */
    public static List<String> directories(String path) {
        List<String> directories = new ArrayList<>();
        int start = 0;
        while (start <= path.length()) {
            int end = path.indexOf(File.pathSeparatorChar, start);
            end = end < 0 ? path.length() : end;
            directories.add(start == end ? "." : path.substring(start, end));
            start = end + 1;
        }
        return directories;
    }

    /** True for directories that belong to the system or to the JDK at {@code javaHome}: every node has them, or the JDK's own way to them is needed. */
    static boolean isSystem(Path directory, String javaHome) {
        for (String system : SYSTEM) {
            if (directory.startsWith(system)) {
                return true;
            }
        }
        return directory.startsWith(PACKAGES) || !javaHome.isEmpty() && directory.startsWith(javaHome);
    }
}
