package io.bootcast.bench;

/** Who is behind a system call of a rank. */
public enum Cause {
    /** What runs before {@code java} takes over the process: the shell with the wrapper script. */
    WRAPPER,
    /** The search for shared libraries, of whatever program, and those libraries that belong to none of the others. */
    LINKER,
    /** Open MPI's, PMIx' and hwloc's libraries, components, parameter and session files. */
    OPEN_MPI,
    /** What lies below the JDK's home. */
    JDK,
    /** Bootcast's own jars, its store, and the files of the class path. */
    BOOTCAST,
    /** All else: the application, the JVM's look at the machine. */
    OTHER
}
