package io.bootcast.loader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.ZipException;

/**
 * An entry's content as a stream, with the manners of the JDK's stream of such an entry: who may go back, and what is said after the end, after {@link #close} and
 * after the end of the loader. For one thread at a time.
 */
final class EntryStream extends InputStream {
    /** Whose stream it looks like. */
    enum Manners {
        /** That of a deflated entry of a jar. */
        DEFLATED,
        /** That of a stored entry of a jar: once closed it is at its end. */
        STORED,
        /** That of a file: it can go back. */
        FILE
    }

    private final EntryBytes source;
    private final ByteBuffer content;
    private final Manners manners;
    private int marked;
    private boolean closed;

    /** @param content what is to be read, from its position to its limit; the stream's own */
    EntryStream(EntryBytes source, ByteBuffer content, Manners manners) {
        this.source = source;
        this.content = content;
        this.manners = manners;
        this.marked = content.position();
    }

    /** False if there is nothing more to read because a stored entry was closed. */
    private boolean ensureOpen() throws IOException {
        boolean stored = manners == Manners.STORED;
        if (source.isClosed()) {
            throw stored && !closed ? new ZipException("ZipFile closed") : new IOException("Stream closed");
        }
        if (closed && !stored) {
            throw new IOException("Stream closed");
        }
        return !closed;
    }

    @Override
    public int read() throws IOException {
        return ensureOpen() && content.hasRemaining() ? content.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
        boolean open = ensureOpen();
        Objects.checkFromIndexSize(from, count, target.length);
        if (open && count == 0) {
            return 0;
        }
        int taken = open ? Math.min(count, content.remaining()) : 0;
        content.get(target, from, taken);
        return taken == 0 ? -1 : taken;
    }

    @Override
    public long skip(long count) throws IOException {
        if (count < 0 && manners == Manners.DEFLATED) {
            throw new IllegalArgumentException("negative skip length");
        }
        if (!ensureOpen() || count <= 0) {
            return 0;
        }
        int skipped = (int) Math.min(count, content.remaining());
        content.position(content.position() + skipped);
        return skipped;
    }

    @Override
    public int available() throws IOException {
        if (manners != Manners.FILE && (closed || source.isClosed())) {
            return 0;
        }
        return ensureOpen() ? content.remaining() : 0;
    }

    @Override
    public boolean markSupported() {
        return manners == Manners.FILE;
    }

    @Override
    public void mark(int limit) {
        marked = content.position();
    }

    @Override
    public void reset() throws IOException {
        if (!markSupported()) {
            throw new IOException("mark/reset not supported");
        }
        ensureOpen();
        content.position(marked);
    }

    @Override
    public void close() {
        closed = true;
    }
}
