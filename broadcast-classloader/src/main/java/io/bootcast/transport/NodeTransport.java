package io.bootcast.transport;

/** The processes of one user on one host, without MPI: those with the same image meet at its lock in the store, and the first one there is the root. How many they
 * are is not known, so each is a world of its own for everything collective. */
public final class NodeTransport implements Transport {
    private final Group world = new GroupOfOne();

    @Override
    public String name() {
        return "node";
    }

    @Override
    public Group world() {
        return world;
    }

    @Override
    public Group host() {
        return world;
    }

    @Override
    public boolean meetsByLock() {
        return true;
    }

    @Override
    public void close() {
        // Nothing was started.
    }
}
