package io.bootcast.loader;

import io.bootcast.index.ElementFacts;
import io.bootcast.index.Index;
import io.bootcast.store.Image;
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
    private volatile boolean closed;

    EntryBytes(Image image) {
        this.image = image;
        this.index = image.index();
    }

    /** The content of {@code place}, from the buffer's position to its limit: a view of the hot blob or, where it is stored, of the element's, else inflated. */
    ByteBuffer content(int place) throws IOException {
        int hot = image.hasHot() ? image.hot().find(place) : 0;
        return hot == 0 ? coldContent(place) : image.hot().content(hot);
    }

    /** The content of {@code place} from its element's own blob. */
    ByteBuffer coldContent(int place) throws IOException {
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
        boolean deflated = index.isDeflated(place);
        if (deflated && index.contentBytes(place) > LARGEST_INFLATED_AT_ONCE) {
            return new LargeStream(stored(place), index.contentBytes(place));
        }
        EntryStream.Manners manners = deflated
                ? EntryStream.Manners.DEFLATED
                : index.kind(index.element(place)) == ElementFacts.JAR
                        ? EntryStream.Manners.STORED
                        : EntryStream.Manners.FILE;
        return new EntryStream(this, content(place), manners);
    }

    /** From now on streams that are open give nothing more. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
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

    /** Inflated while it is read. Ends its inflater with itself; {@link InflaterInputStream} leaves one that it was given to the garbage collector. */
    private final class LargeStream extends InflaterInputStream {
        private final int contentBytes;
        private boolean ended;

        LargeStream(ByteBuffer deflated, int contentBytes) {
            super(
                    new EntryStream(EntryBytes.this, deflated, EntryStream.Manners.DEFLATED),
                    new Inflater(/* nowrap= */ true),
                    STREAM_BUFFER_BYTES);
            this.contentBytes = contentBytes;
        }

        @Override
        public int read(byte[] target, int from, int count) throws IOException {
            if (closed) {
                throw new IOException("Stream closed");
            }
            return super.read(target, from, count);
        }

        /** All that is left, as the JDK's stream says it. */
        @Override
        public int available() throws IOException {
            return ended || closed || super.available() == 0 ? 0 : (int) (contentBytes - inf.getBytesWritten());
        }

        @Override
        public void close() throws IOException {
            ended = true;
            super.close();
            inf.end();
        }
    }
}
