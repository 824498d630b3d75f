package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bootcast.index.TestJar;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the loader have in common: a directory, elements to put on a class path, and words for what a loader does. */
abstract class LoaderFixture {
    @TempDir
    Path temporary;

    Path directory;
    Path store;

    @BeforeEach
    void resolveLinks() throws Exception {
        directory = temporary.toRealPath();
        store = directory.resolve("store");
    }

    /** The source of a class that, asked as a {@code Supplier}, says {@code says}. */
    static String source(String name, String says) {
        int dot = name.lastIndexOf('.');
        return "package " + name.substring(0, dot) + "; public class " + name.substring(dot + 1)
                + " implements java.util.function.Supplier<String> { public String get() { return \"" + says
                + "\"; } }";
    }

    /** A jar of such classes; each says its name and the jar's. */
    Path classJar(String file, String... classes) throws Exception {
        TestClasses sources = new TestClasses();
        for (String name : classes) {
            sources.add(name, source(name, name + " of " + file));
        }
        return new TestJar().manifest().classes(sources.compile()).write(directory.resolve(file));
    }

    /** A jar of programs of the tests, classes in package {@code example}. */
    Path programJar(Class<?>... programs) throws IOException {
        return new TestJar().classes(TestClasses.of(programs)).write(directory.resolve("program.jar"));
    }

    /** A jar with resources of these names; those that end with a slash are directories. */
    Path resourceJar(String file, String... names) throws IOException {
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

    /** Puts {@code classes} below {@code root} as files. */
    Path classDirectory(String root, Map<String, byte[]> classes) throws IOException {
        Path made = Files.createDirectories(directory.resolve(root));
        for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
            Path file = made.resolve(entry.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
        return made;
    }

    /** Puts resources below {@code root} as files. */
    Path resourceDirectory(String root, String... names) throws IOException {
        Path made = Files.createDirectories(directory.resolve(root));
        for (String name : names) {
            Path file = made.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name + " of " + root);
        }
        return made;
    }

    static String says(ClassLoader loader, String name) throws Exception {
        Object made = loader.loadClass(name).getConstructor().newInstance();
        return String.valueOf(((Supplier<?>) made).get());
    }

    /** What loading gives, or how it fails. */
    static String outcome(ClassLoader loader, String name) {
        try {
            Class<?> loaded = loader.loadClass(name);
            return loaded + " by " + (loaded.getClassLoader() == loader ? "loader" : loaded.getClassLoader());
        } catch (Throwable e) {
            return e + " cause " + e.getCause();
        }
    }

    /** All that a loader says of a resource: its URLs and their content, the first one, the stream. */
    static List<String> describe(TestImage image, ClassLoader loader, String name) throws IOException {
        List<String> found = new ArrayList<>();
        for (URL url : Collections.list(loader.getResources(name))) {
            found.add(image.original(url) + " " + content(url));
        }
        found.add("first " + image.original(loader.getResource(name)));
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

    static void assertResourcesAsStock(TestImage image, String... names) throws IOException {
        for (String name : names) {
            List<String> expected = describe(image, image.stock(), name);
            assertEquals(String.join("\n", expected), String.join("\n", describe(image, image.loader(), name)), name);
        }
    }

    /** Half of it can be packed, half of it cannot. */
    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new java.util.Random(7).nextBytes(bytes);
        Arrays.fill(bytes, 0, length / 2, (byte) 1);
        return bytes;
    }
}
