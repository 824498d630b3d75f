package io.bootcast.path;

import java.io.Closeable;
import java.io.IOException;

/**
 * A bundle that is read once, from front to back. The port behind which the reader of the packed file stands: what it needs (Commons Compress, a decompressor) is loaded at the
 * root only, and never meets the application. For one thread.
 */
public interface BundleFile extends Closeable {
    /**
     * The bytes of its {@link io.bootcast.store.LaunchList}. Reads no further than that.
     *
     * @throws io.bootcast.fault.BootcastException with {@link io.bootcast.fault.Fault#BUNDLE} if this is no bundle, or one that nobody should unpack; so do the other methods
     */
    byte[] launchList() throws IOException;

    /** Goes on to the next blob, past what is left of this one, and returns its digest; an empty string after the last. Its content is not compared with the digest here. */
    String next() throws IOException;

    /** Reads some of the blob's bytes, {@code length} at most; -1 at its end. */
    int read(byte[] bytes, int offset, int length) throws IOException;
}
