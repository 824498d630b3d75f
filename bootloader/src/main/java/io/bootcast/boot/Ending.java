package io.bootcast.boot;

import io.bootcast.fault.BootcastException;
import io.bootcast.index.LoadList;
import io.bootcast.loader.BroadcastClassLoader;
import io.bootcast.loader.LookupCounts;
import io.bootcast.path.Prepared;
import io.bootcast.transport.OpenMpiTransport;
import io.bootcast.transport.Watchdog;
import java.io.File;
import java.io.IOException;

/**
 * What is left to do when the process ends, in whatever way it ends short of being killed: the load list, MPI where Bootcast alone has started it, the report, and
 * the store. All of it after the application's shutdown hooks, which may still load classes. {@code halt} and SIGKILL skip it; the next process in the store
 * then tidies up.
 */
final class Ending implements Runnable {
    /** Less than the second that launchers give between SIGTERM and SIGKILL. */
    private static final long LEAVE_MILLIS = 500;

    /** HotSpot's name of the thread that waits for the last of the others, on its way to the end. */
    private static final String THREAD_AFTER_ALL_OTHERS = "DestroyJavaVM";

    private final Prepared prepared;
    private final String transport;
    private final boolean reports;
    private final String record;
    private volatile LoadList.Builder recorded;
    private volatile ClassLoader loader = Ending.class.getClassLoader();
    private volatile boolean mainReturned;
    private volatile boolean finishesMpi;

    /** @param record the file for the load list, or empty; written by rank 0 */
    Ending(Prepared prepared, String transport, String record) {
        this.prepared = prepared;
        this.transport = transport;
        this.reports = !prepared.settings().report.isEmpty() && prepared.rank() == 0;
        this.record = prepared.rank() == 0 ? record : "";
    }

    /** MPI runs on because the application may use it; if the application never does, it is finalized when the process ends. */
    void finishMpiAtEnd() {
        finishesMpi = true;
        OpenMpiTransport.offer();
    }

    /** Arranges for the ending; nothing is arranged where nothing is to do. As soon as there is something: other ranks may end, and the launcher all of them. */
    void install(SystemView.Jdk jdk) {
        if (reports || !record.isEmpty() || transport.equals("mpi") || !prepared.settings().keep) {
            jdk.atEnd(this);
        }
    }

    /** Main is about to run, in this loader. */
    void mainBegins(ClassLoader application) {
        loader = application;
        if (reports) {
            report();
        }
        if (!record.isEmpty()) {
            beginToRecord(application);
        }
    }

    /** Only now: what Bootcast itself asked the loader for is not the application's. */
    private void beginToRecord(ClassLoader application) {
        if (application instanceof BroadcastClassLoader) {
            recorded = new LoadList.Builder();
            ((BroadcastClassLoader) application).record(recorded);
        } else {
            System.err.println("bootcast: no load list is recorded: file=" + record + " reason=" + prepared.outcome());
        }
    }

    /** Main has ended: it returned, or an exception left it. Other threads may go on, and use MPI. */
    void mainEnded(boolean returned) {
        mainReturned = returned;
    }

    /** The exit code is known if no thread has called {@code exit}, and no signal came: it tells how main has ended. */
    @Override
    public void run() {
        boolean lastThreadEnded = Thread.currentThread().getName().equals(THREAD_AFTER_ALL_OTHERS);
        boolean fails = lastThreadEnded && !mainReturned;
        boolean succeeds = lastThreadEnded && mainReturned;
        if (recorded != null) {
            writeRecorded();
        }
        try {
            if (finishesMpi && !fails) {
                finishMpi();
            }
            if (reports) {
                report();
            }
            if (succeeds || prepared.settings().keep || !transport.equals("mpi")) {
                prepared.leave();
            } else {
                prepared.leaveTogether(LEAVE_MILLIS);
            }
        } catch (BootcastException e) {
            System.err.println("bootcast: " + e.getMessage());
        }
    }

    private void writeRecorded() {
        try {
            recorded.build().write(new File(record));
        } catch (IOException e) {
            System.err.println(
                    "bootcast: cannot write the load list: file=" + record + " reason=" + BootcastException.reason(e));
        }
    }

    private void finishMpi() {
        try (Watchdog watchdog = new Watchdog(prepared.settings().timeoutSeconds, "rank " + prepared.rank())) {
            watchdog.entering("ending MPI");
            OpenMpiTransport.finish();
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
