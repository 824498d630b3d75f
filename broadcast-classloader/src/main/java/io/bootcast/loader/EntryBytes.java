package io.bootcast.loader;

import io.bootcast.index.Index;
import io.bootcast.store.Image;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** The content of entries, from the mapped bytes of their elements. Any thread. */
final class EntryBytes {
    /** Larger contents are inflated while they are read instead of at once. */
    private static final int LARGEST_INFLATED_AT_ONCE = 1 << 20;

    private static final int POOL_SIZE = 8;
    private static final int STREAM_BUFFER_BYTES = 8192;

    private final Image image;
    private final Index index;
    private final Inflater[] pool = new Inflater[POOL_SIZE];
    private int pooled;

    EntryBytes(Image image) {
        this.image = image;
        this.index = image.index();
    }

    /** The content of {@code place}, from the buffer's position to its limit: a view of the blob where it is stored, else inflated. */
    ByteBuffer content(int place) throws IOException {
        ByteBuffer stored = stored(place);
        if (!index.isDeflated(place)) {
            return stored;
        }
        byte[] content = new byte[index.contentBytes(place)];
        Inflater inflater = take();
        try {
            inflater.setInput(stored);
            int done = 0;
            while (done < content.length) {
                int count = inflater.inflate(content, done, content.length - done);
                if (count == 0) {
                    throw new ZipException("entry is cut: " + describe(place));
                }
                done += count;
            }
        } catch (DataFormatException e) {
            throw new ZipException("entry is damaged: " + describe(place));
        } finally {
            give(inflater);
        }
        return ByteBuffer.wrap(content);
    }

    private ByteBuffer stored(int place) {
        int from = (int) index.offset(place);
        return image.bytes(index.element(place)).duplicate().position(from).limit(from + index.storedBytes(place));
    }

    private String describe(int place) {
        return "element=" + image.file(index.element(place)) + " offset=" + index.offset(place);
    }

    /** The content of {@code place} as a stream. */
    InputStream stream(int place) throws IOException {
        if (index.contentBytes(place) <= LARGEST_INFLATED_AT_ONCE) {
            ByteBuffer content = content(place);
            if (content.hasArray()) {
                return new ByteArrayInputStream(
                        content.array(), content.arrayOffset() + content.position(), content.remaining());
            }
            byte[] copy = new byte[content.remaining()];
            content.get(copy);
            return new ByteArrayInputStream(copy);
        }
        InputStream raw = new BufferStream(stored(place));
        return index.isDeflated(place) ? new OwnInflaterStream(raw, index.contentBytes(place)) : raw;
    }

    private synchronized Inflater take() {
        if (pooled == 0) {
            return new Inflater(/* nowrap= */ true);
        }
        pooled--;
        return pool[pooled];
    }

    private void give(Inflater inflater) {
        inflater.reset();
        synchronized (this) {
            if (pooled < POOL_SIZE) {
                pool[pooled] = inflater;
                pooled++;
                return;
            }
        }
        inflater.end();
    }

    /** Ends its inflater with itself; {@link InflaterInputStream} leaves one that it was given to the garbage collector. */
    private static final class OwnInflaterStream extends InflaterInputStream {
        private final int contentBytes;

        OwnInflaterStream(InputStream raw, int contentBytes) {
            super(raw, new Inflater(/* nowrap= */ true), STREAM_BUFFER_BYTES);
            this.contentBytes = contentBytes;
        }

        /** All that is left, as the JDK's stream says it. */
        @Override
        public int available() throws IOException {
            return super.available() == 0 ? 0 : (int) (contentBytes - inf.getBytesWritten());
        }

        @Override
        public void close() throws IOException {
            super.close();
            inf.end();
        }
    }

    /** A buffer, read as a stream by one thread at a time. */
    private static final class BufferStream extends InputStream {
        private final ByteBuffer bytes;

        BufferStream(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.hasRemaining() ? bytes.get() & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int from, int count) {
            if (count == 0) {
                return 0;
            }
            int taken = Math.min(count, bytes.remaining());
            bytes.get(target, from, taken);
            return taken == 0 ? -1 : taken;
        }

        @Override
        public int available() {
            return bytes.remaining();
        }
    }
}
