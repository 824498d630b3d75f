package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.bootcast.path.Settings;
import io.bootcast.resolve.TestElf;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the loader answers the JVM when it looks for a native library, and what it never answers: names of files that only travel along. */
class NativeLibrariesTest {
    @TempDir
    Path temporary;

    private Path app;
    private final Settings settings = new Settings();

    @BeforeEach
    void makeFiles() throws IOException {
        app = temporary.toRealPath().resolve("app");
        Files.createDirectories(app.resolve("classes/p"));
        Files.writeString(app.resolve("classes/p/common.txt"), "of the class path");
        settings.classPath = app + "/classes";
        TestElf.wide().write(app.resolve("native/liba.so"));
        TestElf.wide().write(app.resolve("native/sub/libdeep.so"));
        Files.createDirectories(app.resolve("native/p"));
        Files.writeString(app.resolve("native/p/common.txt"), "of the files");
        Files.writeString(app.resolve("native/p/Only.class"), "no class");
    }

    private TestImage image() throws IOException {
        return TestImage.ofSettings(temporary.resolve("store"), settings);
    }

    private String mirror(TestImage image, String name) {
        String classes = image.image().file(0).getPath();
        return classes.substring(0, classes.length() - "/classes".length()) + name;
    }

    @Test
    void libraryWhenItsDirectoryCameAlongIsInTheStore() throws IOException {
        settings.nativeDirectories = List.of(app + "/native");

        try (TestImage image = image()) {
            assertEquals(mirror(image, "/native/liba.so"), image.loader().findLibrary("a"));
            assertNull(image.loader().findLibrary("deep"));
            assertNull(image.loader().findLibrary("absent"));
            assertEquals(1, image.loader().counts().libraryHits());
            assertEquals(2, image.loader().counts().libraryMisses());
        }
    }

    @Test
    void libraryWhenItsDirectoryStayedAtHomeIsThere() throws IOException {
        settings.nativeDirectories = List.of(app + "/native");
        settings.live = List.of(app + "/native");

        try (TestImage image = image()) {
            assertEquals(app + "/native/liba.so", image.loader().findLibrary("a"));
        }
    }

    @Test
    void libraryWhenNobodyAskedForItsDirectoryIsLeftToTheJvm() throws IOException {
        try (TestImage image = image()) {
            assertNull(image.loader().findLibrary("a"));
        }
    }

    @Test
    void filesThatOnlyTravelAlongAreNoResources() throws Exception {
        settings.nativeDirectories = List.of(app + "/native");
        settings.withFiles = List.of(app.toString());

        try (TestImage image = image()) {
            for (String name :
                    new String[] {"liba.so", "p/Only.class", "native/liba.so", "sub/libdeep.so", "native", "sub/"}) {
                assertNull(image.loader().getResource(name), name);
                assertNull(image.loader().getResourceAsStream(name), name);
            }
            List<URL> common = Collections.list(image.loader().getResources("p/common.txt"));
            assertEquals(1, common.size());
            assertEquals(
                    app.toUri() + "classes/p/common.txt",
                    image.original(common.get(0)).replace("file:/", "file:///"));
            assertEquals(1, image.loader().getURLs().length);
            assertEquals(List.of(mirror(image, "/classes")), image.loader().classPath());
            assertEquals("of the files", Files.readString(new File(mirror(image, "/native/p/common.txt")).toPath()));
        }
    }
}
