package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
}
