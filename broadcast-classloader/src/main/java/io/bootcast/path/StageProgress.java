package io.bootcast.path;

import io.bootcast.transport.Progress;

/** Says now and then, on root's standard error, how far staging has come. For the thread that sends. */
final class StageProgress implements Progress {
    private static final long INTERVAL_NANOS = 2_000_000_000L;
    private static final long BYTES_PER_MEGABYTE = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Progress next;
    private final Steps steps;
    private final int nodes;
    private final long begun = System.nanoTime();
    private long said = begun;

    /** @param next hears of everything as well */
    StageProgress(Progress next, Steps steps, int nodes) {
        this.next = next;
        this.steps = steps;
        this.nodes = nodes;
    }

    @Override
    public void progress() {
        next.progress();
        long now = System.nanoTime();
        if (now - said >= INTERVAL_NANOS) {
            said = now;
            long sent = steps.bytesSent() / BYTES_PER_MEGABYTE;
            System.err.println(
                    "bootcast: staging to " + nodes + " nodes: read " + steps.bytesRead() / BYTES_PER_MEGABYTE
                            + " MB, sent " + sent + " MB, " + sent * NANOS_PER_SECOND / (now - begun) + " MB/s");
        }
    }
}
