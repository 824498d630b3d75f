package io.bootcast.transport;

import java.nio.ByteBuffer;

/**
 * Some ranks that talk to each other. Every method but {@link #rank} and {@link #size} is collective: each rank of the group calls it, in
 * the same order, from the thread that started the transport. Each call that returns counts as progress for the {@link Watchdog}. A failed call throws
 * {@link io.bootcast.fault.BootcastException} with {@code Fault.TRANSPORT}; the group is unusable then.
 */
public interface Group {
    /** This rank's number in the group, 0 to {@code size() - 1}. */
    int rank();

    int size();

    /** Collective. What rank 0 passed, at every rank; the argument of others is ignored and may be empty. Messages are small: below 64 MiB. */
    byte[] broadcast(byte[] message);

    /**
     * Collective. Fills {@code region} of every rank with rank 0's. The buffer is direct, has the same number of bytes remaining at each
     * rank, and keeps its position. No copy is made by the caller's side.
     */
    void broadcast(ByteBuffer region);

    /** Collective. At rank 0: what each rank passed, by rank; elsewhere an empty array. Lengths may differ. */
    byte[][] gather(byte[] message);

    /** Collective. The group of those ranks that passed the same {@code colour} (0 or more), in the same order. */
    Group split(int colour);
}
