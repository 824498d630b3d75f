package io.bootcast.transport;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import mpi.BootcastGuard;
import mpi.Comm;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;

/**
 * MPI by Open MPI's Java bindings. Starts MPI with {@code THREAD_SERIALIZED} (or more), works on a duplicate of {@code COMM_WORLD}, and
 * leaves MPI running for the application or finalizes it: {@link BootcastGuard} in {@code mpi.jar} makes the application's own {@code Init} right.
 */
public final class OpenMpiTransport implements Transport {
    /** In Open MPI the same as {@code THREAD_FUNNELED}, and what applications may get that start or finalize MPI in another thread. */
    private static final int LEAST_LEVEL = MPI.THREAD_SERIALIZED;

    private final Watchdog watchdog;
    private final OpenMpiGroup world;
    private boolean meetsByLock;

    /**
     * Collective over all processes of the job.
     *
     * @param threadLevel a level of MPI: 0 single, 1 funneled, 2 serialized, 3 multiple
     */
    public OpenMpiTransport(int threadLevel, Watchdog watchdog) {
        this.watchdog = watchdog;
        try {
            int level = Math.max(Math.max(threadLevel, LEAST_LEVEL), BootcastGuard.levelOfEnvironment());
            BootcastGuard.startedByBootcast(level, MPI.InitThread(new String[0], level));
            watchdog.progress();
            world = new OpenMpiGroup(MPI.COMM_WORLD.dup(), watchdog);
        } catch (MPIException e) {
            throw new BootcastException(
                    Fault.TRANSPORT, "MPI does not start: " + e.getMessage() + "; try --transport node", e);
        }
    }

    @Override
    public String name() {
        return "mpi";
    }

    @Override
    public Group world() {
        return world;
    }

    @Override
    public Group host() {
        try {
            Intracomm host = world.communicator().splitType(Comm.TYPE_SHARED, 0, MPI.INFO_NULL);
            return new OpenMpiGroup(host, watchdog);
        } catch (MPIException e) {
            throw OpenMpiGroup.failed("splitType", e);
        }
    }

    @Override
    public boolean meetsByLock() {
        return meetsByLock;
    }

    /** MPI sees one rank where the launcher started more: they meet by lock. */
    public void meetByLock() {
        meetsByLock = true;
    }

    /** Collective. Finalizes MPI, so that a program that is no MPI program waits for nobody when it ends. Not called where the application may use MPI. */
    @Override
    public void close() {
        finish();
    }

    /** Local. Leaves MPI to the application, which may initialise it now as if nobody had. Bootcast's own calls are over then. */
    public static void offer() {
        BootcastGuard.offer();
    }

    /**
     * Collective, but waits for nobody. Finalizes MPI where Bootcast alone has started it: to be called when an application ends that could have used
     * MPI and did not. An application that called {@code Init} answers for {@code Finalize} itself, as without Bootcast.
     */
    public static void finish() {
        try {
            if (BootcastGuard.takeBack()) {
                MPI.Finalize();
            }
        } catch (MPIException e) {
            throw OpenMpiGroup.failed("Finalize", e);
        }
    }
}
