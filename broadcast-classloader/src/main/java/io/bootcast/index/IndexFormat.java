package io.bootcast.index;

/**
 * The index file, version 1. Little endian; offsets are bytes from the start of the file; a file is smaller than 2 GiB. Writer and reader
 * meet only here.
 *
 * <pre>
 * header   0  u64  magic "BCINDEX" and a line feed
 *          8  u32  version
 *         12  u32  feature release of Java whose multi-release entries were chosen
 *         16  u64  length of the file
 *         24  u32  number of slots, a power of two
 *         28  u32  number of entries (names)
 *         32  u32  offset of the slots
 *         36  u32  offset of the element table
 *         40  u32  number of elements
 *         44  u32  offset of the blob table
 *         48  u32  number of blobs
 *         52  u32  offset of the libraries; 0 if there are none
 *         56  u32  number of libraries
 *         60  u32  CRC-32 of bytes 0 to 59
 * slot     0  i32  hash of the name ({@link String#hashCode})
 *          4  u32  offset of the entry; 0: free, and a search ends here
 * entry    0  u16  length of the name in bytes
 *          2  u16  number of places
 *          4       name, UTF-8, then zeros to a multiple of 4
 *                  places, in class path order
 * place    0  u16  element
 *          2  u8   method: 0 stored, 8 deflated
 *          3  u8   flags
 *          4  u16  release N of a multi-release place (its real name is META-INF/versions/N/name); else 0
 *          6  u16  zero
 *          8  u64  offset of the bytes in the element's blob
 *         16  u32  length in the blob; 0 for a deflated place whose content has a length: unreadable, only the JDK's reader can say why
 *         20  u32  length of the content
 *         24  i64  last modification, milliseconds since 1970; 0 for entries of jars
 * element table: u32 offset of each element
 * element  0  u8   kind: 0 jar, 1 directory, 2 live, 3 absent, 4 files
 *          1  u8   flags
 *          2  u16  number of manifest sections; the first one is the main section, if there is any
 *          4  i32  blob, or -1
 *          8       string original path, string path in the image's directory
 *                  sections: string name of the package with '/' at the end (empty: main), then seven strings: Specification-Title,
 *                  -Version, -Vendor, Implementation-Title, -Version, -Vendor, Sealed
 *                  kind 4: u32 number of files, then the files, which have no entries: no class path lookup finds them
 * file     0  u8   flags
 *          1       three zeros
 *          4  u32  length in the blob
 *          8  u64  offset in the blob
 *         16  i64  last modification, nanoseconds since 1970
 *         24       string name, relative to the element's path; that of a directory ends with '/'
 * library  0       string file name; string original path, absolute; string path in the image's directory, empty if it stays at home:
 *                  what System.loadLibrary finds, where that is not left to the JVM; or, with '/' at the end of the name, a directory
 *                  of java.library.path as the user named it
 * string   0  i32  length in bytes; -1: absent
 *          4       UTF-8
 * blob     0       SHA-256, 32 bytes
 *         32  u64  length
 *         40  i64  last modification of the source, nanoseconds since 1970
 * </pre>
 */
public final class IndexFormat {
    /** "BCINDEX\n" read as a little-endian number. */
    static final long MAGIC = 0x0A58_4544_4E49_4342L;

    /** The only version that this reader knows. */
    public static final int VERSION = 1;

    static final int HEADER_BYTES = Header.BYTES;
    static final int FEATURE_AT = 12;
    static final int SLOT_COUNT_AT = 24;
    static final int ENTRY_COUNT_AT = 28;
    static final int SLOTS_AT = 32;
    static final int ELEMENTS_AT = 36;
    static final int ELEMENT_COUNT_AT = 40;
    static final int BLOBS_AT = 44;
    static final int BLOB_COUNT_AT = 48;
    static final int LIBRARIES_AT = 52;
    static final int LIBRARY_COUNT_AT = 56;

    static final int SLOT_BYTES = 8;
    static final int PLACE_BYTES = 32;
    static final int BLOB_BYTES = 48;
    static final int FILE_BYTES = 24;
    static final int DIGEST_BYTES = 32;

    /** An element's entry chosen for the running release is a multi-release one. */
    static final int ELEMENT_MULTI_RELEASE = 1;

    /** The element holds a signature file. */
    static final int ELEMENT_SIGNED = 2;

    /** The name was asked for without the slash at its end that the directory entry has. */
    static final int PLACE_DIRECTORY_ALIAS = 1;

    /** The package belongs to a module of the JDK: the class path never answers for it. */
    static final int PLACE_IN_JDK = 2;

    /** The owner may execute the file. */
    static final int PLACE_EXECUTABLE = 4;

    /** The file is a symbolic link: its bytes are where it leads, relative to its directory. */
    static final int FILE_LINK = 1;

    /** The blob is this file and nothing else. */
    static final int FILE_IS_BLOB = 2;

    /** The owner may execute the file. */
    static final int FILE_EXECUTABLE = 4;

    /** What the names of directories among the libraries end with, and those of files never have. */
    public static final char DIRECTORY_END = '/';

    static final int METHOD_STORED = 0;
    static final int METHOD_DEFLATED = 8;

    /** Titles of a manifest section's values, in the order in which an element keeps them. */
    static final String[] SECTION_VALUES = {
        "Specification-Title",
        "Specification-Version",
        "Specification-Vendor",
        "Implementation-Title",
        "Implementation-Version",
        "Implementation-Vendor",
        "Sealed"
    };

    private IndexFormat() {}

    /** Spreads a {@link String#hashCode}, whose low bits are poor, over the slots. */
    static int slotOf(int hash, int slotCount) {
        return (hash * 0x9E37_79B9 >>> 7) & (slotCount - 1);
    }
}
