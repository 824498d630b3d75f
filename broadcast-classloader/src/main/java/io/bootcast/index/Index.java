package io.bootcast.index;

import static io.bootcast.index.IndexFormat.*;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * An index, read where it lies: opening it checks the header and parses nothing; a lookup touches a slot or two and one entry, and
 * allocates nothing. A name that is not found does not exist. The body is trusted: it was checked when it arrived in the store. For any
 * number of threads.
 *
 * <p>A lookup returns an entry, 0 for none. The places of an entry are numbers too; the methods below read what is there. Plain numbers
 * instead of objects, because a class load in a cold JVM asks about five things of one place.
 */
public final class Index {
    static final Header HEADER = new Header(MAGIC, VERSION, "index", "remove it with bootcast clean");

    private static final String CLASS_SUFFIX = ".class";
    /** {@code (hash of name) * 31^6 + CLASS_SUFFIX_HASH} is the hash of {@code name + ".class"}. */
    private static final int CLASS_SUFFIX_FACTOR = 31 * 31 * 31 * 31 * 31 * 31;

    private static final int CLASS_SUFFIX_HASH = CLASS_SUFFIX.hashCode();

    private final ByteBuffer bytes;
    private final int slotCount;
    private final int slotsAt;
    private final int elementsAt;
    private final int blobsAt;

    private Index(ByteBuffer bytes) {
        this.bytes = bytes;
        this.slotCount = bytes.getInt(SLOT_COUNT_AT);
        this.slotsAt = bytes.getInt(SLOTS_AT);
        this.elementsAt = bytes.getInt(ELEMENTS_AT);
        this.blobsAt = bytes.getInt(BLOBS_AT);
    }

    /**
     * The index in {@code file}, from 0 to its limit.
     *
     * @param name where the bytes come from, for messages
     */
    public static Index open(ByteBuffer file, String name) {
        return new Index(HEADER.open(file, name));
    }

    /** A number that tells this index from those of other class paths: CRC-32 of the header and of the blobs' digests. Reads the blob table. */
    public int fingerprint() {
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate().limit(HEADER_BYTES).position(0));
        crc.update(bytes.duplicate().limit(blobsAt + blobCount() * BLOB_BYTES).position(blobsAt));
        return (int) crc.getValue();
    }

    /** The feature release of Java for which multi-release entries were chosen. */
    public int feature() {
        return bytes.getInt(FEATURE_AT);
    }

    /** The number of names. */
    public int size() {
        return bytes.getInt(ENTRY_COUNT_AT);
    }

    /** The entry of the resource {@code name} ({@code a/b/c.txt}), or 0. */
    public int find(String name) {
        int hash = name.hashCode();
        int slot = slotOf(hash, slotCount);
        while (true) {
            int at = slotsAt + slot * SLOT_BYTES;
            int entry = bytes.getInt(at + 4);
            if (entry == 0 || bytes.getInt(at) == hash && nameIs(entry, name)) {
                return entry;
            }
            slot = slot + 1 & slotCount - 1;
        }
    }

    /** The entry of the class file of {@code name} ({@code a.b.C}), or 0. */
    public int findClass(String name) {
        int hash = classHash(name);
        int slot = slotOf(hash, slotCount);
        while (true) {
            int at = slotsAt + slot * SLOT_BYTES;
            int entry = bytes.getInt(at + 4);
            if (entry == 0 || bytes.getInt(at) == hash && classNameIs(entry, name)) {
                return entry;
            }
            slot = slot + 1 & slotCount - 1;
        }
    }

    /** The hash of {@code name.replace('.', '/') + ".class"}. */
    private static int classHash(String name) {
        int hash = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            hash = 31 * hash + (c == '.' ? '/' : c);
        }
        return hash * CLASS_SUFFIX_FACTOR + CLASS_SUFFIX_HASH;
    }

    private boolean nameIs(int entry, String name) {
        int length = nameBytes(entry);
        if (length != name.length()) {
            return length > name.length() && name(entry).equals(name);
        }
        for (int i = 0; i < length; i++) {
            if (bytes.get(entry + 4 + i) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean classNameIs(int entry, String name) {
        int length = name.length();
        if (nameBytes(entry) != length + CLASS_SUFFIX.length()) {
            return nameBytes(entry) > length
                    && name(entry).equals(name.replace('.', '/').concat(CLASS_SUFFIX));
        }
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            if (bytes.get(entry + 4 + i) != (c == '.' ? '/' : c)) {
                return false;
            }
        }
        for (int i = 0; i < CLASS_SUFFIX.length(); i++) {
            if (bytes.get(entry + 4 + length + i) != CLASS_SUFFIX.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int nameBytes(int entry) {
        return bytes.getShort(entry) & 0xFFFF;
    }

    /** The name of an entry. */
    public String name(int entry) {
        return utf8(entry + 4, nameBytes(entry));
    }

    /** The entry that lies in {@code slot}, 0 to {@link #slots} - 1, or 0: a way through all entries. */
    public int entryInSlot(int slot) {
        return bytes.getInt(slotsAt + slot * SLOT_BYTES + 4);
    }

    public int slots() {
        return slotCount;
    }

    public int placeCount(int entry) {
        return bytes.getShort(entry + 2) & 0xFFFF;
    }

    /** The place number {@code i} of an entry, in class path order. */
    public int place(int entry, int i) {
        return entry + (4 + nameBytes(entry) + 3 & ~3) + i * PLACE_BYTES;
    }

    /** The first place of an entry: the one that wins. */
    public int firstPlace(int entry) {
        return place(entry, 0);
    }

    public int element(int place) {
        return bytes.getShort(place) & 0xFFFF;
    }

    public boolean isDeflated(int place) {
        return bytes.get(place + 2) == METHOD_DEFLATED;
    }

    /** True if the entry exists but its bytes are not where it says, or are too many for this reader. */
    public boolean isUnreadable(int place) {
        return isDeflated(place) && storedBytes(place) == 0 && contentBytes(place) != 0;
    }

    /** True if the package belongs to a module of the JDK, so that the class path is never asked for it. */
    public boolean isInJdk(int place) {
        return (bytes.get(place + 3) & PLACE_IN_JDK) != 0;
    }

    /** True if the place is a directory that was asked for without the slash at its end. */
    public boolean isDirectoryAlias(int place) {
        return (bytes.get(place + 3) & PLACE_DIRECTORY_ALIAS) != 0;
    }

    /** True for a directory's file that its owner may execute. */
    public boolean isExecutable(int place) {
        return (bytes.get(place + 3) & PLACE_EXECUTABLE) != 0;
    }

    /** The release N of a place below {@code META-INF/versions/N}, or 0. */
    public int release(int place) {
        return bytes.getShort(place + 4) & 0xFFFF;
    }

    /** Offset of the place's bytes in its element's blob. */
    public long offset(int place) {
        return bytes.getLong(place + 8);
    }

    /** Length of the place's bytes in its element's blob. */
    public int storedBytes(int place) {
        return bytes.getInt(place + 16);
    }

    /** Length of the place's content. */
    public int contentBytes(int place) {
        return bytes.getInt(place + 20);
    }

    /** Last modification of a directory's file, milliseconds since 1970; 0 for entries of jars. */
    public long mtimeMillis(int place) {
        return bytes.getLong(place + 24);
    }

    public int elementCount() {
        return bytes.getInt(ELEMENT_COUNT_AT);
    }

    private int elementAt(int element) {
        return bytes.getInt(elementsAt + 4 * element);
    }

    /** One of the kinds of {@link ElementFacts}. */
    public int kind(int element) {
        return bytes.get(elementAt(element));
    }

    public boolean isMultiRelease(int element) {
        return (bytes.get(elementAt(element) + 1) & ELEMENT_MULTI_RELEASE) != 0;
    }

    public boolean isSigned(int element) {
        return (bytes.get(elementAt(element) + 1) & ELEMENT_SIGNED) != 0;
    }

    /** The blob that holds the element, or -1. */
    public int blobOf(int element) {
        return bytes.getInt(elementAt(element) + 4);
    }

    /** Where the user has the element: absolute, without links. */
    public String originalPath(int element) {
        return string(elementAt(element) + 8);
    }

    /** Where the image has the element, relative to its directory; empty for live and absent ones. */
    public String mirrorPath(int element) {
        return string(after(elementAt(element) + 8));
    }

    /**
     * What the manifest of {@code element} says of a package: seven values in the order of {@link IndexFormat#SECTION_VALUES}, absent ones
     * {@code null}, the package's own section before the main one. An empty array if there is no manifest.
     */
    public String[] packageValues(int element, String packageName) {
        int sections = bytes.getShort(elementAt(element) + 2) & 0xFFFF;
        if (sections == 0) {
            return new String[0];
        }
        int at = after(after(elementAt(element) + 8));
        String[] main = new String[SECTION_VALUES.length];
        at = section(after(at), main);
        for (int i = 1; i < sections; i++) {
            String name = string(at);
            String[] own = new String[SECTION_VALUES.length];
            at = section(after(at), own);
            if (isSectionOf(name, packageName)) {
                for (int v = 0; v < own.length; v++) {
                    main[v] = own[v] == null ? main[v] : own[v];
                }
                return main;
            }
        }
        return main;
    }

    private static boolean isSectionOf(String section, String packageName) {
        return section.length() == packageName.length() + 1 && section.startsWith(packageName.replace('.', '/'));
    }

    private int section(int at, String[] values) {
        int next = at;
        for (int v = 0; v < values.length; v++) {
            values[v] = stringOrNull(next);
            next = after(next);
        }
        return next;
    }

    private String string(int at) {
        String value = stringOrNull(at);
        return value == null ? "" : value;
    }

    private @Nullable String stringOrNull(int at) {
        int length = bytes.getInt(at);
        return length < 0 ? null : utf8(at + 4, length);
    }

    private int after(int at) {
        return at + 4 + Math.max(0, bytes.getInt(at));
    }

    private String utf8(int at, int length) {
        ByteBuffer text = bytes.slice(at, length); // refuses a length that is not there before memory is taken for it
        byte[] utf8 = new byte[length];
        text.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** The files of an element of kind {@link ElementFacts#FILES}; it has no manifest. */
    public List<FileFacts> files(int element) {
        List<FileFacts> files = new ArrayList<>();
        if (kind(element) != ElementFacts.FILES) {
            return files;
        }
        int at = after(after(elementAt(element) + 8));
        int count = bytes.getInt(at);
        at += 4;
        for (int i = 0; i < count; i++) {
            String name = string(at + FILE_BYTES);
            files.add(new FileFacts(
                    name, bytes.getLong(at + 8), bytes.getInt(at + 4), bytes.getLong(at + 16), bytes.getInt(at)));
            at = after(at + FILE_BYTES);
        }
        return files;
    }

    /** The number of files beside the class path, directories and links among them. */
    public int fileCount() {
        int count = 0;
        for (int element = 0; element < elementCount(); element++) {
            count += files(element).size();
        }
        return count;
    }

    /** The number of native libraries that are found here and not by the JVM, and of directories that it searches and whose copy comes first. */
    public int libraryCount() {
        return bytes.getInt(LIBRARY_COUNT_AT);
    }

    /** The native library, or directory of {@code java.library.path} with a slash at its end, of the name {@code name} ({@code libx.so}), or 0. Looks at one after the other: there are few, and few are asked for. */
    public int findLibrary(String name) {
        int at = bytes.getInt(LIBRARIES_AT);
        for (int i = 0; i < libraryCount(); i++) {
            if (string(at).equals(name)) {
                return at;
            }
            at = after(after(after(at)));
        }
        return 0;
    }

    /** All libraries and directories that {@link #findLibrary} finds, in the order of the index. */
    public int[] libraries() {
        List<Integer> found = new ArrayList<>();
        int at = bytes.getInt(LIBRARIES_AT);
        for (int i = 0; i < libraryCount(); i++) {
            found.add(at);
            at = after(after(after(at)));
        }
        int[] libraries = new int[found.size()];
        for (int i = 0; i < libraries.length; i++) {
            libraries[i] = found.get(i);
        }
        return libraries;
    }

    /** Where the user has a library: absolute. */
    public String libraryOriginalPath(int library) {
        return string(after(library));
    }

    /** Where the image has a library, relative to its directory; empty if it stays at home. */
    public String libraryMirrorPath(int library) {
        return string(after(after(library)));
    }

    public int blobCount() {
        return bytes.getInt(BLOB_COUNT_AT);
    }

    /** The SHA-256 of a blob. */
    public byte[] blobDigest(int blob) {
        byte[] digest = new byte[DIGEST_BYTES];
        bytes.duplicate().position(blobsAt + blob * BLOB_BYTES).get(digest);
        return digest;
    }

    public long blobBytes(int blob) {
        return bytes.getLong(blobsAt + blob * BLOB_BYTES + 32);
    }

    /** Last modification of the file that became the blob, nanoseconds since 1970. */
    public long blobMtimeNanos(int blob) {
        return bytes.getLong(blobsAt + blob * BLOB_BYTES + 40);
    }
}
