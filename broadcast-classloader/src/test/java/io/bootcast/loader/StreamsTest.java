package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bootcast.index.TestJar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources as streams. Oracle: the streams of a {@code URLClassLoader} over the originals. */
class StreamsTest extends LoaderFixture {
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
        Path root = resourceDirectory("classes", "x");
        Files.write(root.resolve("file"), large);
        try (TestImage image = TestImage.of(store, jar, root)) {
            assertResourcesAsStock(
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
        Path root = resourceDirectory("classes", "small file");
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
    void streamWhenTheEntryIsDamagedFailsWhenReadAsStock() throws Exception {
        Path jar = new TestJar().deflated("a.txt", "a").write(directory.resolve("a.jar"));
        byte[] bytes = Files.readAllBytes(jar);
        int data = 30 + "a.txt".length();
        bytes[data] |= 6; // a kind of block that does not exist
        Files.write(jar, bytes);
        try (TestImage image = TestImage.of(store, jar);
                InputStream expected = image.stock().getResourceAsStream("a.txt");
                InputStream found = image.loader().getResourceAsStream("a.txt")) {
            String message =
                    assertThrows(IOException.class, expected::readAllBytes).toString();

            assertEquals(
                    message,
                    assertThrows(IOException.class, found::readAllBytes).toString());
            assertEquals("java.util.zip.ZipException: invalid block type", message);
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

    @ParameterizedTest
    @ValueSource(strings = {"deflated", "stored", "file", "large"})
    void streamWhenItIsClosedOrAskedToGoBackAnswersAsStock(String name) throws Exception {
        Path jar = new TestJar()
                .deflated("deflated", "0123456789")
                .stored("stored", "0123456789")
                .deflated("large", random(2 << 20))
                .write(directory.resolve("a.jar"));
        Path root = resourceDirectory("classes", "file");
        try (TestImage image = TestImage.of(store, jar, root)) {
            String expected = manners(image.stock().getResourceAsStream(name));

            assertEquals(expected, manners(image.loader().getResourceAsStream(name)));
        }
    }

    private static String manners(InputStream in) throws IOException {
        StringBuilder said = new StringBuilder();
        said.append("mark ").append(in.markSupported());
        in.mark(100);
        said.append(" read ").append(in.read());
        said.append(" reset ").append(attempt(() -> {
            in.reset();
            return in.read();
        }));
        said.append(" null ").append(attempt(() -> in.read(null, 0, 1)));
        in.close();
        in.close();
        said.append(" closed: read ").append(attempt(in::read));
        said.append(" array ").append(attempt(() -> in.read(new byte[4])));
        said.append(" nothing ").append(attempt(() -> in.read(new byte[0])));
        said.append(" available ").append(attempt(in::available));
        said.append(" skip ").append(attempt(() -> in.skip(1)));
        said.append(" all ").append(attempt(() -> in.readAllBytes().length));
        said.append(" reset ").append(attempt(() -> {
            in.reset();
            return "done";
        }));
        return said.toString();
    }

    private static String attempt(Callable<?> action) {
        try {
            return String.valueOf(action.call());
        } catch (Exception e) {
            return e.getClass().getName() + (e instanceof IOException ? ": " + e.getMessage() : "");
        }
    }

    /** A class's file is what it is, whoever looks; agents change what is defined. */
    @Test
    void streamWhenItIsAClassHasTheBytesOfItsFile() throws Exception {
        Path jar = classJar("a.jar", "p.A");
        Path root = classDirectory("classes", new TestClasses().empty("q.B").compile());
        try (TestImage image = TestImage.of(store, jar, root)) {
            for (String name : new String[] {"p/A.class", "q/B.class"}) {
                byte[] expected = image.stock().getResourceAsStream(name).readAllBytes();

                assertArrayEquals(
                        expected, image.loader().getResourceAsStream(name).readAllBytes());
                image.loader().loadClass(name.replace('/', '.').replace(".class", ""));
                assertArrayEquals(
                        expected, image.loader().getResourceAsStream(name).readAllBytes());
            }
        }
    }
}
