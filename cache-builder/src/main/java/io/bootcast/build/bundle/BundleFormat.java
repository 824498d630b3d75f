package io.bootcast.build.bundle;

/**
 * The bundle file, version 1: a POSIX tar, packed piece by piece. Writer and reader meet only here.
 *
 * <pre>
 * entry 1   bootcast.json       {@link Manifest}: for people and tools; its first fields say format, version and the digest of the launch list
 * entry 2   launch              {@link io.bootcast.store.LaunchList}; its digest is the name of the image
 * entry 3   blobs/SHA256        the index
 * entry …   blobs/SHA256        every other blob of the index and file of the launch list, once, sorted by digest
 * end       1,024 zeros
 *
 * header of an entry: type '0', mode 0444, owner and group 0 without names, time {@link #MTIME_SECONDS}; a length above 8 GiB in base 256. No extended headers.
 * </pre>
 *
 * <p>The first piece ends behind the launch list, and the others after {@link #PIECE_BYTES} of tar. What a piece becomes:
 *
 * <pre>
 * zstd   0  u32le  184D2A50: a skippable frame, as pzstd writes it
 *        4  u32le  4: bytes of its content
 *        8  u32le  bytes of the next frame
 *       12         a frame with its content's length and checksum
 * lz4               a frame of one block of at most 4 MiB, with its content's checksum
 * gzip              a member without name and time
 * none              itself
 * </pre>
 */
final class BundleFormat {
    /** The only version that this reader knows. */
    static final int VERSION = 1;

    static final String MANIFEST = "bootcast.json";
    static final String LAUNCH = "launch";
    static final String BLOBS = "blobs/";

    /** 1980-01-01T00:00:00Z. */
    static final long MTIME_SECONDS = 315_532_800;

    static final int MODE = 0444;
    static final int TAR_RECORD_BYTES = 512;

    static final int PIECE_BYTES = 4 << 20;

    static final int PZSTD_MAGIC = 0x184D_2A50;
    static final int PZSTD_HEADER_BYTES = 12;
    static final int PZSTD_CONTENT_BYTES = 4;

    static final int LZ4_MAGIC = 0x184D_2204;

    /** Manifest and launch list are kept in memory. */
    static final int MOST_HEAD_BYTES = 64 << 20;

    /** The index is kept in memory while it is looked through. */
    static final int MOST_INDEX_BYTES = 1 << 30;

    static final int MOST_BLOBS = 1_000_000;

    /** No honest bundle unpacks to more than {@link #FREE_BYTES} and this many times its own length: class files come to 3, class-data archives to 5. */
    static final long MOST_RATIO = 200;

    static final long FREE_BYTES = 64L << 20;

    /** What may follow the end of the archive: GNU tar fills up to so many zeros. */
    static final int MOST_END_BYTES = 20 * TAR_RECORD_BYTES;

    private BundleFormat() {}
}
