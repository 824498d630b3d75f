package io.bootcast.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A jar made byte by byte, such as {@code ZipOutputStream} would refuse to make. Layout: APPNOTE.TXT of PKWARE. The same calls give the same bytes. */
final class OddJar {
    private static final int DEFLATED = 8;
    private static final int DOS_DATE_1980 = 0x21;
    private static final int UTF8_FLAG = 0x800;
    private static final int IN_ZIP64 = -1;
    private static final int ZIP64_VERSION = 45;

    private record Entry(byte[] name, int method, byte[] content, byte[] data, int crc) {}

    private final List<Entry> entries = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private byte[] prefix = {};
    private boolean zip64;

    /** Adds {@code META-INF/MANIFEST.MF}; an empty line starts a section. */
    OddJar manifest(String... lines) {
        String all = "Manifest-Version: 1.0\r\n" + (lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n");
        return deflated("META-INF/MANIFEST.MF", all + "\r\n");
    }

    OddJar deflated(String name, String content) {
        return deflated(name, content.getBytes(StandardCharsets.UTF_8));
    }

    OddJar deflated(String name, byte[] content) {
        return entry(name, DEFLATED, content, deflate(content));
    }

    OddJar stored(String name, String content) {
        return stored(name, content.getBytes(StandardCharsets.UTF_8));
    }

    OddJar stored(String name, byte[] content) {
        return entry(name, 0, content, content);
    }

    /** Adds an entry whose deflated bytes are no deflated bytes. */
    OddJar damaged(String name) {
        byte[] content = name.getBytes(StandardCharsets.UTF_8);
        return entry(name, DEFLATED, content, content);
    }

    private OddJar entry(String name, int method, byte[] content, byte[] data) {
        CRC32 sum = new CRC32();
        sum.update(content);
        entries.add(new Entry(name.getBytes(StandardCharsets.UTF_8), method, content, data, (int) sum.getValue()));
        return this;
    }

    /** Bytes in front of the archive, as in a jar that is a shell script, too. */
    OddJar prefix(String text) {
        prefix = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** All sizes and offsets in the 64-bit form, although they are small. */
    OddJar zip64() {
        zip64 = true;
        return this;
    }

    Path write(Path file) throws IOException {
        out.writeBytes(prefix);
        int[] starts = new int[entries.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = out.size() - prefix.length;
            writeLocal(entries.get(i));
        }
        int centralAt = out.size();
        for (int i = 0; i < starts.length; i++) {
            writeCentral(entries.get(i), starts[i]);
        }
        writeEnd(centralAt, out.size() - centralAt);
        Files.createDirectories(file.getParent());
        return Files.write(file, out.toByteArray());
    }

    private void writeLocal(Entry entry) {
        put4(0x04034b50);
        writeFacts(entry);
        put2(zip64 ? 20 : 0);
        out.writeBytes(entry.name);
        if (zip64) {
            put2(1);
            put2(16);
            put8(entry.content.length);
            put8(entry.data.length);
        }
        out.writeBytes(entry.data);
    }

    /** From the version needed to the length of the name: the same in both headers. */
    private void writeFacts(Entry entry) {
        put2(ZIP64_VERSION);
        put2(UTF8_FLAG);
        put2(entry.method);
        put2(0);
        put2(DOS_DATE_1980);
        put4(entry.crc);
        put4(zip64 ? IN_ZIP64 : entry.data.length);
        put4(zip64 ? IN_ZIP64 : entry.content.length);
        put2(entry.name.length);
    }

    private void writeCentral(Entry entry, int start) {
        put4(0x02014b50);
        put2(ZIP64_VERSION);
        writeFacts(entry);
        put2(zip64 ? 28 : 0);
        put2(0); // comment
        put4(0); // disk, internal attributes
        put4(0); // external attributes
        put4(zip64 ? IN_ZIP64 : start);
        out.writeBytes(entry.name);
        if (zip64) {
            put2(1);
            put2(24);
            put8(entry.content.length);
            put8(entry.data.length);
            put8(start);
        }
    }

    private void writeEnd(int centralAt, int centralBytes) {
        int end64At = out.size();
        if (zip64) {
            put4(0x06064b50);
            put8(44);
            put2(ZIP64_VERSION);
            put2(ZIP64_VERSION);
            put8(0); // disks
            put8(entries.size());
            put8(entries.size());
            put8(centralBytes);
            put8(centralAt - prefix.length);
            put4(0x07064b50);
            put4(0);
            put8(end64At);
            put4(1);
        }
        put4(0x06054b50);
        put4(0);
        put2(zip64 ? IN_ZIP64 : entries.size());
        put2(zip64 ? IN_ZIP64 : entries.size());
        put4(zip64 ? IN_ZIP64 : centralBytes);
        put4(zip64 ? IN_ZIP64 : centralAt - prefix.length);
        put2(0);
    }

    private void put2(int value) {
        out.write(value);
        out.write(value >> 8);
    }

    private void put4(int value) {
        put2(value);
        put2(value >> 16);
    }

    private void put8(long value) {
        put4((int) value);
        put4((int) (value >> 32));
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, /* nowrap= */ true);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
            deflated.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return deflated.toByteArray();
    }
}
