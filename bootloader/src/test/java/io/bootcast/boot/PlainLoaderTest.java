package io.bootcast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rank without an image finds the native libraries that a rank with one finds, at home. */
class PlainLoaderTest {
    @TempDir
    Path temporary;

    @BeforeEach
    void makeFiles() throws IOException {
        for (String name :
                new String[] {"li b/a.jar", "li b/libboth.so", "li b/libjar.so", "n/libboth.so", "n/libzip.so"}) {
            Path file = temporary.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }

    @Test
    void libraryWhenTheJvmDoesNotFindItIsFoundInNativeThenBesideTheJars() throws IOException {
        try (PlainLoader loader = new PlainLoader(temporary + "/li b/*", List.of(temporary + "/n"))) {
            assertEquals(temporary + "/n/libboth.so", loader.findLibrary("both"));
            assertEquals(temporary + "/li b/libjar.so", loader.findLibrary("jar"));
            assertNull(loader.findLibrary("absent"));
        }
    }

    @Test
    void libraryWhenTheJdkHasOneOfItsNameIsLeftToTheJvm() throws IOException {
        try (PlainLoader loader = new PlainLoader("", List.of(temporary + "/n"))) {
            assertNull(loader.findLibrary("zip"));
        }
    }
}
