package io.bootcast.transport;

/**
 * The ranks of this job that start together. Chosen by the composition root; an adapter that cannot run throws a {@link
 * io.bootcast.fault.BootcastException} that says why. Used by the thread that made it.
 */
public interface Transport extends AutoCloseable {
    /** The technology, as the user names it: {@code mpi}, {@code node} or {@code solo}. */
    String name();

    /** All ranks. */
    Group world();

    /** Collective. Those ranks that probably see the same node-local directories as this one; the store checks it. */
    Group host();

    /**
     * True if processes that are no ranks of {@link #world} may be starting the same image on this host at the same time, so that whoever gets
     * the image's lock first prepares it and the others wait for it.
     */
    boolean meetsByLock();

    /** Collective. Ends the transport; nothing may be called after it. */
    @Override
    void close();
}
