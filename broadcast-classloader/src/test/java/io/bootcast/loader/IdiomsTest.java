package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What libraries do to find things on their class path. Oracle: a real {@code java -cp}, and {@code URLClassLoader} for those who cast to it. */
class IdiomsTest extends LoaderFixture {
    @Test
    void idiomsOfLibrariesWhenUsedFindWhatTheyFindUnderStockJava() throws Exception {
        Path program = programJar(example.IdiomsApp.class, example.TestDriver.class, example.TestXml.class);
        Files.createDirectories(directory.resolve("conf"));
        Files.writeString(directory.resolve("conf/app.conf"), "of the program");
        Path jar = new TestJar()
                .manifest("Created-By: a.jar")
                .directory("p/")
                .classes(new TestClasses()
                        .empty("p.A")
                        .add(
                                "p.Words",
                                "package p; public class Words extends java.util.ListResourceBundle {"
                                        + " protected Object[][] getContents() {"
                                        + " return new Object[][] {{\"word\", \"class\"}}; } }")
                        .compile())
                .deflated("p/b.txt", "b")
                .deflated("p/sub/c.txt", "c")
                .directory("p/sub/")
                .deflated("p/texts.properties", "word=root\nbase=base")
                .deflated("p/texts_de.properties", "word=deutsch")
                .deflated("META-INF/services/java.sql.Driver", "example.TestDriver")
                .deflated("META-INF/services/javax.xml.parsers.DocumentBuilderFactory", "example.TestXml")
                .write(directory.resolve("a.jar"));
        Path root = resourceDirectory("classes", "p/b.txt", "p/sub/d.txt", "p/texts_fr.properties");
        Files.writeString(root.resolve("p/texts_fr.properties"), "word=fran\\u00e7ais");
        Files.write(
                root.resolve("p/D.class"),
                new TestClasses().empty("p.D").compile().get("p.D"));

        List<String> said = new TwoJvms(directory)
                .assertSame(TwoJvms.path(program, jar, root), "example.IdiomsApp", jar.toString());

        assertTrue(said.contains("bundle de_DE deutsch base"), said::toString);
        assertTrue(said.contains("driver class example.TestDriver"), said::toString);
        assertTrue(said.contains("xml class example.TestXml"), said::toString);
        assertTrue(said.contains("conf " + directory + "/conf/app.conf of the program"), said::toString);
        assertTrue(said.contains("own true file:" + jar + " true"), said::toString);
    }

    @Test
    void loaderWhenCastToUrlClassLoaderNamesFilesThatHoldTheClassPath() throws Exception {
        Path jar = classJar("sp ace#.jar", "p.A");
        Path root = classDirectory("classes", new TestClasses().empty("q.B").compile());
        try (TestImage image = TestImage.of(store, jar, root)) {
            List<String> expected = new ArrayList<>();
            List<String> found = new ArrayList<>();
            for (URL url : image.stock().getURLs()) {
                expected.add(url.toString());
            }
            for (URL url : ((URLClassLoader) image.loader()).getURLs()) {
                found.add(image.original(url));
            }
            assertEquals(expected, found);

            try (URLClassLoader copy = new URLClassLoader(image.loader().getURLs(), null)) {
                assertEquals("class p.A", copy.loadClass("p.A").toString());
                assertEquals("class q.B", copy.loadClass("q.B").toString());
            }
        }
    }
}
