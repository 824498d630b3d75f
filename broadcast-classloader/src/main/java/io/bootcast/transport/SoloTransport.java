package io.bootcast.transport;

/** One process that shares nothing with others but a kept store. */
public final class SoloTransport implements Transport {
    private final Group world = new GroupOfOne();

    @Override
    public String name() {
        return "solo";
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
        return false;
    }

    @Override
    public void close() {
        // Nothing was started.
    }
}
