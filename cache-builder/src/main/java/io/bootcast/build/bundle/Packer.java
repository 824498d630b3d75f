package io.bootcast.build.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;

/**
 * Cuts what is written into pieces, packs them by several threads, and writes them in order. At most {@code threads + 2} pieces are in memory. For one thread; {@link #close}
 * ends the others, and packs nothing more: {@link #finish} comes first.
 */
final class Packer extends OutputStream {
    private final WritableByteChannel out;
    private final Compression compression;
    private final Threads threads;
    private final int mostWaiting;
    private final Deque<Future<ByteBuffer>> waiting = new ArrayDeque<>();
    private byte[] piece = new byte[BundleFormat.PIECE_BYTES];
    private int pieceBytes;
    private long packedBytes;

    Packer(WritableByteChannel out, Compression compression, int threadCount) {
        this.out = out;
        this.compression = compression;
        this.mostWaiting = threadCount + 1;
        this.threads = new Threads("bootcast-pack", threadCount);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        while (from < offset + length) {
            int part = Math.min(offset + length - from, piece.length - pieceBytes);
            System.arraycopy(bytes, from, piece, pieceBytes, part);
            pieceBytes += part;
            from += part;
            if (pieceBytes == piece.length) {
                endPiece();
            }
        }
    }

    /** What comes next begins a piece. */
    void endPiece() throws IOException {
        if (pieceBytes == 0) {
            return;
        }
        byte[] full = piece;
        int fullBytes = pieceBytes;
        waiting.add(threads.submit(() -> compression.pack(full, fullBytes)));
        piece = new byte[BundleFormat.PIECE_BYTES];
        pieceBytes = 0;
        while (waiting.size() > mostWaiting) {
            writeFirst();
        }
    }

    /** Writes all that is left; returns how many bytes there are. */
    long finish() throws IOException {
        endPiece();
        while (!waiting.isEmpty()) {
            writeFirst();
        }
        return packedBytes;
    }

    private void writeFirst() throws IOException {
        ByteBuffer packed = Threads.await(waiting.remove());
        packedBytes += packed.remaining();
        while (packed.hasRemaining()) {
            out.write(packed);
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
