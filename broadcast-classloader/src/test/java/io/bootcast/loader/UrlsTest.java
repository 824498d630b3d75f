package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import io.bootcast.leftover.LeavesToCollector;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources as URLs, used as libraries use them. Oracle: the URLs of a {@code URLClassLoader} over the originals. */
class UrlsTest extends LoaderFixture {
    @Test
    void urlWhenUsedByOthersIsAJarUrlOfAFile() throws Exception {
        Path jar = resourceJar("sp ace#.jar", "p/a b.txt");
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

    /** Everything that a connection says, on the same jars and files. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "deflated.txt",
                "stored.txt",
                "p/",
                "p/A.class",
                "versioned.txt",
                "META-INF/MANIFEST.MF",
                "a b#%.txt",
                "file.txt",
                "d/in.txt",
                "d/"
            })
    @LeavesToCollector("JarURLConnection, of the file that it opens to answer for headers")
    void connectionWhenAskedSaysWhatStocksSays(String name) throws Exception {
        Path jar = new TestJar()
                .manifest("Multi-Release: true", "", "Name: deflated.txt", "Of-Entry: yes")
                .directory("p/")
                .classes(new TestClasses().empty("p.A").compile())
                .deflated("deflated.txt", "deflated".repeat(100))
                .stored("stored.txt", "stored")
                .deflated("versioned.txt", "base")
                .deflated("META-INF/versions/11/versioned.txt", "eleven")
                .deflated("a b#%.txt", "odd")
                .write(directory.resolve("sp ace#.jar"));
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_600_000_000_123L));
        Path root = resourceDirectory("classes", "file.txt", "d/in.txt");
        Files.setLastModifiedTime(root.resolve("file.txt"), FileTime.fromMillis(1_500_000_000_000L));
        try (TestImage image = TestImage.of(store, jar, root)) {
            String expected = describe(image, image.stock().getResource(name));

            assertEquals(expected, describe(image, image.loader().getResource(name)));
        }
    }

    private static String describe(TestImage image, URL url) throws Exception {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        StringBuilder said = new StringBuilder();
        said.append(image.original(url)).append(' ').append(connection.getClass());
        said.append(" length ").append(connection.getContentLengthLong());
        said.append(" type ").append(connection.getContentType());
        said.append(" modified ").append(connection.getLastModified());
        said.append(" date ").append(connection.getDate());
        said.append(" headers ").append(connection.getHeaderFields());
        try (InputStream in = connection.getInputStream()) {
            said.append(" content ").append(Arrays.hashCode(in.readAllBytes()));
        }
        if (url.openConnection() instanceof JarURLConnection) {
            JarURLConnection jar = (JarURLConnection) url.openConnection();
            jar.setUseCaches(false);
            try (JarFile file = jar.getJarFile()) {
                said.append(" entry ").append(jar.getEntryName());
                said.append(" attributes ").append(jar.getAttributes());
                said.append(" main ").append(jar.getMainAttributes());
                said.append(" certificates ").append(Arrays.toString(jar.getCertificates()));
                said.append(" jar ").append(image.original(jar.getJarFileURL()));
                said.append(" entries ")
                        .append(file.size())
                        .append(" crc ")
                        .append(jar.getJarEntry().getCrc());
                said.append(" manifest ").append(jar.getManifest().getEntries().keySet());
            }
        }
        try (InputStream in = URI.create(url.toString()).toURL().openStream()) {
            said.append(" again ").append(in.readAllBytes().length);
        }
        said.append(" uri ").append(image.original(url.toURI().toURL()));
        if (url.getProtocol().equals("file")) {
            said.append(" path ").append(Files.exists(Path.of(url.toURI())));
            said.append(" ").append(Files.isDirectory(Path.of(url.toURI())));
        }
        return said.toString();
    }
}
