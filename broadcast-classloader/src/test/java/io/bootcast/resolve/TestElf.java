package io.bootcast.resolve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The smallest shared libraries that say what they need: headers, a dynamic section and its strings; no code. */
public final class TestElf {
    private static final long ADDRESS = 0x10000;
    private static final int NEEDED = 1;
    private static final int STRINGS = 5;
    private static final int RPATH = 15;
    private static final int RUNPATH = 29;

    private final boolean wide;
    private final List<long[]> dynamic = new ArrayList<>();
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();

    private TestElf(boolean wide) {
        this.wide = wide;
        strings.write(0);
    }

    /** A library of 64 bits. */
    public static TestElf wide() {
        return new TestElf(/* wide= */ true);
    }

    /** A library of 32 bits. */
    public static TestElf narrow() {
        return new TestElf(/* wide= */ false);
    }

    private TestElf text(int tag, String text) {
        dynamic.add(new long[] {tag, strings.size()});
        strings.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        strings.write(0);
        return this;
    }

    public TestElf needs(String... names) {
        for (String name : names) {
            text(NEEDED, name);
        }
        return this;
    }

    public TestElf rpath(String path) {
        return text(RPATH, path);
    }

    public TestElf runpath(String path) {
        return text(RUNPATH, path);
    }

    private static void word(ByteBuffer out, boolean wide, long value) {
        if (wide) {
            out.putLong(value);
        } else {
            out.putInt((int) value);
        }
    }

    /** The file's bytes. */
    public byte[] bytes() {
        int headerBytes = wide ? 64 : 52;
        int programBytes = wide ? 56 : 32;
        int dynamicAt = headerBytes + 2 * programBytes;
        int dynamicBytes = (dynamic.size() + 2) * (wide ? 16 : 8);
        int stringsAt = dynamicAt + dynamicBytes;
        int length = stringsAt + strings.size();
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {0x7F, 'E', 'L', 'F', (byte) (wide ? 2 : 1), 1, 1, 0})
                .position(16);
        out.putShort((short) 3).putShort((short) (wide ? 62 : 3)).putInt(1);
        word(out, wide, 0);
        word(out, wide, headerBytes);
        word(out, wide, 0);
        out.putInt(0)
                .putShort((short) headerBytes)
                .putShort((short) programBytes)
                .putShort((short) 2);
        program(out.position(headerBytes), 1, 0, length);
        program(out.position(headerBytes + programBytes), 2, dynamicAt, dynamicBytes);
        out.position(dynamicAt);
        for (long[] entry : dynamic) {
            word(out, wide, entry[0]);
            word(out, wide, entry[1]);
        }
        word(out, wide, STRINGS);
        word(out, wide, ADDRESS + stringsAt);
        out.position(stringsAt).put(strings.toByteArray());
        return out.array();
    }

    private void program(ByteBuffer out, int type, int offset, int lengthBytes) {
        out.putInt(type);
        if (wide) {
            out.putInt(4);
        }
        word(out, wide, offset);
        word(out, wide, ADDRESS + offset);
        word(out, wide, ADDRESS + offset);
        word(out, wide, lengthBytes);
        word(out, wide, lengthBytes);
    }

    /** Writes the file and its directory. */
    public Path write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes());
    }
}
