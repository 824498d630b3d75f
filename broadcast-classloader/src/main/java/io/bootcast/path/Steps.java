package io.bootcast.path;

/**
 * How long each step of this rank took, and what it counted. Written by the thread that runs the step; read when the steps are over.
 */
public final class Steps {
    /** The steps, in order; {@code START} is what comes before: the transport's start and the first exchange. */
    public enum Step {
        START,
        RESOLVE,
        INDEX,
        OFFER,
        BROADCAST,
        PUBLISH,
        OPEN
    }

    private static final Step[] ALL = Step.values();

    private final long[] nanos = new long[ALL.length];
    private volatile long bytesRead;
    private volatile long bytesSent;
    private volatile long filesOpened;

    /** Adds the time since {@code sinceNanos} ({@link System#nanoTime}) to a step. */
    public synchronized void add(Step step, long sinceNanos) {
        nanos[step.ordinal()] += System.nanoTime() - sinceNanos;
    }

    synchronized long nanos(int step) {
        return nanos[step];
    }

    synchronized void read(long files, long bytes) {
        filesOpened += files;
        bytesRead += bytes;
    }

    synchronized void sent(long bytes) {
        bytesSent += bytes;
    }

    /** Bytes that this rank read from the class path. */
    public long bytesRead() {
        return bytesRead;
    }

    /** Bytes of blobs that this rank put into broadcasts. */
    public long bytesSent() {
        return bytesSent;
    }

    /** Files of the class path that this rank opened. */
    public long filesOpened() {
        return filesOpened;
    }

    /** Milliseconds with one decimal, without {@code String.format}: its first use costs a fresh JVM 12-24 ms. */
    public static String millis(long nanos) {
        long tenths = (nanos + 50_000) / 100_000;
        return tenths / 10 + "." + tenths % 10;
    }
}
