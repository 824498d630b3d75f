package io.bootcast.build.bundle;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** How a bundle is packed: {@code zstd[:1-22]}, {@code gzip[:1-9]}, {@code lz4} or {@code none}. */
public record Compression(Method method, int level) {
    /** What a level would mean differs from one to the other. */
    public enum Method {
        ZSTD(3, 22),
        LZ4(0, 0),
        GZIP(6, 9),
        NONE(0, 0);

        private final int usualLevel;
        private final int highestLevel;

        Method(int usualLevel, int highestLevel) {
            this.usualLevel = usualLevel;
            this.highestLevel = highestLevel;
        }

        String word() {
            return switch (this) {
                case ZSTD -> "zstd";
                case LZ4 -> "lz4";
                case GZIP -> "gzip";
                case NONE -> "none";
            };
        }
    }

    /** Version 1, independent blocks, a checksum of the content; blocks of 4 MiB. */
    private static final byte[] LZ4_DESCRIPTOR = {0x64, 0x70};

    private static final int LZ4_STORED = 1 << 31;
    private static final int LZ4_END = 0;
    /** Magic, descriptor and its checksum; length of the only block, end, checksum. */
    private static final int LZ4_AROUND_BYTES = 4 + 3 + 4 + 4 + 4;

    public static final Compression DEFAULT = new Compression(Method.ZSTD, Method.ZSTD.usualLevel);

    /**
     * What {@code --compression} says.
     *
     * @throws BootcastException with {@link Fault#USAGE} if nobody knows it
     */
    public static Compression of(String text) {
        int colon = text.indexOf(':');
        String word = colon < 0 ? text : text.substring(0, colon);
        for (Method method : Method.values()) {
            if (method.word().equals(word)) {
                int level = colon < 0 ? method.usualLevel : level(text.substring(colon + 1));
                if (colon < 0 || level >= 1 && level <= method.highestLevel) {
                    return new Compression(method, level);
                }
            }
        }
        throw new BootcastException(
                Fault.USAGE,
                "unknown compression: found=" + text
                        + " expected=zstd, zstd:1 to zstd:22, lz4, gzip, gzip:1 to gzip:9 or none");
    }

    private static int level(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public String toString() {
        return method.word() + (level == method.usualLevel ? "" : ":" + level);
    }

    /** One piece, packed so that it can be unpacked alone; the same bytes give the same bytes. */
    ByteBuffer pack(byte[] piece, int lengthBytes) throws IOException {
        return switch (method) {
            case ZSTD -> zstd(piece, lengthBytes);
            case LZ4 -> lz4(piece, lengthBytes);
            case GZIP -> gzip(piece, lengthBytes);
            case NONE -> ByteBuffer.wrap(piece, 0, lengthBytes);
        };
    }

    private ByteBuffer zstd(byte[] piece, int lengthBytes) {
        byte[] packed = new byte[BundleFormat.PZSTD_HEADER_BYTES + (int) Zstd.compressBound(lengthBytes)];
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(level).setChecksum(true).setContentSize(true);
            int at = BundleFormat.PZSTD_HEADER_BYTES;
            int bytes = context.compressByteArray(packed, at, packed.length - at, piece, 0, lengthBytes);
            ByteBuffer out = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
            out.putInt(BundleFormat.PZSTD_MAGIC)
                    .putInt(BundleFormat.PZSTD_CONTENT_BYTES)
                    .putInt(bytes);
            return out.position(0).limit(at + bytes);
        }
    }

    /** By hand: the streams of lz4-java unpack its native library, also for the pure Java code, and Commons Compress takes minutes for what repeats itself. */
    private static ByteBuffer lz4(byte[] piece, int lengthBytes) {
        XXHash32 hash = XXHashFactory.safeInstance().hash32();
        LZ4Compressor compressor = LZ4Factory.safeInstance().fastCompressor();
        byte[] block = new byte[compressor.maxCompressedLength(lengthBytes)];
        int blockBytes = compressor.compress(piece, 0, lengthBytes, block, 0);
        boolean stored = blockBytes >= lengthBytes;
        ByteBuffer frame = ByteBuffer.allocate(LZ4_AROUND_BYTES + Math.min(blockBytes, lengthBytes))
                .order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(BundleFormat.LZ4_MAGIC).put(LZ4_DESCRIPTOR);
        frame.put((byte) (hash.hash(LZ4_DESCRIPTOR, 0, LZ4_DESCRIPTOR.length, 0) >> Byte.SIZE));
        if (stored) {
            frame.putInt(lengthBytes | LZ4_STORED).put(piece, 0, lengthBytes);
        } else {
            frame.putInt(blockBytes).put(block, 0, blockBytes);
        }
        return frame.putInt(LZ4_END).putInt(hash.hash(piece, 0, lengthBytes, 0)).flip();
    }

    private ByteBuffer gzip(byte[] piece, int lengthBytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GzipParameters parameters = new GzipParameters();
        parameters.setCompressionLevel(level);
        try (OutputStream packing = new GzipCompressorOutputStream(out, parameters)) {
            packing.write(piece, 0, lengthBytes);
        }
        return ByteBuffer.wrap(out.toByteArray());
    }
}
