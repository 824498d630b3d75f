package io.bootcast.transport;

/** Hears that something moved: bytes came, a lock was got, a collective call returned. Any thread. */
public interface Progress {
    void progress();
}
