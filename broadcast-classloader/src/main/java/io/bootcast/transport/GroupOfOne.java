package io.bootcast.transport;

import java.nio.ByteBuffer;

/** A group with one rank: everything it says, it says to itself. */
final class GroupOfOne implements Group {
    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public byte[] broadcast(byte[] message) {
        return message;
    }

    @Override
    public void broadcast(ByteBuffer region) {
        // Rank 0 has the bytes already.
    }

    @Override
    public byte[][] gather(byte[] message) {
        return new byte[][] {message};
    }

    @Override
    public Group split(int colour) {
        return this;
    }
}
