package io.bootcast.index;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The central directory of a jar, read from its bytes. What the JDK's jar reader refuses is refused here with a {@link ZipException}
 * (the stock class path then passes the jar over). Layout: APPNOTE.TXT of PKWARE, sections 4.3.7, 4.3.12 and 4.3.14 to 4.3.16; bytes in front of the
 * archive are allowed, as the JDK allows them.
 */
public final class JarDirectory {
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_SIGNATURE = 0x02014b50;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int END64_SIGNATURE = 0x06064b50;
    private static final int END64_BYTES = 56;
    private static final int LOCATOR64_SIGNATURE = 0x07064b50;
    private static final int LOCATOR64_BYTES = 20;
    private static final int LARGEST_COMMENT = 0xFFFF;
    private static final long ZIP64 = 0xFFFF_FFFFL;
    private static final int ZIP64_SHORT = 0xFFFF;
    private static final int ZIP64_EXTRA = 1;
    private static final int LARGEST_HEADER = 0xFFFF;
    private static final long LARGEST_DEFLATE_RATIO = 1032;
    private static final char REPLACEMENT = '\uFFFD';

    private final ByteBuffer jar;
    private final Map<String, JarEntryFacts> entries = new LinkedHashMap<>();

    private long centralAt;
    private long centralBytes;
    private long archiveAt;

    private JarDirectory(ByteBuffer jar) {
        this.jar = jar.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads the directory of the jar in {@code jar}, from 0 to its limit. */
    public static JarDirectory read(ByteBuffer jar) throws ZipException {
        JarDirectory directory = new JarDirectory(jar);
        try {
            directory.findCentralDirectory();
            directory.readEntries();
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new ZipException("jar is cut or damaged: " + e.getMessage());
        }
        return directory;
    }

    /** Name to place, in the order of the central directory; of equal names the last, as the JDK's reader finds it. */
    Map<String, JarEntryFacts> entries() {
        return entries;
    }

    /** The content of {@code name}, or an empty array if there is no such entry. */
    byte[] content(String name) throws ZipException {
        JarEntryFacts facts = entries.get(name);
        if (facts == null) {
            return new byte[0];
        }
        ByteBuffer stored = jar.duplicate();
        stored.limit((int) (facts.offset + facts.storedBytes)).position((int) facts.offset);
        byte[] content = new byte[(int) facts.contentBytes];
        if (facts.method == IndexFormat.METHOD_STORED) {
            stored.get(content);
            return content;
        }
        Inflater inflater = new Inflater(/* nowrap= */ true);
        try {
            inflater.setInput(stored);
            if (inflater.inflate(content) < content.length) {
                throw new ZipException("entry is cut: name=" + name);
            }
        } catch (DataFormatException e) {
            throw new ZipException("entry is damaged: name=" + name);
        } finally {
            inflater.end();
        }
        return content;
    }

    private void findCentralDirectory() throws ZipException {
        int end = findEnd();
        if (end == 0) {
            return;
        }
        centralBytes = unsigned(end + 12);
        long centralOffset = unsigned(end + 16);
        long endOfCentral = end;
        int end64 = findEnd64(end);
        if (end64 >= 0) {
            centralBytes = jar.getLong(end64 + 40);
            centralOffset = jar.getLong(end64 + 48);
            endOfCentral = end64;
        }
        centralAt = endOfCentral - centralBytes;
        archiveAt = centralAt - centralOffset;
        if (centralBytes < 0 || centralAt < 0 || archiveAt < 0) {
            throw new ZipException("central directory lies outside of the jar");
        }
    }

    private int findEnd() throws ZipException {
        int last = jar.limit() - END_BYTES;
        for (int end = last; end >= Math.max(0, last - LARGEST_COMMENT); end--) {
            if (jar.getInt(end) == END_SIGNATURE && endsHere(end)) {
                if (u2(end + 20) > last - end) {
                    throw new ZipException("comment is cut");
                }
                return end;
            }
        }
        throw new ZipException("no end of central directory");
    }

    /** The comment ends the jar; or bytes were added to it, which the JDK allows where the rest is in its place. */
    private boolean endsHere(int at) {
        if (at + END_BYTES + u2(at + 20) == jar.limit()) {
            return true;
        }
        long central = at - unsigned(at + 12);
        long first = central - unsigned(at + 16);
        return first >= 0
                && jar.getInt((int) central) == CENTRAL_SIGNATURE
                && jar.getInt((int) first) == LOCAL_SIGNATURE;
    }

    /** The 64-bit end that belongs to the one at {@code end}, or -1; it counts only if it does not contradict it. */
    private int findEnd64(int end) {
        int locator = end - LOCATOR64_BYTES;
        if (locator < 0 || jar.getInt(locator) != LOCATOR64_SIGNATURE) {
            return -1;
        }
        long at = jar.getLong(locator + 8);
        if (at < 0 || at > locator - END64_BYTES || jar.getInt((int) at) != END64_SIGNATURE) {
            return -1;
        }
        int end64 = (int) at;
        boolean agrees = agrees(u2(end + 10), ZIP64_SHORT, jar.getLong(end64 + 32))
                && agrees(unsigned(end + 12), ZIP64, jar.getLong(end64 + 40))
                && agrees(unsigned(end + 16), ZIP64, jar.getLong(end64 + 48));
        return agrees ? end64 : -1;
    }

    private static boolean agrees(long value, long seeOther, long other) {
        return value == seeOther || value == other;
    }

    private void readEntries() throws ZipException {
        long at = centralAt;
        long stop = centralAt + centralBytes;
        while (at + CENTRAL_BYTES <= stop) {
            int entry = (int) at;
            int headerBytes = CENTRAL_BYTES + u2(entry + 28) + u2(entry + 30) + u2(entry + 32);
            check(entry, headerBytes, stop);
            String name = name(entry + CENTRAL_BYTES, u2(entry + 28));
            entries.remove(name);
            entries.put(name, facts(entry));
            at += headerBytes;
        }
        if (at != stop) {
            throw new ZipException("central directory is cut");
        }
    }

    private void check(int entry, long headerBytes, long stop) throws ZipException {
        if (jar.getInt(entry) != CENTRAL_SIGNATURE) {
            throw new ZipException("bad signature in the central directory at " + entry);
        }
        if ((u2(entry + 8) & 1) != 0) {
            throw new ZipException("encrypted entry at " + entry);
        }
        int method = u2(entry + 10);
        if (method != IndexFormat.METHOD_STORED && method != IndexFormat.METHOD_DEFLATED) {
            throw new ZipException("unknown compression method " + method + " at " + entry);
        }
        if (headerBytes > LARGEST_HEADER || entry + headerBytes > stop) {
            throw new ZipException("header is too large at " + entry);
        }
    }

    private String name(int at, int lengthBytes) throws ZipException {
        byte[] utf8 = new byte[lengthBytes];
        jar.duplicate().position(at).get(utf8);
        String name = new String(utf8, StandardCharsets.UTF_8);
        if (name.indexOf(REPLACEMENT) >= 0 && !Arrays.equals(name.getBytes(StandardCharsets.UTF_8), utf8)) {
            throw new ZipException("entry name is not UTF-8 at " + at);
        }
        return name;
    }

    private JarEntryFacts facts(int entry) throws ZipException {
        JarEntryFacts facts = new JarEntryFacts();
        facts.method = u2(entry + 10);
        facts.storedBytes = unsigned(entry + 20);
        facts.contentBytes = unsigned(entry + 24);
        facts.offset = unsigned(entry + 42);
        readExtra(facts, entry);
        toData(facts);
        return facts;
    }

    /** Reads the 64-bit values, each there only if the plain field says so. Where one is missing the entry becomes unreadable. */
    private void readExtra(JarEntryFacts facts, int entry) throws ZipException {
        int at = entry + CENTRAL_BYTES + u2(entry + 28);
        int stop = at + u2(entry + 30);
        boolean found = false;
        while (at + 4 <= stop) {
            int next = at + 4 + u2(at + 2);
            if (next > stop) {
                throw new ZipException("extra field is too long at " + entry);
            }
            if (u2(at) == ZIP64_EXTRA && !found) {
                readLongs(facts, at + 4, next);
                found = true;
            }
            at = next;
        }
    }

    private void readLongs(JarEntryFacts facts, int extra, int stop) {
        int at = extra;
        if (facts.contentBytes == ZIP64 && at + 8 <= stop) {
            facts.contentBytes = jar.getLong(at);
            at += 8;
        }
        if (facts.storedBytes == ZIP64 && at + 8 <= stop) {
            facts.storedBytes = jar.getLong(at);
            at += 8;
        }
        if (facts.offset == ZIP64 && at + 8 <= stop) {
            facts.offset = jar.getLong(at);
        }
    }

    /**
     * From the offset of the local header to that of the data: the local header has a name and an extra field of its own length. An entry whose data
     * cannot be where it says is kept as unreadable, as the JDK opens such a jar and fails only when that entry is read.
     */
    private void toData(JarEntryFacts facts) {
        long local = archiveAt + facts.offset;
        if (local < 0 || local > centralAt - LOCAL_BYTES || jar.getInt((int) local) != LOCAL_SIGNATURE) {
            facts.makeUnreadable();
            return;
        }
        facts.offset = local + LOCAL_BYTES + u2((int) local + 26) + u2((int) local + 28);
        if (facts.method == IndexFormat.METHOD_STORED) {
            facts.contentBytes = facts.storedBytes;
        }
        if (facts.storedBytes < 0
                || facts.storedBytes > centralAt - facts.offset
                || facts.contentBytes < 0
                || facts.contentBytes > Integer.MAX_VALUE
                || facts.contentBytes > facts.storedBytes * LARGEST_DEFLATE_RATIO) {
            facts.makeUnreadable();
        }
    }

    private int u2(int at) {
        return jar.getShort(at) & 0xFFFF;
    }

    private long unsigned(int at) {
        return jar.getInt(at) & ZIP64;
    }
}
