package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Multi-release jars. Oracle: {@code URLClassLoader} over the originals. */
class MultiReleaseTest extends LoaderFixture {
    @Test
    void multiReleaseJarWhenLoadedFromGivesTheRunningRelease() throws Exception {
        TestJar jar = new TestJar().manifest("Multi-Release: true");
        jar.classes(new TestClasses().add("p.A", source("p.A", "base")).compile());
        Map<String, byte[]> eleven = new TestClasses()
                .add("p.A", source("p.A", "eleven"))
                .add("p.New", source("p.New", "only in eleven"))
                .compile();
        eleven.forEach(
                (name, bytes) -> jar.deflated("META-INF/versions/11/" + name.replace('.', '/') + ".class", bytes));
        Map<String, byte[]> future =
                new TestClasses().add("p.A", source("p.A", "future")).compile();
        jar.deflated("META-INF/versions/999/p/A.class", future.get("p.A"));
        try (TestImage image = TestImage.of(store, jar.write(directory.resolve("a.jar")))) {
            for (String name : new String[] {"p.A", "p.New"}) {
                String expected = says(image.stock(), name);

                assertEquals(expected, says(image.loader(), name));
            }
            assertEquals("eleven", says(image.loader(), "p.A"));
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
                .directory("META-INF/versions/11/")
                .directory("p/")
                .write(directory.resolve("mr.jar"));
        Path plain = new TestJar()
                .manifest("Created-By: no multi-release jar")
                .stored("p/r.txt", "plain")
                .stored("META-INF/versions/11/p/r.txt", "never")
                .write(directory.resolve("plain.jar"));
        try (TestImage image = TestImage.of(store, jar, plain)) {
            assertResourcesAsStock(
                    image,
                    "",
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
}
