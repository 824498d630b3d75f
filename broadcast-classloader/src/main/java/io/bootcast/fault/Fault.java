package io.bootcast.fault;

/**
 * What failed, as the user sees it: each value is also an exit code of the process. 2 is a mistake on the command line, 64 and above are
 * Bootcast's own faults; every other code is the application's.
 */
public enum Fault {
    /** The command line cannot be understood. */
    USAGE(2),
    /** The class path cannot be read by the root. */
    CLASS_PATH(64),
    /** The store cannot be made, is not safe to use, or is full. */
    STORE(65),
    /** Bootcast's own files are incomplete or damaged. */
    INSTALLATION(66),
    /** An index, blob or message is not what its format says. */
    FORMAT(67),
    /** MPI cannot be started or failed. */
    TRANSPORT(68),
    /** The ranks were started with different class paths, JDKs or Bootcast versions. */
    RANKS_DIFFER(69),
    /** Nothing moved for as long as {@code --timeout} allows. */
    TIMEOUT(70),
    /** A fault of Bootcast itself. */
    INTERNAL(71),
    /** A bundle is damaged, stale, not safe to unpack, or made for another JVM. */
    BUNDLE(72);

    private final int exitCode;

    Fault(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The exit code of a process that ends because of this fault. */
    public int exitCode() {
        return exitCode;
    }

    /** The fault that a message of another rank names by its position in this list. */
    public static Fault of(int ordinal) {
        Fault[] all = values();
        return ordinal >= 0 && ordinal < all.length ? all[ordinal] : INTERNAL;
    }
}
