package io.bootcast.index;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A jar made byte by byte, so that tests have jars that {@code ZipOutputStream} would not make. The same calls give the same bytes. */
public final class TestJar {
    private static final int METHOD_STORED = 0;
    private static final int METHOD_DEFLATED = 8;
    private static final int DOS_DATE_1980 = 0x21;
    private static final int UTF8_FLAG = 0x800;
    private static final int MAGIC_VALUE = -1;
    private static final int ZIP64_VERSION = 45;
    private static final int ZIP64_CENTRAL_EXTRA_BYTES = 28;
    private static final int ZIP64_LOCAL_EXTRA_BYTES = 20;

    private final List<Entry> entries = new ArrayList<>();
    private byte[] prefix = new byte[0];
    private String comment = "";
    private boolean zip64;

    /** Adds {@code META-INF/MANIFEST.MF} with {@code Manifest-Version} and {@code lines}; an empty line starts a section. */
    public TestJar manifest(String... lines) {
        return deflated("META-INF/MANIFEST.MF", manifestText(lines));
    }

    static String manifestText(String... lines) {
        StringBuilder text = new StringBuilder("Manifest-Version: 1.0\r\n");
        for (String line : lines) {
            text.append(line).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    public TestJar stored(String name, String content) {
        return entry(name.getBytes(StandardCharsets.UTF_8), METHOD_STORED, content.getBytes(StandardCharsets.UTF_8));
    }

    public TestJar stored(String name, byte[] content) {
        return entry(name.getBytes(StandardCharsets.UTF_8), METHOD_STORED, content);
    }

    public TestJar deflated(String name, String content) {
        return entry(name.getBytes(StandardCharsets.UTF_8), METHOD_DEFLATED, content.getBytes(StandardCharsets.UTF_8));
    }

    public TestJar deflated(String name, byte[] content) {
        return entry(name.getBytes(StandardCharsets.UTF_8), METHOD_DEFLATED, content);
    }

    /** Adds an entry without content; {@code name} ends with a slash. */
    public TestJar directory(String name) {
        return stored(name, new byte[0]);
    }

    /** Adds the class files in {@code classes}, by class name, deflated and sorted. */
    public TestJar classes(Map<String, byte[]> classes) {
        new TreeMap<>(classes)
                .forEach((name, bytes) -> deflated(name.replace('.', '/').concat(".class"), bytes));
        return this;
    }

    TestJar entry(byte[] name, int method, byte[] content) {
        entries.add(new Entry(name, method, content));
        return this;
    }

    /** Bytes in front of the archive, as in a self-extracting jar. */
    public TestJar prefix(String text) {
        prefix = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    public TestJar comment(String text) {
        comment = text;
        return this;
    }

    /** All sizes and offsets in the 64-bit form, although they are small. */
    public TestJar zip64() {
        zip64 = true;
        return this;
    }

    public Path write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.write(file, bytes());
    }

    public byte[] bytes() {
        Bytes out = new Bytes();
        out.write(prefix, 0, prefix.length);
        for (Entry entry : entries) {
            entry.writeLocal(out);
        }
        int centralAt = out.size();
        for (Entry entry : entries) {
            entry.writeCentral(out);
        }
        writeEnd(out, centralAt);
        return out.toByteArray();
    }

    private void writeEnd(Bytes out, int centralAt) {
        int centralBytes = out.size() - centralAt;
        if (zip64) {
            int end64At = out.size();
            out.put4(0x06064b50);
            put8(out, 44).put2(ZIP64_VERSION).put2(ZIP64_VERSION).put4(0).put4(0);
            put8(put8(out, entries.size()), entries.size());
            put8(put8(out, centralBytes), centralAt - prefix.length);
            out.put4(0x07064b50).put4(0);
            put8(out, end64At).put4(1);
        }
        out.put4(0x06054b50).put2(0).put2(0).put2(zip64 ? MAGIC_VALUE : entries.size());
        out.put2(zip64 ? MAGIC_VALUE : entries.size()).put4(zip64 ? MAGIC_VALUE : centralBytes);
        out.put4(zip64 ? MAGIC_VALUE : centralAt - prefix.length);
        byte[] text = comment.getBytes(StandardCharsets.UTF_8);
        out.put2(text.length).write(text, 0, text.length);
    }

    private static Bytes put8(Bytes out, long value) {
        return out.put4((int) value).put4((int) (value >>> 32));
    }

    private final class Entry {
        private final byte[] name;
        private final int method;
        private final byte[] content;
        private final byte[] data;
        private final int crc;
        private int at;

        Entry(byte[] name, int method, byte[] content) {
            this.name = name;
            this.method = method;
            this.content = content;
            this.data = method == METHOD_DEFLATED ? deflate(content) : content;
            CRC32 sum = new CRC32();
            sum.update(content);
            this.crc = (int) sum.getValue();
        }

        void writeLocal(Bytes out) {
            at = out.size() - prefix.length;
            out.put4(0x04034b50).put2(ZIP64_VERSION).put2(UTF8_FLAG).put2(method);
            out.put2(0).put2(DOS_DATE_1980).put4(crc);
            out.put4(zip64 ? MAGIC_VALUE : data.length).put4(zip64 ? MAGIC_VALUE : content.length);
            out.put2(name.length).put2(zip64 ? ZIP64_LOCAL_EXTRA_BYTES : 0).write(name, 0, name.length);
            if (zip64) {
                out.put2(1).put2(ZIP64_LOCAL_EXTRA_BYTES - 4);
                put8(put8(out, content.length), data.length);
            }
            out.write(data, 0, data.length);
        }

        void writeCentral(Bytes out) {
            out.put4(0x02014b50).put2(ZIP64_VERSION).put2(ZIP64_VERSION).put2(UTF8_FLAG);
            out.put2(method).put2(0).put2(DOS_DATE_1980).put4(crc);
            out.put4(zip64 ? MAGIC_VALUE : data.length).put4(zip64 ? MAGIC_VALUE : content.length);
            out.put2(name.length).put2(zip64 ? ZIP64_CENTRAL_EXTRA_BYTES : 0).put2(0);
            out.put2(0).put2(0).put4(0).put4(zip64 ? MAGIC_VALUE : at).write(name, 0, name.length);
            if (zip64) {
                out.put2(1).put2(ZIP64_CENTRAL_EXTRA_BYTES - 4);
                put8(put8(put8(out, content.length), data.length), at);
            }
        }
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, /* nowrap= */ true);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }
}
