package io.bootcast.store;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * One blob on its way into the store: written under a temporary name, then given its own by {@link Store#publish}. Bytes are written, never
 * put through a mapping: a full tmpfs is then an {@link IOException} and not the end of the JVM.
 */
public final class BlobWriter implements AutoCloseable {
    private final File temporary;
    private final RandomAccessFile file;
    private boolean published;

    BlobWriter(File temporary) throws IOException {
        this.temporary = temporary;
        this.file = new RandomAccessFile(temporary, "rw");
    }

    /** Appends what remains of {@code bytes}. */
    public void write(ByteBuffer bytes) throws IOException {
        FileChannel channel = file.getChannel();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    public void write(byte[] bytes, int from, int count) throws IOException {
        file.write(bytes, from, count);
    }

    /** What has been written so far. */
    public ByteBuffer content() throws IOException {
        return StoreFiles.open(temporary);
    }

    File temporary() {
        return temporary;
    }

    void published() {
        published = true;
    }

    /** Removes what was written, unless it was published. */
    @Override
    public void close() throws IOException {
        file.close();
        if (!published) {
            temporary.delete();
        }
    }
}
