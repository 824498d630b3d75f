package mpi;

/**
 * Who has started MPI, and what of it the application may see. {@code MPI.Init} called twice is an error in MPI, and Bootcast has called it before the
 * application does. So the guarded {@code mpi.jar} asks here: the application's first {@code Init} or {@code InitThread} takes over what runs ({@link
 * #adopt()}); until then MPI is not initialised as far as the application can see ({@link #seen}); and after that the answers are those that the
 * application would have had from an {@code Init} of its own, as to its level of thread support and its main thread.
 *
 * <p>In package {@code mpi} so that the guarded classes reach it without opening anything. Any thread.
 */
public final class BootcastGuard {
    private enum Owner {
        NOBODY,
        BOOTCAST,
        OFFERED,
        APPLICATION,
        ENDED
    }

    private static final String[] LEVELS = {"single", "funneled", "serialized", "multiple"};

    private static Owner owner = Owner.NOBODY;
    private static int asked;
    private static int provided;

    /** Read at each call of MPI: one volatile read. */
    private static volatile boolean hidden;

    private static volatile Thread finalizer;
    private static volatile Thread applicationMain;
    private static volatile int applicationLevel;

    private BootcastGuard() {}

    // ---- what Bootcast says -----------------------------------------------------------------------------------------

    /** Bootcast has initialised MPI, asking for level {@code levelAsked} and getting {@code levelProvided}; the application does not know it. */
    public static synchronized void startedByBootcast(int levelAsked, int levelProvided) {
        owner = Owner.BOOTCAST;
        asked = levelAsked;
        provided = levelProvided;
    }

    /** Bootcast makes no more calls: from now on the application may initialise, and sees nothing of MPI until it does. */
    public static synchronized void offer() {
        owner = Owner.OFFERED;
        hidden = true;
    }

    /** True once, if Bootcast has initialised MPI and the application never asked for it: the caller finalises it then, in this thread. */
    public static synchronized boolean takeBack() {
        boolean mine = owner == Owner.BOOTCAST || owner == Owner.OFFERED;
        if (mine) {
            owner = Owner.ENDED;
            hidden = true;
            finalizer = Thread.currentThread();
        }
        return mine;
    }

    /** The level of thread support that {@code OMPI_MPI_THREAD_LEVEL} gives to {@code MPI.Init}, by Open MPI's rules; 0 if it is not set. */
    public static int levelOfEnvironment() {
        String value = System.getenv("OMPI_MPI_THREAD_LEVEL");
        if (value == null) {
            return MPI.THREAD_SINGLE;
        }
        int level = 0;
        try {
            level = Integer.parseInt(value.trim());
        } catch (NumberFormatException e) {
            // atoi says 0.
        }
        return level < MPI.THREAD_SINGLE || level > MPI.THREAD_MULTIPLE ? MPI.THREAD_MULTIPLE : level;
    }

    // ---- what the guarded classes ask -------------------------------------------------------------------------------

    /** True once: for the application's first {@code Init}, which has nothing to do then. */
    static boolean adopt() throws MPIException {
        return adopt(levelOfEnvironment());
    }

    /** True once: for the application's first {@code InitThread}, which has to return {@link #level} of anything then. */
    static boolean adopt(int required) throws MPIException {
        synchronized (BootcastGuard.class) {
            if (owner != Owner.OFFERED) {
                return false;
            }
            owner = Owner.APPLICATION;
            hidden = false;
            applicationMain = Thread.currentThread();
            applicationLevel = Math.min(required, provided);
        }
        if (required > provided && required > asked && MPI.COMM_WORLD.getRank() == 0) {
            System.err.println("bootcast: thread level of MPI: asked=" + LEVELS[Math.min(required, LEVELS.length - 1)]
                    + " provided=" + LEVELS[provided]
                    + "; MPI was started before the application asked: bootcast run --thread-level multiple");
        }
        return true;
    }

    /** What the application may see where MPI's own flag is {@code value}: initialised, or finalised. */
    static boolean seen(boolean value) {
        return value && !(hidden && Thread.currentThread() != finalizer);
    }

    /** The level of thread support, where MPI's own answer is {@code value}. */
    static int level(int value) {
        return applicationMain == null ? value : applicationLevel;
    }

    /** Whether this is the thread that initialised MPI, where MPI's own answer is {@code value}. */
    static boolean threadMain(boolean value) {
        Thread main = applicationMain;
        return main == null ? value : Thread.currentThread() == main;
    }

    /**
     * Bootcast has Open MPI started so that {@code Finalize} does not wait for other ranks (a program that never uses MPI must not); an
     * application's own {@code Finalize} does wait, as MPI's users expect.
     */
    static void beforeFinalize() throws MPIException {
        if (applicationMain != null && !MPI.isFinalized()) {
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
