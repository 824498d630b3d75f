package io.bootcast.index;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
    private static final int LOCATOR64_SIGNATURE = 0x07064b50;
    private static final int LOCATOR64_BYTES = 20;
    private static final int LARGEST_COMMENT = 0xFFFF;
    private static final long ZIP64 = 0xFFFF_FFFFL;
    private static final int ZIP64_EXTRA = 1;

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
            inflater.inflate(content);
        } catch (DataFormatException e) {
            throw new ZipException("entry is damaged: name=" + name);
        } finally {
            inflater.end();
        }
        return content;
    }

    private void findCentralDirectory() throws ZipException {
        int end = jar.limit() - END_BYTES;
        int stop = Math.max(0, end - LARGEST_COMMENT);
        while (end >= stop && !endsHere(end)) {
            end--;
        }
        if (end < stop) {
            throw new ZipException("no end of central directory");
        }
        centralBytes = unsigned(end + 12);
        long centralOffset = unsigned(end + 16);
        long endOfCentral = end;
        int locator = end - LOCATOR64_BYTES;
        if (locator >= 0 && jar.getInt(locator) == LOCATOR64_SIGNATURE) {
            long end64 = jar.getLong(locator + 8);
            if (end64 >= 0 && end64 <= locator - 56 && jar.getInt((int) end64) == END64_SIGNATURE) {
                centralBytes = jar.getLong((int) end64 + 40);
                centralOffset = jar.getLong((int) end64 + 48);
                endOfCentral = end64;
            }
        }
        centralAt = endOfCentral - centralBytes;
        archiveAt = centralAt - centralOffset;
        if (centralAt < 0 || archiveAt < 0) {
            throw new ZipException("central directory lies outside of the jar");
        }
    }

    private boolean endsHere(int at) {
        return jar.getInt(at) == END_SIGNATURE && at + END_BYTES + u2(at + 20) == jar.limit();
    }

    private void readEntries() throws ZipException {
        long at = centralAt;
        long stop = centralAt + centralBytes;
        while (at + CENTRAL_BYTES <= stop) {
            int entry = (int) at;
            if (jar.getInt(entry) != CENTRAL_SIGNATURE) {
                throw new ZipException("bad signature in the central directory at " + entry);
            }
            if ((u2(entry + 8) & 1) != 0) {
                throw new ZipException("encrypted entry at " + entry);
            }
            int nameBytes = u2(entry + 28);
            int extraBytes = u2(entry + 30);
            byte[] name = new byte[nameBytes];
            jar.duplicate().position(entry + CENTRAL_BYTES).get(name);
            JarEntryFacts facts = new JarEntryFacts();
            facts.method = u2(entry + 10);
            if (facts.method != IndexFormat.METHOD_STORED && facts.method != IndexFormat.METHOD_DEFLATED) {
                throw new ZipException("unknown compression method " + facts.method + " at " + entry);
            }
            facts.storedBytes = unsigned(entry + 20);
            facts.contentBytes = unsigned(entry + 24);
            facts.offset = unsigned(entry + 42);
            readZip64(facts, entry + CENTRAL_BYTES + nameBytes, extraBytes);
            toData(facts);
            String key = new String(name, StandardCharsets.UTF_8);
            entries.remove(key);
            entries.put(key, facts);
            at += CENTRAL_BYTES + nameBytes + extraBytes + u2(entry + 32);
        }
        if (at != stop) {
            throw new ZipException("central directory is cut");
        }
    }

    private void readZip64(JarEntryFacts facts, int extra, int extraBytes) {
        if (facts.contentBytes != ZIP64 && facts.storedBytes != ZIP64 && facts.offset != ZIP64) {
            return;
        }
        int stop = extra + extraBytes;
        for (int at = extra; at + 4 <= stop; at += 4 + u2(at + 2)) {
            if (u2(at) != ZIP64_EXTRA) {
                continue;
            }
            int value = at + 4;
            if (facts.contentBytes == ZIP64) {
                facts.contentBytes = jar.getLong(value);
                value += 8;
            }
            if (facts.storedBytes == ZIP64) {
                facts.storedBytes = jar.getLong(value);
                value += 8;
            }
            if (facts.offset == ZIP64) {
                facts.offset = jar.getLong(value);
            }
            return;
        }
    }

    /** From the offset of the local header to that of the data: the local header has a name and an extra field of its own length. */
    private void toData(JarEntryFacts facts) throws ZipException {
        long local = archiveAt + facts.offset;
        if (local < 0 || local + LOCAL_BYTES > centralAt || jar.getInt((int) local) != LOCAL_SIGNATURE) {
            throw new ZipException("no local header at " + local);
        }
        facts.offset = local + LOCAL_BYTES + u2((int) local + 26) + u2((int) local + 28);
        if (facts.storedBytes < 0 || facts.contentBytes < 0 || facts.offset + facts.storedBytes > centralAt) {
            throw new ZipException("entry's data lie outside of the jar at " + local);
        }
        if (facts.contentBytes > Integer.MAX_VALUE) {
            throw new ZipException("entry is larger than 2 GiB at " + local);
        }
    }

    private int u2(int at) {
        return jar.getShort(at) & 0xFFFF;
    }

    private long unsigned(int at) {
        return jar.getInt(at) & ZIP64;
    }
}
