package io.bootcast.leftover;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/** Threads that live, but for the JDK's and JUnit's own. */
final class LiveThreads implements Kind {
    private static final long LONGEST_MILLIS = 40;

    @Override
    public String word() {
        return "thread";
    }

    @Override
    public List<String> held() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !isOfJdk(thread) && !thread.getName().startsWith("junit-jupiter-"))
                .map(LiveThreads::name)
                .toList();
    }

    @Override
    public boolean isJudgedAtOnce() {
        return true;
    }

    /** Waits for threads that have been told to end. */
    @Override
    public boolean settle(List<String> left) {
        try {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (left.contains(name(thread))) {
                    thread.join(LONGEST_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        return true;
    }

    @SuppressWarnings("deprecation") // threadId() came with JDK 19
    private static String name(Thread thread) {
        return thread.getName() + "#" + thread.getId();
    }

    /** In the system's group or the JDK's own, of a class that only the JDK makes, or of the common pool, whose threads come and go. */
    private static boolean isOfJdk(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null // it has just ended
                || group.getParent() == null
                || group.getName().equals("InnocuousThreadGroup")
                || thread.getClass().getName().startsWith("jdk.internal.")
                || thread instanceof ForkJoinWorkerThread worker && worker.getPool() == ForkJoinPool.commonPool();
    }
}
