package io.bootcast.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Oracle: {@link JarFile} on the same bytes. */
class JarDirectoryTest {
    private static final int FEWEST_REAL_JARS = 10;
    private static final int MOST_REAL_JARS = 40;
    private static final long LARGEST_REAL_JAR = 3L << 20;

    @TempDir
    Path directory;

    private int files;

    private Path file(byte[] bytes) throws IOException {
        files++;
        return Files.write(directory.resolve(files + ".jar"), bytes);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    /** Names, sizes and contents as the JDK's reader has them: of equal names the entry that it finds. */
    private static Map<String, byte[]> oracle(File jar) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        try (JarFile file = new JarFile(jar, /* verify= */ false)) {
            for (ZipEntry entry : file.stream().toList()) {
                contents.remove(entry.getName());
                contents.put(entry.getName(), content(file, entry.getName()));
            }
        }
        return contents;
    }

    private static byte[] content(JarFile file, String name) throws IOException {
        try (InputStream in = file.getInputStream(file.getEntry(name))) {
            return in.readAllBytes();
        }
    }

    private static void assertSame(Map<String, byte[]> expected, byte[] bytes) throws IOException {
        JarDirectory read = JarDirectory.read(ByteBuffer.wrap(bytes));
        assertEquals(
                new ArrayList<>(expected.keySet()),
                new ArrayList<>(read.entries().keySet()));
        for (Map.Entry<String, byte[]> entry : expected.entrySet()) {
            assertEquals(entry.getValue().length, read.entries().get(entry.getKey()).contentBytes, entry.getKey());
            assertArrayEquals(entry.getValue(), read.content(entry.getKey()), entry.getKey());
        }
    }

    static Stream<Arguments> corpus() {
        TestJar many = new TestJar();
        for (int i = 0; i < 70_000; i++) {
            many.stored("p" + i % 100 + "/n" + i, "");
        }
        Map<String, TestJar> jars = new LinkedHashMap<>();
        jars.put("stored", new TestJar().stored("a.txt", "text").stored("empty", ""));
        jars.put(
                "deflated", new TestJar().deflated("a.txt", "text".repeat(5000)).deflated("empty", ""));
        jars.put("incompressible", new TestJar().deflated("random.bin", random(100_000)));
        jars.put("manifest", new TestJar().manifest("Main-Class: a.B").deflated("a/B.class", random(100)));
        jars.put("zip64", new TestJar().zip64().stored("a.txt", "text").deflated("b/c.txt", "c".repeat(9999)));
        jars.put("zip64 with comment", new TestJar().zip64().comment("comment").stored("a.txt", "text"));
        jars.put(
                "prefix", new TestJar().prefix("#!/bin/sh\nexec java -jar $0\n").stored("a.txt", "text"));
        jars.put("comment", new TestJar().comment("a comment").stored("a.txt", "text"));
        jars.put("longest comment", new TestJar().comment("c".repeat(0xFFFF)).stored("a.txt", "text"));
        jars.put(
                "comment with an end in it",
                new TestJar().comment("PK\5\6 and more than 22 bytes").stored("a", "b"));
        jars.put("empty", new TestJar());
        jars.put("empty with comment", new TestJar().comment("nothing here"));
        jars.put(
                "duplicates",
                new TestJar().stored("a", "first").stored("b", "b").deflated("a", "last"));
        jars.put(
                "non-ASCII names",
                new TestJar().stored("ä/ö.txt", "x").stored("包/类.class", "y").stored("\uD83D\uDE00", "z"));
        jars.put(
                "directories",
                new TestJar()
                        .directory("a/")
                        .directory("a/b/")
                        .stored("a/b/c", "x")
                        .directory("z/"));
        jars.put("file and directory", new TestJar().directory("a/").stored("a", "file"));
        jars.put(
                "odd names",
                new TestJar()
                        .stored("/a", "1")
                        .stored("../b", "2")
                        .stored("a//b", "3")
                        .stored("c\\d", "4")
                        .stored(" ", "5"));
        jars.put("empty name", new TestJar().stored("", "nameless").stored("a", "b"));
        jars.put("more than 65,535 entries", many);
        return jars.entrySet().stream().map(jar -> Arguments.of(Named.of(jar.getKey(), jar.getValue())));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void readWhenJarIsSoundAgreesWithJarFile(TestJar jar) throws IOException {
        byte[] bytes = jar.bytes();
        Map<String, byte[]> expected = oracle(file(bytes).toFile());

        assertSame(expected, bytes);
    }

    @Test
    void readWhenManyEntriesAreInZip64FormAgreesWithJarFile() throws IOException {
        TestJar many = new TestJar().zip64();
        for (int i = 0; i < 66_000; i++) {
            many.stored("n" + i, "");
        }
        byte[] bytes = many.bytes();
        Map<String, byte[]> expected = oracle(file(bytes).toFile());

        assertEquals(66_000, expected.size());
        assertSame(expected, bytes);
    }

    @Test
    void readWhenJarsAreRealAgreesWithJarFile() throws IOException {
        List<Path> jars = RealJars.find(MOST_REAL_JARS, LARGEST_REAL_JAR);
        assumeTrue(jars.size() >= FEWEST_REAL_JARS, "no Maven repository with jars on this machine");

        int entries = 0;
        for (Path jar : jars) {
            Map<String, byte[]> expected = oracle(jar.toFile());
            assertSame(expected, Files.readAllBytes(jar));
            entries += expected.size();
        }

        System.out.println("JarDirectoryTest: jars=" + jars.size() + " entries=" + entries);
    }

    /** What one reader says of damaged bytes: refused, or the names and, for each, its content or "unreadable". */
    private interface Reading {
        Map<String, byte[]> read() throws IOException;
    }

    private static String describe(Reading reading) {
        try {
            StringBuilder text = new StringBuilder("names:");
            reading.read().forEach((name, content) -> text.append(name)
                    .append('=')
                    .append(content == null ? "unreadable" : Arrays.hashCode(content))
                    .append(' '));
            return text.toString();
        } catch (IOException e) {
            return "refused";
        }
    }

    private static Map<String, byte[]> readByJdk(Path file) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        try (JarFile jar = new JarFile(file.toFile(), /* verify= */ false)) {
            Set<String> names = new LinkedHashSet<>();
            jar.stream().forEach(entry -> names.add(entry.getName()));
            for (String name : names) {
                try {
                    contents.put(name, content(jar, name));
                } catch (IOException | RuntimeException e) {
                    contents.put(name, null);
                }
            }
        }
        return contents;
    }

    private static Map<String, byte[]> readByUs(byte[] bytes) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        JarDirectory read = JarDirectory.read(ByteBuffer.wrap(bytes));
        for (String name : read.entries().keySet()) {
            try {
                contents.put(name, read.content(name));
            } catch (IOException e) {
                contents.put(name, null);
            }
        }
        return contents;
    }

    private void assertJudgedAsByJdk(String what, byte[] bytes) throws IOException {
        Path file = file(bytes);

        String expected = describe(() -> readByJdk(file));

        assertEquals(expected, describe(() -> readByUs(bytes)), what);
        Files.delete(file);
    }

    private static TestJar small() {
        return new TestJar()
                .manifest("Main-Class: a.B")
                .directory("a/")
                .deflated("a/B.class", "class".repeat(100))
                .stored("a/c.txt", "text");
    }

    @Test
    void readWhenJarIsCutIsJudgedAsByJarFile() throws IOException {
        for (TestJar jar :
                List.of(small(), small().zip64(), small().comment("comment"), small().prefix("#!/bin/sh\n"))) {
            byte[] bytes = jar.bytes();
            for (int length = 0; length < bytes.length; length++) {
                assertJudgedAsByJdk("length=" + length + " of " + bytes.length, Arrays.copyOf(bytes, length));
            }
        }
    }

    @Test
    void readWhenLargeJarIsCutAtBlockBordersIsRefused() throws IOException {
        byte[] bytes = new TestJar()
                .stored("random.bin", random(300_000))
                .deflated("b", "b")
                .bytes();
        for (int length = 0; length < bytes.length; length += 4096) {
            byte[] cut = Arrays.copyOf(bytes, length);
            Path file = file(cut);

            assertThrows(IOException.class, () -> new JarFile(file.toFile()).close());
            assertThrows(ZipException.class, () -> JarDirectory.read(ByteBuffer.wrap(cut)));
        }
    }

    @Test
    void readWhenBytesAreAddedIsJudgedAsByJarFile() throws IOException {
        for (TestJar jar : List.of(small(), small().zip64(), small().comment("comment"), new TestJar())) {
            byte[] bytes = jar.bytes();
            for (int more : new int[] {1, 2, 21, 22, 23, 1000, 65_535 - 22, 70_000}) {
                assertJudgedAsByJdk("more=" + more, Arrays.copyOf(bytes, bytes.length + more));
            }
        }
    }

    @Test
    void readWhenASignatureIsFlippedIsJudgedAsByJarFile() throws IOException {
        int[] signatures = {0x04034b50, 0x02014b50, 0x06054b50, 0x06064b50, 0x07064b50};
        byte[] bytes = small().zip64().bytes();
        int met = 0;
        for (int at = 0; at + 4 <= bytes.length; at++) {
            int value = ByteBuffer.wrap(bytes)
                    .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                    .getInt(at);
            if (Arrays.stream(signatures).noneMatch(signature -> signature == value)) {
                continue;
            }
            met++;
            for (int bit = 0; bit < 32; bit++) {
                byte[] flipped = bytes.clone();
                flipped[at + bit / 8] ^= (byte) (1 << bit % 8);
                assertJudgedAsByJdk("at=" + at + " bit=" + bit, flipped);
            }
        }

        assertEquals(4 + 4 + 3, met);
    }

    @Test
    void readWhenNameIsNotUtf8IsRefused() throws IOException {
        byte[] bytes = new TestJar()
                .entry(new byte[] {'a', (byte) 0xC3, (byte) 0x28}, 0, new byte[0])
                .bytes();
        Path file = file(bytes);

        assertThrows(ZipException.class, () -> new JarFile(file.toFile()).close());
        ZipException refused = assertThrows(ZipException.class, () -> JarDirectory.read(ByteBuffer.wrap(bytes)));

        assertEquals("entry name is not UTF-8 at 79", refused.getMessage());
    }

    @Test
    void readWhenBytesAreNoJarSaysWhy() {
        byte[] text = "this is no jar, only some text".getBytes(StandardCharsets.UTF_8);

        ZipException empty = assertThrows(ZipException.class, () -> JarDirectory.read(ByteBuffer.allocate(0)));
        ZipException noJar = assertThrows(ZipException.class, () -> JarDirectory.read(ByteBuffer.wrap(text)));

        assertEquals("no end of central directory", empty.getMessage());
        assertEquals("no end of central directory", noJar.getMessage());
    }

    @Test
    void readWhenEntriesCannotBeReadSaysWhere() {
        byte[] encrypted = new TestJar().stored("a", "b").bytes();
        encrypted[32 + 8] |= 1;
        byte[] method = new TestJar().stored("a", "b").bytes();
        method[32 + 10] = 12;
        byte[] signature = new TestJar().stored("a", "b").bytes();
        signature[32] ^= 1;

        assertMessage("encrypted entry at 32", encrypted);
        assertMessage("unknown compression method 12 at 32", method);
        assertMessage("bad signature in the central directory at 32", signature);
    }

    private static void assertMessage(String expected, byte[] bytes) {
        ZipException refused = assertThrows(ZipException.class, () -> JarDirectory.read(ByteBuffer.wrap(bytes)));
        assertEquals(expected, refused.getMessage());
    }

    @Test
    void contentWhenNameIsMissingIsEmpty() throws IOException {
        JarDirectory read = JarDirectory.read(ByteBuffer.wrap(small().bytes()));

        assertEquals(0, read.content("missing").length);
        assertTrue(read.content("a/c.txt").length > 0);
    }

    /**
     * Every bit of the directory and the end, one at a time: the fields that the JDK checks are checked, others are read as the JDK reads them. Left out
     * are the numbers of entries, which JDK 17 believes (and runs out of memory) and later ones check; of entries whose lengths are wrong the
     * JDK's stream gives what it can get, so there only the names are compared, and later JDKs
     * refuse more of them than 17 does.
     */
    @Test
    void readWhenAnyBitOfTheDirectoryIsFlippedIsJudgedAsByJarFile() throws IOException {
        List<String> different = new ArrayList<>();
        int compared = 0;
        for (TestJar jar : List.of(small(), small().zip64())) {
            byte[] bytes = jar.bytes();
            int centralAt = indexOf(bytes, 0x02014b50);
            for (int bit = centralAt * 8; bit < bytes.length * 8; bit++) {
                if (countsEntries(bytes, bit / 8)) {
                    continue;
                }
                byte[] flipped = bytes.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                Path file = file(flipped);
                String expected = describe(() -> readByJdk(file));
                String found = describe(() -> readByUs(flipped));
                Files.delete(file);
                compared++;
                boolean same = isLength(bytes, centralAt, bit / 8)
                        ? expected.equals("refused") || names(expected).equals(names(found))
                        : expected.equals(found);
                if (!same) {
                    different.add("byte " + (bit / 8 - centralAt) + " bit " + bit % 8 + " of " + bytes.length
                            + ": expected " + expected + " found " + found);
                }
            }
        }

        System.out.println("JarDirectoryTest: flipped bits compared=" + compared + " different=" + different.size());
        assertEquals("", String.join("\n", different));
    }

    private static boolean countsEntries(byte[] bytes, int at) {
        int end = indexOf(bytes, 0x06054b50);
        int end64 = end - 20 - 56;
        boolean zip64 =
                ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(end64) == 0x06064b50;
        return at >= end + 8 && at < end + 12 || zip64 && at >= end64 + 24 && at < end64 + 40;
    }

    private static String names(String description) {
        return description.replaceAll("=[-a-z0-9]+", "");
    }

    /** True for the bytes of method and lengths, and of the 64-bit extra field and what leads to it. */
    private static boolean isLength(byte[] bytes, int centralAt, int at) {
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        int entry = centralAt;
        while (fields.getInt(entry) == 0x02014b50) {
            int extra = entry + 46 + fields.getShort(entry + 28);
            int next = extra + fields.getShort(entry + 30);
            if (at < next) {
                return at == entry + 10
                        || at >= entry + 20 && at < entry + 28
                        || at >= extra
                        || next > extra && at >= entry + 42;
            }
            entry = next;
        }
        return false;
    }

    private static int indexOf(byte[] bytes, int signature) {
        int at = 0;
        while (ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(at) != signature) {
            at++;
        }
        return at;
    }
}
