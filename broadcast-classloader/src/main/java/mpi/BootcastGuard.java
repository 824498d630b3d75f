package mpi;

/**
 * Who has started MPI. {@code MPI.Init} called twice is an error in MPI; Bootcast has called it before the application does. The guarded
 * {@code mpi.jar} asks {@link #adopt} at the start of {@code Init} and {@code InitThread}, and {@link #hidden} at the start of {@code isInitialized}:
 * the application's first {@code Init} takes over what runs, and everything after that is MPI's own. Before {@code Finalize} it asks {@link
 * #beforeFinalize}.
 *
 * <p>In package {@code mpi} so that the guarded classes reach it without opening anything. Any thread.
 */
public final class BootcastGuard {
    private enum Owner {
        NOBODY,
        BOOTCAST,
        APPLICATION
    }

    private static Owner owner = Owner.NOBODY;

    private BootcastGuard() {}

    /** Bootcast has initialised MPI; the application does not know it. */
    public static synchronized void startedByBootcast() {
        owner = Owner.BOOTCAST;
    }

    /** True if Bootcast initialised MPI and the application never asked for it. */
    public static synchronized boolean ownedByBootcast() {
        return owner == Owner.BOOTCAST;
    }

    /** True once: for the application's first {@code Init}, which has nothing to do then. */
    static synchronized boolean adopt() {
        boolean first = owner == Owner.BOOTCAST;
        if (first) {
            owner = Owner.APPLICATION;
        }
        return first;
    }

    /** True while MPI runs and the application has not asked for it: then it is not initialised as far as the application can see. */
    static synchronized boolean hidden() {
        return owner == Owner.BOOTCAST;
    }

    /**
     * Bootcast has Open MPI started so that {@code Finalize} does not wait for other ranks (a program that never uses MPI must not); an
     * application's own {@code Finalize} does wait, as MPI's users expect.
     */
    static void beforeFinalize() throws MPIException {
        boolean adopted;
        synchronized (BootcastGuard.class) {
            adopted = owner == Owner.APPLICATION;
        }
        if (adopted && !MPI.isFinalized()) {
            MPI.COMM_WORLD.barrier();
        }
    }

    /** As {@code System.loadLibrary}, and if that finds nothing, from {@code directory}. */
    static void loadLibrary(String name, String directory) {
        try {
            System.loadLibrary(name);
        } catch (UnsatisfiedLinkError e) {
            if (directory.isEmpty()) {
                throw e;
            }
            System.load(directory + "/" + System.mapLibraryName(name));
        }
    }
}
