package io.bootcast.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Oracle: {@link JarFile} opened for the same release of Java. */
class JarFactsTest {
    private static final int RUNNING = Runtime.version().feature();

    @TempDir
    Path directory;

    private static Index index(byte[] jar, int feature) throws ZipException {
        JarFacts facts = JarFacts.read(ByteBuffer.wrap(jar));
        ElementFacts element = new ElementFacts(ElementFacts.JAR, "/a.jar", "root/a.jar");
        facts.describe(element);
        IndexWriter writer = new IndexWriter(feature);
        facts.writeEntries(writer, writer.element(element), element, feature, Set.of("java.sql", "javax.sql"));
        return Index.open(writer.finish(), "test");
    }

    /** What the index says of {@code name}: its real name and the stored bytes, as text. */
    private static String found(Index index, byte[] jar, String name) {
        int entry = index.find(name);
        if (entry == 0) {
            return "none";
        }
        int place = index.firstPlace(entry);
        String real = index.release(place) == 0 ? name : "META-INF/versions/" + index.release(place) + "/" + name;
        int from = (int) index.offset(place);
        byte[] bytes = Arrays.copyOfRange(jar, from, from + index.storedBytes(place));
        return real + (index.isDirectoryAlias(place) ? "/" : "") + " " + Arrays.hashCode(bytes);
    }

    private static String oracle(JarFile file, byte[] jar, Index positions, String name) throws IOException {
        JarEntry entry = file.getJarEntry(name);
        if (entry == null) {
            return "none";
        }
        return found(positions, jar, entry.getRealName());
    }

    /** Names to ask for: all entries, what they are called without a version, and directories without their slash. */
    private static Set<String> questions(Path jar) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        try (ZipFile file = new ZipFile(jar.toFile())) {
            file.stream().forEach(entry -> {
                names.add(entry.getName());
                names.add(entry.getName().replaceFirst("^META-INF/versions/[^/]*/", ""));
            });
        }
        for (String name : List.copyOf(names)) {
            names.add(name.endsWith("/") ? name.substring(0, name.length() - 1) : name + "/");
            names.add(name + "x");
        }
        names.remove("");
        return names;
    }

    private int compare(Path jar, int feature) throws IOException {
        byte[] bytes = Files.readAllBytes(jar);
        Index index = index(bytes, feature);
        int compared = 0;
        try (JarFile file = new JarFile(
                jar.toFile(), /* verify= */ false, ZipFile.OPEN_READ, Runtime.Version.parse(String.valueOf(feature)))) {
            assertEquals(file.isMultiRelease(), index.isMultiRelease(0), jar.toString());
            Index plain = index(bytes, 7);
            for (String name : questions(jar)) {
                assertEquals(oracle(file, bytes, plain, name), found(index, bytes, name), name + " in " + jar);
                compared++;
            }
        }
        return compared;
    }

    private static TestJar versioned(String multiRelease) {
        return new TestJar()
                .manifest(multiRelease)
                .stored("p/A.class", "A of 8")
                .stored("p/B.class", "B of 8")
                .stored("p/r.txt", "r of 8")
                .directory("p/")
                .stored("META-INF/versions/9/p/A.class", "A of 9")
                .stored("META-INF/versions/11/p/A.class", "A of 11")
                .stored("META-INF/versions/11/p/r.txt", "r of 11")
                .stored("META-INF/versions/17/p/New.class", "only in 17")
                .stored("META-INF/versions/17/java/sql/A.class", "in JDK")
                .stored("META-INF/versions/99/p/A.class", "A of 99")
                .stored("META-INF/versions/8/p/B.class", "B of 8, in spite of the specification")
                .stored("META-INF/versions/011/p/B.class", "leading zero")
                .stored("META-INF/versions/x/p/B.class", "no number")
                .stored("META-INF/versions/11/META-INF/services/s", "never versioned")
                .stored("META-INF/versions/11", "a file")
                .stored("META-INF/versions/99999999999/p/B.class", "too large a number");
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 10, 11, 17, 21, 99, 100})
    void entriesWhenJarIsMultiReleaseAreThoseThatJarFileFinds(int feature) throws IOException {
        Path jar = versioned("Multi-Release: true").write(directory.resolve("a.jar"));

        int compared = compare(jar, feature);

        assertTrue(compared > 30);
    }

    @Test
    void directoriesWhenJarIsMultiReleaseAreThoseThatJarFileFinds() throws IOException {
        TestJar both =
                new TestJar().manifest("Multi-Release: true").directory("p/").directory("META-INF/versions/9/p/");
        both.directory("META-INF/versions/11/p/")
                .directory("META-INF/versions/11/q/")
                .stored("META-INF/versions/11/p/a", "a");
        TestJar file =
                new TestJar().manifest("Multi-Release: true").directory("p/").stored("META-INF/versions/11/p", "p");

        int compared = compare(both.write(directory.resolve("a.jar")), RUNNING);

        assertTrue(compared > 10);
        assertTrue(compare(file.write(directory.resolve("b.jar")), RUNNING) > 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Multi-Release: true",
                "Multi-Release: TRUE",
                "multi-release: True",
                "Multi-Release: true ",
                "Multi-Release:  true",
                "Multi-Release: false",
                "Multi-Release: yes",
                "Multi-Release: truetrue",
                "X-Multi-Release: true",
                "\r\nName: p/\r\nMulti-Release: true",
                "Class-Path: x"
            })
    void multiReleaseWhenManifestSaysSoIsAsForJarFile(String line) throws IOException {
        Path jar = versioned(line).write(directory.resolve("a.jar"));

        int compared = compare(jar, RUNNING);

        assertTrue(compared > 30);
    }

    @Test
    void manifestWhenItsNameIsInOtherLettersIsFound() throws IOException {
        byte[] jar = new TestJar()
                .deflated("meta-inf/Manifest.mf", TestJar.manifestText("Class-Path: b.jar", "Main-Class:  a.B "))
                .bytes();

        JarFacts facts = JarFacts.read(ByteBuffer.wrap(jar));

        assertEquals("b.jar", facts.classPath());
        assertEquals("a.B", facts.mainClass());
    }

    @Test
    void manifestWhenThereIsNoneHasNoValues() throws IOException {
        byte[] jar = new TestJar().stored("a", "b").bytes();

        JarFacts facts = JarFacts.read(ByteBuffer.wrap(jar));

        assertEquals("", facts.classPath());
        assertEquals("", facts.mainClass());
        assertEquals(0, index(jar, RUNNING).packageValues(0, "p").length);
    }

    @Test
    void manifestWhenItCannotBeReadRefusesTheJar() {
        byte[] jar = new TestJar()
                .deflated("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n".repeat(9))
                .bytes();
        Arrays.fill(jar, 30 + "META-INF/MANIFEST.MF".length(), 60, (byte) 0xFF);

        ZipException refused = assertThrows(ZipException.class, () -> JarFacts.read(ByteBuffer.wrap(jar)));

        assertEquals("entry is damaged: name=META-INF/MANIFEST.MF", refused.getMessage());
    }

    @Test
    void packageValuesWhenManifestHasSectionsAreThoseOfManifest() throws IOException {
        String[] lines = {
            "Implementation-Title: main",
            "Implementation-Version: 1",
            "Sealed: true",
            "",
            "Name: p/q/",
            "Implementation-Title: own",
            "Specification-Vendor: vendor",
            "Sealed: false",
            "",
            "Name: p/C.class",
            "Implementation-Title: of a class",
            "",
            "Name: r/",
            "SHA-256-Digest: none"
        };
        byte[] jar = new TestJar().manifest(lines).bytes();
        Manifest oracle;
        try (InputStream in =
                new java.io.ByteArrayInputStream(TestJar.manifestText(lines).getBytes())) {
            oracle = new Manifest(in);
        }

        Index index = index(jar, RUNNING);

        for (String name : new String[] {"p", "p.q", "r", "p.C.class", "none"}) {
            String[] expected = new String[IndexFormat.SECTION_VALUES.length];
            for (int i = 0; i < expected.length; i++) {
                var own = oracle.getAttributes(name.replace('.', '/') + "/");
                String value = own == null ? null : own.getValue(IndexFormat.SECTION_VALUES[i]);
                expected[i] =
                        value != null ? value : oracle.getMainAttributes().getValue(IndexFormat.SECTION_VALUES[i]);
            }
            assertArrayEquals(expected, index.packageValues(0, name), name);
        }
        assertNull(index.packageValues(0, "p")[0]);
    }

    @Test
    void classesWhenTheirPackageIsTheJdksAreMarked() throws IOException {
        byte[] jar = new TestJar()
                .manifest("Multi-Release: true")
                .stored("java/sql/A.class", "1")
                .stored("java/sql/a.txt", "2")
                .stored("java/sqlx/A.class", "3")
                .stored("META-INF/versions/9/javax/sql/B.class", "4")
                .stored("A.class", "5")
                .bytes();

        Index index = index(jar, RUNNING);

        assertTrue(index.isInJdk(index.firstPlace(index.find("java/sql/A.class"))));
        assertTrue(index.isInJdk(index.firstPlace(index.find("javax/sql/B.class"))));
        assertFalse(index.isInJdk(index.firstPlace(index.find("java/sql/a.txt"))));
        assertFalse(index.isInJdk(index.firstPlace(index.find("java/sqlx/A.class"))));
        assertFalse(index.isInJdk(index.firstPlace(index.find("A.class"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "META-INF/A.SF",
                "META-INF/a.sf",
                "meta-inf/A.sf",
                "META-INF/A.RSA",
                "META-INF/A.dsa",
                "META-INF/A.EC",
                "META-INF/sub/A.SF",
                "META-INF/sub/A.RSA",
                "A.SF",
                "META-INF/A.SFX",
                "META-INF/SF"
            })
    void signedWhenJarHasASignatureFileIsTrue(String name) throws IOException {
        byte[] jar =
                new TestJar().manifest().stored(name, "Signature-Version: 1.0").bytes();

        boolean signed = index(jar, RUNNING).isSigned(0);

        assertEquals(name.matches("(?i)META-INF/A[.](SF|RSA|DSA|EC)"), signed);
    }

    @Test
    void entriesWhenJarsAreRealAreThoseThatJarFileFinds() throws IOException {
        List<Path> jars = RealJars.find(40, 3L << 20);
        assumeTrue(jars.size() >= 10, "no Maven repository with jars on this machine");

        int compared = 0;
        for (Path jar : jars) {
            compared += compare(jar, RUNNING);
        }

        System.out.println("JarFactsTest: jars=" + jars.size() + " names=" + compared);
    }
}
