package io.bootcast.transport;

import io.bootcast.fault.Fault;

/**
 * Ends the process when nothing has moved for too long. A blocking MPI call cannot time out and a lock may never come, so a
 * thread of its own looks at the clock. {@link #progress} may be called from any thread and costs one volatile write.
 *
 * <p>The process ends by {@code halt}, with {@code Fault.TIMEOUT}'s exit code: an orderly exit could wait for the very thing that hangs.
 */
public final class Watchdog implements Progress, AutoCloseable {
    private static final long LOOK_MILLIS = 500;

    private final long timeoutNanos;
    private final Thread thread;
    private volatile long lastProgressNanos;
    private volatile String doing = "starting";
    private volatile boolean closed;

    /** Starts to watch; {@code who} names this process in the message. */
    public Watchdog(long timeoutSeconds, String who) {
        timeoutNanos = timeoutSeconds * 1_000_000_000L;
        lastProgressNanos = System.nanoTime();
        thread = new Thread("bootcast-watchdog") {
            @Override
            public void run() {
                watch(who);
            }
        };
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void progress() {
        lastProgressNanos = System.nanoTime();
    }

    /** As {@link #progress}; {@code step} is named if nothing moves from now on. */
    public void entering(String step) {
        doing = step;
        progress();
    }

    /** What the process is doing, for messages. */
    public String doing() {
        return doing;
    }

    private void watch(String who) {
        try {
            synchronized (thread) {
                while (!closed) {
                    long idle = System.nanoTime() - lastProgressNanos;
                    if (idle > timeoutNanos) {
                        System.err.println(
                                "bootcast: " + who + ": no progress step=" + doing + " seconds=" + idle / 1_000_000_000L
                                        + "; is a rank gone or the file system stuck? a longer wait: --timeout SECONDS");
                        Runtime.getRuntime().halt(Fault.TIMEOUT.exitCode());
                    }
                    thread.wait(LOOK_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but a JVM that is ending.
        }
    }

    @Override
    public void close() {
        synchronized (thread) {
            closed = true;
            thread.notifyAll();
        }
    }
}
