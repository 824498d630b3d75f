package io.bootcast.store;

import io.bootcast.fault.BootcastException;
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
    /** The store takes no more bytes: it is full, or gone. */
    public static final class NotWritten extends IOException {
        private static final long serialVersionUID = 1L;

        NotWritten(IOException cause) {
            super("cannot write a blob: " + BootcastException.reason(cause), cause);
        }
    }

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
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new NotWritten(e);
        }
    }

    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            file.write(bytes, from, count);
        } catch (IOException e) {
            throw new NotWritten(e);
        }
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
