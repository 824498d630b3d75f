package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A closed loader. Oracle: a closed {@code URLClassLoader} over the originals. */
class CloseTest extends LoaderFixture {
    @Test
    void closeWhenItIsOverNothingMoreIsFound() throws Exception {
        Path jar = classJar("a.jar", "p.A", "p.B");
        Path root = classDirectory("classes", new TestClasses().empty("q.D").compile());
        Path signed = Signer.get().sign(classJar("signed.jar", "s.E", "s.F"), "ONE");
        Path live = classJar("live.jar", "p.C", "r.G");
        try (TestImage image = TestImage.ofLive(List.of(live.toString()), store, jar, root, signed, live)) {
            Class<?> before = image.loader().loadClass("p.A");
            for (ClassLoader loader : List.of(image.stock(), image.loader())) {
                for (String name : new String[] {"p.A", "s.E", "r.G"}) {
                    loader.loadClass(name);
                }
            }
            URL url = image.loader().getResource("p/B.class");
            assertNotNull(image.loader().getResource("p/C.class"));

            image.stock().close();
            image.loader().close();
            image.loader().close();

            assertSame(before, image.loader().loadClass("p.A"));
            for (String name : new String[] {"p.A", "p.B", "p.C", "q.D", "s.E", "s.F", "r.G", "java.sql.Driver"}) {
                assertEquals(
                        outcome(image.stock(), name).replace(image.stock().toString(), ""),
                        outcome(image.loader(), name).replace(image.loader().toString(), ""));
            }
            assertResourcesAsStock(
                    image,
                    "p/B.class",
                    "p/C.class",
                    "q/D.class",
                    "s/E.class",
                    "META-INF/MANIFEST.MF",
                    "missing",
                    "q/",
                    "");
            assertNull(image.loader().getResource("p/B.class"));
            assertTrue(url.openStream().readAllBytes().length > 0);
        }
    }

    @Test
    void parentsWhenTheLoaderIsClosedStillAnswer() throws Exception {
        try (TestImage image = TestImage.of(store, classJar("a.jar", "p.A"))) {
            image.stock().close();
            image.loader().close();

            assertResourcesAsStock(image, "java/lang/Object.class");
            assertSame(
                    image.stock().loadClass("java.sql.Driver"), image.loader().loadClass("java.sql.Driver"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflated", "stored", "file", "large", "signed"})
    void streamWhenItIsOpenEndsWithTheLoader(String name) throws Exception {
        byte[] large = random(2 << 20);
        Path jar = new TestJar()
                .deflated("deflated", "0123456789")
                .stored("stored", "0123456789")
                .deflated("large", large)
                .write(directory.resolve("a.jar"));
        Path root = resourceDirectory("classes", "file");
        Path signed = new TestJar().manifest().deflated("signed", large).write(directory.resolve("signed.jar"));
        Signer.get().sign(signed, "ONE");
        try (TestImage image = TestImage.of(store, jar, root, signed)) {
            InputStream ofStock = image.stock().getResourceAsStream(name);
            InputStream ours = image.loader().getResourceAsStream(name);
            ofStock.read();
            ours.read();

            image.stock().close();
            image.loader().close();

            assertEquals(afterEnd(ofStock), afterEnd(ours));
        }
    }

    private static String afterEnd(InputStream in) {
        return attempt(in::read) + " " + attempt(() -> in.read(new byte[4])) + " " + attempt(in::available) + " "
                + attempt(() -> in.readAllBytes().length) + " "
                + attempt(() -> {
                    in.close();
                    return "closed";
                });
    }

    private static String attempt(Callable<?> action) {
        try {
            return String.valueOf(action.call());
        } catch (Exception e) {
            return e.toString();
        }
    }

    @Test
    @Timeout(60)
    void loaderWhenItIsClosedAndForgottenIsCollected() throws Exception {
        Path signed = Signer.get().sign(classJar("signed.jar", "s.A"), "ONE");
        Path root = classDirectory("classes", new TestClasses().empty("q.D").compile());
        Path live = classJar("live.jar", "r.G");
        Path jar = classJar("a.jar", "p.A");
        try (TestImage image = TestImage.ofLive(List.of(live.toString()), store, jar, signed, root, live)) {
            WeakReference<ClassLoader> loader = useAndClose(image, List.of("p.A", "s.A", "q.D", "r.G"));

            while (loader.get() != null) {
                System.gc();
                Thread.onSpinWait();
            }

            assertNull(loader.get());
        }
    }

    private static WeakReference<ClassLoader> useAndClose(TestImage image, List<String> names) throws Exception {
        try (BroadcastClassLoader loader = new BroadcastClassLoader(image.image(), /* parentFirst= */ false)) {
            for (String name : names) {
                assertTrue(says(loader, "p.A").startsWith("p.A"));
                loader.loadClass(name);
                loader.getResourceAsStream(name.replace('.', '/') + ".class").close();
            }
            return new WeakReference<>(loader);
        }
    }

    /** What the process holds open below a directory, and what it has mapped; but for locks, and for what root mapped when it read the jars. */
    private static List<String> held(Path below) throws IOException {
        List<String> held = new ArrayList<>();
        for (File descriptor : new File("/proc/self/fd").listFiles()) {
            try {
                held.add(Files.readSymbolicLink(descriptor.toPath()).toString());
            } catch (NoSuchFileException e) {
                // The one that lists the directory.
                continue;
            }
        }
        held.addAll(Files.readAllLines(Path.of("/proc/self/maps")));
        held.removeIf(line -> !line.contains(below.toString())
                || line.contains("/lease")
                || line.contains("lock")
                || line.contains("/blobs/"));
        return held;
    }

    @Test
    @Timeout(60)
    void filesWhenTheLoaderIsClosedAreClosed() throws Exception {
        Path large = new TestJar()
                .stored("filling", random(300_000))
                .classes(new TestClasses().add("p.A", source("p.A", "A")).compile())
                .write(directory.resolve("a.jar"));
        Path signed = Signer.get().sign(classJar("signed.jar", "s.A"), "ONE");
        Path live = classJar("live.jar", "r.G");
        try (TestImage image = TestImage.ofLive(List.of(live.toString()), store, large, signed, live)) {
            try (BroadcastClassLoader loader = new BroadcastClassLoader(image.image(), /* parentFirst= */ false)) {
                for (String name : new String[] {"p.A", "s.A", "r.G"}) {
                    loader.loadClass(name);
                    loader.getResourceAsStream(name.replace('.', '/') + ".class")
                            .close();
                }
                List<String> open = held(directory);
                assertTrue(open.stream().anyMatch(line -> line.endsWith("signed.jar")), open::toString);
                assertTrue(open.stream().anyMatch(line -> line.endsWith("live.jar")), open::toString);
            }

            List<String> left = held(directory);
            left.removeIf(line -> line.endsWith("root" + large));
            assertEquals(List.of(), left, "open or mapped, besides the image's own mapping of the jar");
        }
    }

    /** An image that nobody uses any more is unmapped with the next collection. */
    @Test
    @Timeout(60)
    void mappingsWhenTheImageIsForgottenAreGone() throws Exception {
        Path large = new TestJar()
                .stored("filling", random(300_000))
                .classes(new TestClasses().add("p.A", source("p.A", "A")).compile())
                .write(directory.resolve("a.jar"));
        useOnce(large);

        while (!held(directory).isEmpty()) {
            System.gc();
            Thread.onSpinWait();
        }

        assertEquals(List.of(), held(directory));
    }

    private void useOnce(Path jar) throws Exception {
        try (TestImage image = TestImage.of(store, jar)) {
            assertEquals("A", says(image.loader(), "p.A"));
            List<String> mapped = held(directory);
            assertTrue(mapped.stream().anyMatch(line -> line.endsWith("root" + jar)), mapped::toString);
        }
    }
}
