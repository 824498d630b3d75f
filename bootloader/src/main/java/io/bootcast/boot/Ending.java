package io.bootcast.boot;

import io.bootcast.fault.BootcastException;
import io.bootcast.loader.BroadcastClassLoader;
import io.bootcast.loader.LookupCounts;
import io.bootcast.path.Prepared;
import io.bootcast.transport.OpenMpiTransport;
import java.io.IOException;

/**
 * What is left to do when the process ends, in whatever way it ends short of being killed: the report, the store, and MPI where Bootcast alone has started it. {@code
 * halt} and SIGKILL skip it; the next process in the store then tidies up.
 */
final class Ending {
    /** Less than the second that launchers give between SIGTERM and SIGKILL. */
    private static final long LEAVE_MILLIS = 500;

    private final Prepared prepared;
    private final String transport;
    private final ClassLoader loader;
    private volatile boolean mainReturned;
    private boolean finishesMpi;

    Ending(Prepared prepared, String transport, ClassLoader loader) {
        this.prepared = prepared;
        this.transport = transport;
        this.loader = loader;
    }

    /** MPI runs on because the application may use it; if the application never does, it is finalized when the process ends. */
    void finishMpiAtEnd() {
        finishesMpi = true;
    }

    /** Arranges for the ending; nothing is arranged where nothing is to do. */
    void install() {
        boolean reports = !prepared.settings().report.isEmpty() && prepared.rank() == 0;
        if (reports) {
            report();
        }
        if (!reports && !finishesMpi && prepared.settings().keep) {
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread("bootcast-ending") {
            @Override
            public void run() {
                end(reports);
            }
        });
    }

    /** In the main thread, the only one that may call MPI. */
    void mainEnded(boolean returned) {
        mainReturned = returned;
        if (returned && finishesMpi) {
            finishesMpi = false;
            OpenMpiTransport.finish();
        }
    }

    private void end(boolean reports) {
        try {
            if (finishesMpi) {
                OpenMpiTransport.finish();
            }
            if (reports) {
                report();
            }
            if (mainReturned || prepared.settings().keep || !transport.equals("mpi")) {
                prepared.leave();
            } else {
                prepared.leaveTogether(LEAVE_MILLIS);
            }
        } catch (BootcastException e) {
            System.err.println("bootcast: " + e.getMessage());
        }
    }

    private void report() {
        int[] lookups = new int[6];
        if (loader instanceof BroadcastClassLoader) {
            LookupCounts counts = ((BroadcastClassLoader) loader).counts();
            lookups = new int[] {
                counts.classHits(),
                counts.classMisses(),
                counts.resourceHits(),
                counts.resourceMisses(),
                counts.libraryHits(),
                counts.libraryMisses()
            };
        }
        String file = prepared.settings().report;
        try {
            prepared.report().write(file, transport, prepared.outcome(), !prepared.hasImage(), lookups);
        } catch (IOException e) {
            System.err.println(
                    "bootcast: cannot write the report: file=" + file + " reason=" + BootcastException.reason(e));
        }
    }
}
