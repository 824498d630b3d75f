package io.bootcast.boot;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.transport.Launcher;
import io.bootcast.transport.NodeTransport;
import io.bootcast.transport.OpenMpiTransport;
import io.bootcast.transport.RankPlace;
import io.bootcast.transport.SoloTransport;
import io.bootcast.transport.Transport;
import io.bootcast.transport.Watchdog;
import java.util.Map;

/**
 * Chooses the transport from what the user asked for and what the launcher's variables say; MPI's own word, once it runs, counts more. Where MPI was
 * not asked for by name and cannot be had, the transport is {@code node}, and rank 0 says so. A process that is no rank, or comes second in its rank's
 * place, never starts MPI.
 */
final class TransportChoice {
    private final String asked;
    private final Launcher launcher;
    private final boolean wantsMpi;

    /** Takes the rank's place in its job if MPI is going to be started. */
    TransportChoice(CommandLine line, Launcher launcher, Map<String, String> environment) {
        this.asked = line.transport();
        this.launcher = launcher;
        boolean asks = asked.equals("mpi") || asked.equals("auto") && launcher.promisesRanks();
        this.wantsMpi = asks && line.isRank() && RankPlace.take(environment);
    }

    /** True if MPI is going to be started. */
    boolean wantsMpi() {
        return wantsMpi;
    }

    /** Collective over the job if {@link #wantsMpi}. */
    Transport start(int threadLevel, Watchdog watchdog) {
        if (asked.equals("solo")) {
            return new SoloTransport();
        }
        if (!wantsMpi) {
            if (launcher.severalPrograms() && asked.equals("auto")) {
                warn("the job runs several programs, which share no class path");
            }
            return new NodeTransport();
        }
        try {
            OpenMpiTransport mpi = new OpenMpiTransport(threadLevel, watchdog);
            if (mpi.world().size() == 1 && launcher.size() > 1) {
                mpi.meetByLock();
                warn("MPI sees a world of one where " + launcher.name() + " started " + launcher.size()
                        + " processes (srun --mpi=pmix?)");
            }
            return mpi;
        } catch (LinkageError e) {
            if (asked.equals("mpi")) {
                throw new BootcastException(
                        Fault.TRANSPORT,
                        "MPI's Java bindings cannot be loaded: " + e + "; run scripts/setup, or use --transport node",
                        e);
            }
            warn("MPI's Java bindings cannot be loaded: " + e);
            return new NodeTransport();
        }
    }

    private void warn(String reason) {
        if (launcher.rank() <= 0) {
            System.err.println("bootcast: transport node, one reader per node: " + reason);
        }
    }
}
