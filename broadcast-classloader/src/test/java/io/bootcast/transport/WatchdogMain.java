package io.bootcast.transport;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** A process that is watched, and that stops moving, moves on, or is not watched any more. */
final class WatchdogMain {
    private static final long TIMEOUT_SECONDS = 1;
    private static final long LONGER_NANOS = 2_500_000_000L;
    private static final long STEP_NANOS = 20_000_000L;

    private WatchdogMain() {}

    public static void main(String[] args) throws InterruptedException {
        Watchdog watchdog = new Watchdog(TIMEOUT_SECONDS, "rank 3");
        watchdog.entering("delivery");
        switch (args[0]) {
            case "stuck" -> new CountDownLatch(1).await();
            case "moving" -> pass(watchdog);
            case "closed" -> {
                watchdog.close();
                pass(/* watchdog= */ null);
            }
            default -> throw new AssertionError(args[0]);
        }
        System.out.println("lives, " + watchdog.doing());
    }

    private static void pass(Watchdog watchdog) {
        long until = System.nanoTime() + LONGER_NANOS;
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(STEP_NANOS);
            if (watchdog != null) {
                watchdog.progress();
            }
        }
    }
}
