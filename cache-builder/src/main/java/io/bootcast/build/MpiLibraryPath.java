package io.bootcast.build;

import java.io.File;
import java.util.Arrays;
import java.util.Map;

/** Where {@code libmpi_java} is on this machine. */
final class MpiLibraryPath {
    private static final String LIBRARY = System.mapLibraryName("mpi_java");

    private MpiLibraryPath() {}

    /** The directory, or an empty string where it is in none of the usual places; the JVM's own search is all there is then. */
    static String find() {
        Map<String, String> environment = System.getenv();
        String home = environment.get("MPI_HOME");
        if (home != null && new File(home, "lib/" + LIBRARY).exists()) {
            return home + "/lib";
        }
        String searched = environment.get("LD_LIBRARY_PATH");
        if (searched != null) {
            for (String directory : searched.split(":")) {
                if (new File(directory, LIBRARY).exists()) {
                    return directory;
                }
            }
        }
        for (String parent : new String[] {"/usr/lib", "/usr/lib64", "/usr/local/lib"}) {
            if (new File(parent, LIBRARY).exists()) {
                return parent;
            }
            String[] children = new File(parent).list();
            String[] sorted = children == null ? new String[0] : children;
            Arrays.sort(sorted);
            for (String child : sorted) {
                for (String place : new String[] {child, child + "/lib"}) {
                    if (new File(parent, place + "/" + LIBRARY).exists()) {
                        return parent + "/" + place;
                    }
                }
            }
        }
        return "";
    }
}
