package io.bootcast.build.bundle;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.bootcast.build.bundle.Compression.Method;
import io.bootcast.fault.BootcastException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The tar in a packed file, in order. One thread reads the file from front to back; zstd's frames are unpacked by several more, other packings by the first. At most {@code threads +
 * 3} pieces are in memory. For one thread; {@link #close} may come at any time and ends the others.
 */
final class Unpacker extends InputStream {
    private static final int LONGEST_HEADER_BYTES = BundleFormat.TAR_RECORD_BYTES;
    private static final int STREAM_PIECE_BYTES = 1 << 20;

    /** Behind the last piece. */
    private static final Future<byte[]> END = CompletableFuture.completedFuture(new byte[0]);

    private final Refusal refusal;
    private final InputStream file;
    private final Threads threads;
    private final Threads reader;
    private final BlockingQueue<Future<byte[]>> pieces;
    private byte[] piece = new byte[0];
    private int at;
    /** What came last: {@link #END} or a failure, which are there to stay. */
    private @Nullable Future<byte[]> last;

    /** Takes over {@code file}, which must be able to go back to its start. */
    Unpacker(InputStream file, Refusal refusal, int threadCount) throws IOException {
        this.refusal = refusal;
        this.file = file;
        Method method = recognised(file, refusal);
        if (method == Method.ZSTD) {
            ZstdLibrary.require();
        }
        this.pieces = new ArrayBlockingQueue<>(threadCount + 1);
        this.threads = new Threads("bootcast-unpack", threadCount);
        this.reader = new Threads("bootcast-bundle", 1);
        reader.start(() -> readAll(method));
    }

    private static Method recognised(InputStream file, Refusal refusal) throws IOException {
        file.mark(LONGEST_HEADER_BYTES);
        byte[] head = file.readNBytes(LONGEST_HEADER_BYTES);
        file.reset();
        ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        int magic = head.length < Integer.BYTES ? 0 : bytes.getInt(0);
        if (magic == BundleFormat.PZSTD_MAGIC) {
            return Method.ZSTD;
        }
        if (magic == BundleFormat.LZ4_MAGIC) {
            return Method.LZ4;
        }
        if (GzipCompressorInputStream.matches(head, head.length)) {
            return Method.GZIP;
        }
        byte[] name = BundleFormat.MANIFEST.getBytes(StandardCharsets.US_ASCII);
        if (head.length == LONGEST_HEADER_BYTES
                && ByteBuffer.wrap(head, 0, name.length).equals(ByteBuffer.wrap(name))) {
            return Method.NONE;
        }
        throw refusal.of(
                "this is none",
                head.length < Integer.BYTES ? head.length + " bytes" : hex(magic),
                "zstd, lz4, gzip or tar as bootcast build writes them");
    }

    private static String hex(int magic) {
        return "0x" + Integer.toHexString(magic);
    }

    private void readAll(Method method) {
        try {
            if (method == Method.ZSTD) {
                readFrames();
            } else {
                readStream(method);
            }
            pieces.put(END);
        } catch (InterruptedException e) {
            // Closed: nobody waits for more.
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** In its turn: what was read before is good. */
    private void fail(Throwable failure) {
        try {
            pieces.put(CompletableFuture.failedFuture(failure));
        } catch (InterruptedException e) {
            // Closed: nobody waits for it.
        }
    }

    private void readFrames() throws IOException, InterruptedException {
        byte[] header = new byte[BundleFormat.PZSTD_HEADER_BYTES];
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        long mostBytes = Zstd.compressBound(BundleFormat.PIECE_BYTES);
        for (int got = file.readNBytes(header, 0, header.length);
                got > 0;
                got = file.readNBytes(header, 0, header.length)) {
            requireAll(got, header.length);
            if (fields.getInt(0) != BundleFormat.PZSTD_MAGIC
                    || fields.getInt(Integer.BYTES) != BundleFormat.PZSTD_CONTENT_BYTES) {
                throw refusal.of(
                        "zstd: no length before a frame", hex(fields.getInt(0)), hex(BundleFormat.PZSTD_MAGIC));
            }
            int frameBytes = fields.getInt(2 * Integer.BYTES);
            if (frameBytes <= 0 || frameBytes > mostBytes) {
                throw refusal.of("zstd: a frame's length", frameBytes, "1 to " + mostBytes);
            }
            byte[] frame = file.readNBytes(frameBytes);
            requireAll(frame.length, frameBytes);
            pieces.put(threads.submit(() -> unpacked(frame)));
        }
    }

    private void requireAll(int found, int expected) {
        if (found < expected) {
            throw refusal.of("it is cut short", found + " bytes", expected + " bytes in its last part");
        }
    }

    private byte[] unpacked(byte[] frame) {
        long bytes = Zstd.getFrameContentSize(frame);
        if (bytes < 0 || bytes > BundleFormat.PIECE_BYTES) {
            throw refusal.of("zstd: the content of a frame", bytes + " bytes", "at most " + BundleFormat.PIECE_BYTES);
        }
        byte[] content = new byte[(int) bytes];
        try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
            int found = context.decompressByteArray(content, 0, content.length, frame, 0, frame.length);
            if (found != content.length) {
                throw refusal.of("zstd: the content of a frame", found + " bytes", bytes);
            }
            return content;
        } catch (ZstdException e) {
            throw refusal.of("zstd: a frame is damaged", BootcastException.reason(e), "what its checksum says", e);
        }
    }

    private void readStream(Method method) throws IOException, InterruptedException {
        InputStream in;
        try {
            in = unpacking(method);
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
        for (byte[] bytes = next(in); bytes.length > 0; bytes = next(in)) {
            pieces.put(CompletableFuture.completedFuture(bytes));
        }
    }

    /** Each reads all members of the file. */
    private InputStream unpacking(Method method) throws IOException {
        return switch (method) {
            case LZ4 -> new FramedLZ4CompressorInputStream(file, /* decompressConcatenated= */ true);
            case GZIP ->
                GzipCompressorInputStream.builder()
                        .setInputStream(file)
                        .setDecompressConcatenated(true)
                        .get();
            case ZSTD, NONE -> file;
        };
    }

    /** What the decompressors of Commons Compress say of damage is no fault of the file system, whatever their exceptions are. */
    private byte[] next(InputStream in) throws IOException {
        if (in == file) {
            return in.readNBytes(STREAM_PIECE_BYTES);
        }
        try {
            return in.readNBytes(STREAM_PIECE_BYTES);
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    private BootcastException damaged(Exception e) {
        return refusal.of("a packed part is damaged or cut short", BootcastException.reason(e), "none", e);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (at == piece.length) {
            piece = nextPiece();
            at = 0;
            if (last == END) {
                return -1;
            }
        }
        int part = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, bytes, offset, part);
        at += part;
        return part;
    }

    private byte[] nextPiece() throws IOException {
        if (last != null) {
            return Threads.await(last);
        }
        try {
            Future<byte[]> next = pieces.take();
            last = next; // if it fails
            byte[] bytes = Threads.await(next);
            last = next == END ? END : null;
            return bytes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a bundle is read", e);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
        threads.close();
        pieces.clear();
        pieces.add(CompletableFuture.failedFuture(new IOException("the bundle has been closed")));
        file.close();
    }
}
