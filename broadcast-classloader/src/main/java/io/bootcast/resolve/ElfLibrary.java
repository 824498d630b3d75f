package io.bootcast.resolve;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an ELF file says of the libraries that it needs and of where the dynamic linker shall look for them; 32 and 64 bits, little endian. Layout: System V ABI,
 * chapters 4 (file header) and 5 (program header, dynamic section).
 *
 * <pre>
 *                     64 bits        32 bits
 * file header         phoff 32       28          offset of the program headers
 *                     phentsize 54   42          bytes of one
 *                     phnum 56       44          their number
 * program header      type 0         0           1 loaded, 2 dynamic section
 *                     offset 8       4           in the file
 *                     vaddr 16       8           in memory
 *                     filesz 32      16
 * dynamic entry       tag 0          0
 *                     value 8        4
 * </pre>
 */
public final class ElfLibrary {
    /** A file that needs nothing, or is no ELF file that can be read here. */
    public static final ElfLibrary NONE = new ElfLibrary();

    private static final int MAGIC = 0x464C_457F;
    private static final int SMALLEST_BYTES = 52;
    private static final int CLASS_AT = 4;
    private static final int CLASS_32 = 1;
    private static final int CLASS_64 = 2;
    private static final int ORDER_AT = 5;
    private static final int LITTLE = 1;
    private static final int LOADED = 1;
    private static final int DYNAMIC = 2;
    private static final int NULL_TAG = 0;
    private static final int NEEDED = 1;
    private static final int STRINGS = 5;
    private static final int RPATH = 15;
    private static final int RUNPATH = 29;
    private static final String[] ORIGIN = {"${ORIGIN}", "$ORIGIN"};

    private final List<String> needed = new ArrayList<>();
    private String searchPath = "";
    private boolean isRunPath;

    private ElfLibrary() {}

    /** The facts of the file in {@code file}, from its position to its limit; {@link #NONE} for other and for damaged files. */
    public static ElfLibrary read(ByteBuffer file) {
        ByteBuffer bytes = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.limit() < SMALLEST_BYTES || bytes.getInt(0) != MAGIC || bytes.get(ORDER_AT) != LITTLE) {
            return NONE;
        }
        int bits = bytes.get(CLASS_AT);
        if (bits != CLASS_32 && bits != CLASS_64) {
            return NONE;
        }
        try {
            return new Reader(bytes, bits == CLASS_64).read();
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return NONE; // cut or damaged: the dynamic linker says so if the file is ever loaded
        }
    }

    /** Names of the libraries that it needs, as they stand there. */
    public List<String> needed() {
        return needed;
    }

    /** True if its search path is a RUNPATH: it then counts alone, and for what this file itself needs only. */
    boolean hasRunPath() {
        return isRunPath;
    }

    /** Those directories of its search path that are named relative to the file's own, which is {@code origin}. */
    List<Path> searchedFrom(Path origin) {
        List<Path> directories = new ArrayList<>();
        for (String entry : searchPath.split(":")) {
            String path = expand(entry, origin);
            if (!path.isEmpty()) {
                directories.add(Path.of(path).normalize());
            }
        }
        return directories;
    }

    /** {@code text} with {@code $ORIGIN} replaced; empty if it has none, or another variable. */
    static String expand(String text, Path origin) {
        String expanded = text;
        for (String variable : ORIGIN) {
            expanded = expanded.replace(variable, origin.toString());
        }
        return expanded.equals(text) || expanded.indexOf('$') >= 0 ? "" : expanded;
    }

    /** Reads one file. */
    private static final class Reader {
        private final ByteBuffer bytes;
        private final boolean wide;
        private final int programHeaders;
        private final int headerBytes;
        private final int headerCount;

        Reader(ByteBuffer bytes, boolean wide) {
            this.bytes = bytes;
            this.wide = wide;
            this.programHeaders = (int) word(wide ? 32 : 28);
            this.headerBytes = bytes.getShort(wide ? 54 : 42) & 0xFFFF;
            this.headerCount = bytes.getShort(wide ? 56 : 44) & 0xFFFF;
        }

        private long word(int at) {
            return wide ? bytes.getLong(at) : bytes.getInt(at) & 0xFFFF_FFFFL;
        }

        private int header(int i) {
            return programHeaders + i * headerBytes;
        }

        ElfLibrary read() {
            for (int i = 0; i < headerCount; i++) {
                if (bytes.getInt(header(i)) == DYNAMIC) {
                    return readDynamic(
                            (int) word(header(i) + (wide ? 8 : 4)), (int) word(header(i) + (wide ? 32 : 16)));
                }
            }
            return NONE;
        }

        private ElfLibrary readDynamic(int from, int lengthBytes) {
            ElfLibrary library = new ElfLibrary();
            int step = wide ? 16 : 8;
            List<Integer> needed = new ArrayList<>();
            int path = -1;
            int strings = -1;
            for (int at = from; at < from + lengthBytes && word(at) != NULL_TAG; at += step) {
                long tag = word(at);
                long value = word(at + step / 2);
                if (tag == NEEDED) {
                    needed.add((int) value);
                } else if (tag == STRINGS) {
                    strings = fileOffset(value);
                } else if (tag == RUNPATH || tag == RPATH && !library.isRunPath) {
                    path = (int) value;
                    library.isRunPath = tag == RUNPATH;
                }
            }
            for (int name : needed) {
                library.needed.add(string(strings + name));
            }
            library.searchPath = path < 0 ? "" : string(strings + path);
            return library;
        }

        /** Where in the file the address is. */
        private int fileOffset(long address) {
            for (int i = 0; i < headerCount; i++) {
                long start = word(header(i) + (wide ? 16 : 8));
                long length = word(header(i) + (wide ? 32 : 16));
                if (bytes.getInt(header(i)) == LOADED && address >= start && address < start + length) {
                    return (int) (address - start + word(header(i) + (wide ? 8 : 4)));
                }
            }
            throw new IndexOutOfBoundsException("address is in no segment");
        }

        private String string(int from) {
            int end = from;
            while (bytes.get(end) != 0) {
                end++;
            }
            byte[] text = new byte[end - from];
            bytes.duplicate().position(from).get(text);
            return new String(text, StandardCharsets.UTF_8);
        }
    }
}
