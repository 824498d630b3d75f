package io.bootcast.index;

/**
 * The hot blob, version 1: the content of the load list's classes, uncompressed, one behind the other in load order. Little endian; offsets are bytes from the start of
 * the file; a file is smaller than 2 GiB. It belongs to one index, whose places it names. Writer and reader meet only here.
 *
 * <pre>
 * header   0  u64  magic "BCHOTBL" and a line feed
 *          8  u32  version
 *         12  u32  number of slots, a power of two, at least twice the number of classes
 *         16  u64  length of the file
 *         24  u32  number of classes
 *         28  u32  fingerprint of the index ({@link Index#fingerprint})
 *         32       zeros
 *         60  u32  CRC-32 of bytes 0 to 59
 * slots   64       from place number to content; a search goes on to the next slot, and from the last to the first
 * content          the class files, in load order, nothing between them
 *
 * slot     0  u32  place of the index; 0: free, and a search ends here
 *          4  u32  offset of the content
 *          8  u32  length of the content
 * </pre>
 */
final class HotFormat {
    /** "BCHOTBL\n" read as a little-endian number. */
    static final long MAGIC = 0x0A4C_4254_4F48_4342L;

    /** The only version that this reader knows. */
    static final int VERSION = 1;

    static final int HEADER_BYTES = Header.BYTES;
    static final int SLOT_COUNT_AT = 12;
    static final int CLASS_COUNT_AT = 24;
    static final int FINGERPRINT_AT = 28;

    static final int SLOT_BYTES = 12;
    static final int SLOT_OFFSET_AT = 4;
    static final int SLOT_LENGTH_AT = 8;

    static final int SMALLEST_SLOT_COUNT = 16;

    /** The longest file. */
    static final int MOST_BYTES = Integer.MAX_VALUE;

    private HotFormat() {}

    /** Spreads place numbers, which are multiples of four, over the slots. */
    static int slotOf(int place, int slotCount) {
        return (place * 0x9E37_79B9 >>> 7) & (slotCount - 1);
    }
}
