package io.bootcast.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where things live on a site, which tells whose a system call is.
 *
 * @param jdk the JDK's home
 * @param bootcast directories and files that are Bootcast's: its installation, its store, the elements of the class path
 * @param openMpi Open MPI's directories; its files are known by their names elsewhere too
 * @param libraryPath the directories of {@code LD_LIBRARY_PATH}
 */
public record Homes(String jdk, List<String> bootcast, List<String> openMpi, List<String> libraryPath) {
    /** Libraries, the linker's own files, and the subdirectories for kinds of machines that it looks for in each directory of the library path. */
    private static final Pattern LIBRARY =
            Pattern.compile("\\.so(\\.[0-9.]+)?$|/ld\\.so\\.[a-z]+$|/(glibc-hwcaps|tls|haswell|avx512_1|x86_64)(/|$)");

    private static final Pattern OPEN_MPI = Pattern.compile(
            "/(openmpi|pmix|prrte|hwloc|ompi\\.|libmpi|libopen-|libpmix|libhwloc|mca_|vader_|\\.openmpi|\\.pmix)");

    /** Nothing is known: all calls of {@code java} are the linker's, Open MPI's, or others. */
    public static final Homes NONE = new Homes("", List.of(), List.of(), List.of());

    /**
     * Whose a call is, by these rules in this order: a search for a library that failed, wherever, is the linker's, and so is a look at a directory of
     * the library path; what another program than {@code java} does is the wrapper's; below a home it is the home's owner's; other libraries are the
     * linker's; directories above a home, which are looked at to resolve links, belong to it.
     */
    Cause causeOf(String program, Call.Kind kind, List<String> paths, boolean failed) {
        List<String> known = paths.isEmpty() ? List.of("") : paths;
        String path = known.get(known.size() - 1);
        boolean isLibrary = LIBRARY.matcher(path).find();
        if (isLibrary && failed || kind == Call.Kind.STAT && libraryPath.contains(known.get(0))) {
            return Cause.LINKER;
        }
        if (!program.isEmpty() && !program.endsWith("/java")) {
            return isLibrary ? Cause.LINKER : Cause.WRAPPER;
        }
        if (!jdk.isEmpty() && Call.isBelow(path, jdk)) {
            return Cause.JDK;
        }
        if (isBelowAny(path, bootcast)) {
            return Cause.BOOTCAST;
        }
        if (isBelowAny(path, openMpi) || OPEN_MPI.matcher(path).find()) {
            return Cause.OPEN_MPI;
        }
        return isLibrary ? Cause.LINKER : ownerOfWhatIsBelow(path);
    }

    private static boolean isBelowAny(String path, List<String> directories) {
        for (String directory : directories) {
            if (Call.isBelow(path, directory)) {
                return true;
            }
        }
        return false;
    }

    private Cause ownerOfWhatIsBelow(String directory) {
        if (directory.length() > 1) {
            if (Call.isBelow(jdk, directory)) {
                return Cause.JDK;
            }
            for (String home : bootcast) {
                if (Call.isBelow(home, directory)) {
                    return Cause.BOOTCAST;
                }
            }
        }
        return Cause.OTHER;
    }

    /** The same with more that is Bootcast's. */
    public Homes withBootcast(List<String> more) {
        List<String> all = new ArrayList<>(bootcast);
        all.addAll(more);
        return new Homes(jdk, all, openMpi, libraryPath);
    }
}
