package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import io.bootcast.resolve.ResourceProbe;
import io.bootcast.resolve.StockJava;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources. Oracle: {@code URLClassLoader} over the originals, and a real {@code java -cp} where names of files are odd. */
class ResourcesTest {
    @TempDir
    Path temporary;

    private Path directory;
    private Path store;

    @BeforeEach
    void resolveLinks() throws Exception {
        directory = temporary.toRealPath();
        store = directory.resolve("store");
    }

    private static List<String> describe(TestImage image, ClassLoader loader, String name) throws IOException {
        List<String> found = new ArrayList<>();
        for (URL url : Collections.list(loader.getResources(name))) {
            found.add(image.original(url) + " " + content(url));
        }
        URL first = loader.getResource(name);
        found.add("first " + image.original(first));
        try (InputStream in = loader.getResourceAsStream(name)) {
            found.add("stream " + (in == null ? "none" : Arrays.hashCode(in.readAllBytes())));
        }
        return found;
    }

    private static String content(URL url) {
        try (InputStream in = url.openStream()) {
            return String.valueOf(Arrays.hashCode(in.readAllBytes()));
        } catch (IOException e) {
            return e.getClass().getName();
        }
    }

    private static void assertAsStock(TestImage image, String... names) throws IOException {
        for (String name : names) {
            List<String> expected = describe(image, image.stock(), name);
            assertEquals(String.join("\n", expected), String.join("\n", describe(image, image.loader(), name)), name);
        }
    }

    private Path fill(String root, String... files) throws IOException {
        Path made = Files.createDirectories(directory.resolve(root));
        for (String name : files) {
            Path file = made.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name + " of " + root);
        }
        return made;
    }

    private Path jar(String file, String... names) throws IOException {
        TestJar jar = new TestJar().manifest("Created-By: " + file);
        for (String name : names) {
            if (name.endsWith("/")) {
                jar.directory(name);
            } else {
                jar.deflated(name, name + " of " + file);
            }
        }
        return jar.write(directory.resolve(file));
    }

    @Test
    void resourcesWhenSeveralElementsHaveThemAreInOrder() throws Exception {
        Path first = jar("first.jar", "common.txt", "only/first.txt", "p/");
        Path root = fill("classes", "common.txt", "only/second.txt", "p/in.txt");
        Path third = jar("third.jar", "only/third.txt", "common.txt", "p/");
        try (TestImage image = TestImage.of(store, first, root, third, directory.resolve("absent.jar"))) {
            assertAsStock(
                    image,
                    "common.txt",
                    "only/first.txt",
                    "only/second.txt",
                    "only/third.txt",
                    "missing",
                    "p/",
                    "p",
                    "p/in.txt",
                    "META-INF/MANIFEST.MF",
                    "META-INF/",
                    "META-INF",
                    "java/lang/Object.class",
                    "only",
                    "only/");
        }
    }

    @Test
    void resourcesWhenAnElementIsNamedTwiceAreFoundOnce() throws Exception {
        Path jar = jar("a.jar", "common.txt");
        Path root = fill("classes", "common.txt");
        try (TestImage image = TestImage.of(store, jar, root, jar, root)) {
            assertAsStock(image, "common.txt");
        }
    }

    @Test
    void resourceWhenAJarHasItTwiceIsTheLast() throws Exception {
        Path jar = new TestJar()
                .stored("a.txt", "first")
                .stored("b", "")
                .stored("a.txt", "last")
                .write(directory.resolve("a.jar"));
        try (TestImage image = TestImage.of(store, jar)) {
            assertAsStock(image, "a.txt", "b");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                ".",
                "./",
                "..",
                "../",
                "/a.txt",
                "./a.txt",
                "../a.txt",
                "a.txt/",
                "a.txt//",
                "//a.txt",
                "p/b.txt",
                "p//b.txt",
                "p/./b.txt",
                "p/../a.txt",
                "p/../../a.txt",
                "p/../../classes/a.txt",
                "missing/../a.txt",
                "p/..",
                "p/.",
                "p//",
                "p",
                "p/",
                "p\\b.txt",
                "\\",
                "a.txt?",
                "a.txt#",
                "a%2Etxt",
                "%",
                "a.txt ",
                " ",
                "x\\y.txt",
                "sp ace.txt",
                "h#sh.txt",
                "p%rcent.txt",
                "pl+us.txt",
                "qu?stion.txt",
                "b!ng.txt",
                "p/!/b.txt",
                "ä/ö.txt",
                "[br].txt",
                "semi;colon.txt",
                "eq=ual.txt",
                "a&b.txt",
                "til~de",
                "car^et",
                "{b}",
                "p|pe",
                "back`tick",
                "\"quote\"",
                "<less>",
                "co:lon",
                ".hidden",
                "p/.hidden",
                "only-in-jar",
                "only-in-jar/"
            })
    void resourceWhenItsNameIsOddIsAsStock(String name) throws Exception {
        String[] odd = {
            "a.txt",
            "p/b.txt",
            "x\\y.txt",
            "sp ace.txt",
            "h#sh.txt",
            "p%rcent.txt",
            "pl+us.txt",
            "qu?stion.txt",
            "b!ng.txt",
            "p/!/b.txt",
            "ä/ö.txt",
            "[br].txt",
            "semi;colon.txt",
            "eq=ual.txt",
            "a&b.txt",
            "til~de",
            "car^et",
            "{b}",
            "p|pe",
            "back`tick",
            "\"quote\"",
            "<less>",
            "co:lon",
            ".hidden",
            "p/.hidden"
        };
        Path root = fill("classes", odd);
        Path jar = jar("a.jar", odd);
        Path onlyInJar = jar("b.jar", "only-in-jar/", "p/");
        try (TestImage image = TestImage.of(store, root, jar, onlyInJar)) {
            assertAsStock(image, name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.jar",
                "sp ace.jar",
                "h#sh.jar",
                "p%rcent.jar",
                "pl+us.jar",
                "b!ng.jar",
                "qu?stion.jar",
                "ä ö.jar",
                "包.jar",
                "[br].jar",
                "semi;colon.jar",
                "eq=ual.jar",
                "a&b.jar",
                "%20.jar",
                "d ir#%/inside.jar",
                "di!r/inside.jar"
            })
    void resourceWhenItsJarHasAnOddNameIsAsInStockJava(String name) throws Exception {
        Path jar = jar(name, "a b.txt", "p/ä.txt", "p/");
        Path root = fill(name + ".classes", "a b.txt", "p/ä.txt");
        String[] names = {"a b.txt", "p/ä.txt", "p/", "p", "META-INF/MANIFEST.MF"};
        List<String> expected =
                StockJava.run(directory, directory.resolve("output"), jar + ":" + root, ResourceProbe.class, names);

        try (TestImage image = TestImage.of(store, jar, root)) {
            List<String> found = new ArrayList<>();
            for (String resource : names) {
                for (URL url : Collections.list(image.loader().getResources(resource))) {
                    found.add(resource + " " + image.original(url));
                }
            }
            assertEquals(String.join("\n", expected), String.join("\n", found));
            assertEquals(
                    "a b.txt of " + name,
                    new String(image.loader().getResourceAsStream("a b.txt").readAllBytes()));
        }
    }

    @Test
    void multiReleaseResourcesWhenAskedForAreTheRunningRelease() throws Exception {
        Path jar = new TestJar()
                .manifest("Multi-Release: true")
                .stored("p/r.txt", "base")
                .stored("META-INF/versions/11/p/r.txt", "eleven")
                .stored("META-INF/versions/999/p/r.txt", "future")
                .stored("META-INF/versions/11/p/only.txt", "only in eleven")
                .stored("META-INF/versions/11/META-INF/never.txt", "never")
                .directory("p/")
                .write(directory.resolve("mr.jar"));
        Path plain = new TestJar()
                .manifest("Created-By: no multi-release jar")
                .stored("p/r.txt", "plain")
                .stored("META-INF/versions/11/p/r.txt", "never")
                .write(directory.resolve("plain.jar"));
        try (TestImage image = TestImage.of(store, jar, plain)) {
            assertAsStock(
                    image,
                    "p/r.txt",
                    "p/only.txt",
                    "META-INF/never.txt",
                    "p/",
                    "p",
                    "META-INF/versions/11/p/r.txt",
                    "META-INF/versions/11/p/only.txt",
                    "META-INF/versions/11/META-INF/never.txt",
                    "META-INF/MANIFEST.MF");
            assertTrue(
                    image.loader().getResource("p/r.txt").toString().endsWith("mr.jar!/META-INF/versions/11/p/r.txt"));
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        Arrays.fill(bytes, 0, length / 2, (byte) 1);
        return bytes;
    }

    @Test
    void streamWhenResourceIsLargeReadsAllOfIt() throws Exception {
        byte[] large = random(3 << 20);
        byte[] limit = random(1 << 20);
        byte[] above = random((1 << 20) + 1);
        Path jar = new TestJar()
                .deflated("deflated", large)
                .stored("stored", large)
                .deflated("limit", limit)
                .stored("stored limit", limit)
                .deflated("above", above)
                .stored("stored above", above)
                .deflated("empty", "")
                .stored("stored empty", "")
                .write(directory.resolve("a.jar"));
        Path root = fill("classes", "x");
        Files.write(root.resolve("file"), large);
        try (TestImage image = TestImage.of(store, jar, root)) {
            assertAsStock(
                    image,
                    "deflated",
                    "stored",
                    "limit",
                    "stored limit",
                    "above",
                    "stored above",
                    "empty",
                    "stored empty",
                    "file");
            assertArrayEquals(
                    large, image.loader().getResourceAsStream("deflated").readAllBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflated", "stored", "small", "file", "small file"})
    void streamWhenReadInPartsIsAsStock(String name) throws Exception {
        byte[] large = random(2 << 20);
        Path jar = new TestJar()
                .deflated("deflated", large)
                .stored("stored", large)
                .deflated("small", "0123456789")
                .write(directory.resolve("a.jar"));
        Path root = fill("classes", "small file");
        Files.write(root.resolve("file"), large);
        try (TestImage image = TestImage.of(store, jar, root)) {
            String expected = inParts(image.stock().getResourceAsStream(name));

            assertEquals(expected, inParts(image.loader().getResourceAsStream(name)));
        }
    }

    private static String inParts(InputStream stream) throws IOException {
        StringBuilder said = new StringBuilder();
        try (InputStream in = stream) {
            said.append("available ").append(in.available());
            said.append(" byte ").append(in.read());
            said.append(" available ").append(in.available());
            said.append(" none ").append(in.read(new byte[4], 1, 0));
            said.append(" skipped ").append(in.skip(3));
            said.append(" part ").append(Arrays.toString(in.readNBytes(3)));
            byte[] rest = in.readAllBytes();
            said.append(" rest ").append(rest.length).append(' ').append(Arrays.hashCode(rest));
            said.append(" end ").append(in.read()).append(' ').append(in.read(new byte[4]));
            said.append(" available ").append(in.available());
        }
        return said.toString();
    }

    @Test
    void streamsWhenTwoAreOpenDoNotDisturbEachOther() throws Exception {
        byte[] large = random(2 << 20);
        Path jar = new TestJar().deflated("a", large).write(directory.resolve("a.jar"));
        try (TestImage image = TestImage.of(store, jar);
                InputStream one = image.loader().getResourceAsStream("a");
                InputStream two = image.loader().getResourceAsStream("a")) {
            byte[] start = one.readNBytes(1 << 20);
            byte[] all = two.readAllBytes();
            byte[] rest = one.readAllBytes();

            assertArrayEquals(large, all);
            assertArrayEquals(Arrays.copyOf(large, 1 << 20), start);
            assertArrayEquals(Arrays.copyOfRange(large, 1 << 20, large.length), rest);
        }
    }

    @Test
    void streamWhenTheEntryCannotBeReadFailsAsStock() throws Exception {
        Path jar = new TestJar()
                .deflated("a.txt", "a".repeat(100))
                .deflated("b.txt", "b")
                .write(directory.resolve("a.jar"));
        byte[] bytes = Files.readAllBytes(jar);
        bytes[0] ^= 1;
        Files.write(jar, bytes);
        try (TestImage image = TestImage.of(store, jar)) {
            String expected = assertThrows(
                            IOException.class,
                            () -> image.stock().getResourceAsStream("a.txt").readAllBytes())
                    .toString();

            IOException found = assertThrows(
                    IOException.class,
                    () -> image.loader().getResourceAsStream("a.txt").readAllBytes());

            assertEquals("java.util.zip.ZipException: ZipFile invalid LOC header (bad signature)", expected);
            assertEquals(expected, found.toString());
            assertEquals(
                    "b", new String(image.loader().getResourceAsStream("b.txt").readAllBytes()));
        }
    }

    @Test
    void urlWhenUsedByOthersIsAJarUrlOfAFile() throws Exception {
        Path jar = jar("sp ace#.jar", "p/a b.txt");
        try (TestImage image = TestImage.of(store, jar)) {
            URL url = image.loader().getResource("p/a b.txt");

            JarURLConnection connection = (JarURLConnection) url.openConnection();
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                assertEquals("p/a b.txt of sp ace#.jar", new String(in.readAllBytes()));
                assertEquals("p/a b.txt", connection.getEntryName());
                assertEquals(
                        "sp ace#.jar",
                        connection.getManifest().getMainAttributes().getValue("Created-By"));
                assertEquals(24, connection.getContentLength());
            }
            URI uri = url.toURI();
            assertEquals(url.toString(), uri.toString());
            try (FileSystem files = FileSystems.newFileSystem(uri, Map.of())) {
                assertTrue(Files.exists(files.getPath("p/a b.txt")));
            }
        }
    }

    @Test
    void enumerationWhenItIsOverThrowsAsStock() throws Exception {
        Path jar = jar("a.jar", "a.txt");
        try (TestImage image = TestImage.of(store, jar)) {
            Enumeration<URL> found = image.loader().getResources("a.txt");
            found.nextElement();

            assertFalse(found.hasMoreElements());
            assertThrows(NoSuchElementException.class, found::nextElement);
        }
    }

    @Test
    void resourcesWhenElementsStayAtHomeAreFoundInTheirTurn() throws Exception {
        Path first = jar("first.jar", "common.txt", "first.txt");
        Path live = fill("live", "common.txt", "live.txt", "live-and-last.txt");
        Path liveJar = jar("live.jar", "common.txt", "in-live-jar.txt", "p/");
        Path last = jar("last.jar", "common.txt", "live-and-last.txt", "last.txt");
        try (TestImage image =
                TestImage.ofLive(List.of(live.toString(), liveJar.toString()), store, first, live, liveJar, last)) {
            assertAsStock(
                    image,
                    "common.txt",
                    "first.txt",
                    "live.txt",
                    "live-and-last.txt",
                    "in-live-jar.txt",
                    "last.txt",
                    "missing",
                    "",
                    "p",
                    "p/",
                    "META-INF/MANIFEST.MF");

            fill("live", "late.txt", "last.txt");
            assertAsStock(image, "late.txt", "last.txt");
        }
    }

    @Test
    void unnamedModuleWhenAskedHasTheResources() throws Exception {
        Path jar = jar("a.jar", "a.txt");
        try (TestImage image = TestImage.of(store, jar)) {
            Module module = image.loader().getUnnamedModule();

            assertEquals(
                    "a.txt of a.jar",
                    new String(module.getResourceAsStream("a.txt").readAllBytes()));
            assertNull(module.getResourceAsStream("missing"));
        }
    }
}
