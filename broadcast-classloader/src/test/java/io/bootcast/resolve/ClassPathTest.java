package io.bootcast.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Oracle: {@code java.class.path} as a real launcher sets it. */
class ClassPathTest {
    @TempDir
    Path directory;

    private Path work;

    @BeforeEach
    void makeFiles() throws IOException {
        work = directory.resolve("work");
        for (String name : new String[] {
            "lib/b.jar",
            "lib/a.jar",
            "lib/C.JAR",
            "lib/d.Jar",
            "lib/e.jarx",
            "lib/x:y.jar",
            "lib/.jar",
            "lib/z.jar/file",
            "lib/sub/deep.jar",
            "empty/readme",
            "here.jar",
            "classes/a.txt",
            "star/*",
            "star/s.jar",
            "sp ace/s.jar"
        }) {
            Path file = work.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }

    private List<String> lines(List<String> lines, String who) {
        return lines.stream()
                .filter(line -> line.startsWith(who + " "))
                .map(line -> line.substring(who.length() + 1))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lib/a.jar:lib/b.jar",
                "lib/*",
                "*",
                "./*",
                "lib/*:here.jar:lib/*",
                "lib//*",
                "./lib/*",
                "lib/../lib/*",
                "/*",
                "lib/sub/*",
                "missing/*",
                "missing.jar",
                "empty/*",
                "lib/*.jar",
                "lib*",
                "lib/**",
                "*:*",
                "sp ace/*",
                "star/*",
                ":",
                "::",
                ":lib/a.jar",
                "lib/a.jar:",
                "lib/a.jar::lib/b.jar",
                ":*",
                "*:",
                ".",
                "classes",
                "classes/",
                "lib/z.jar/*"
            })
    void elementsWhenClassPathIsGivenAreTheLaunchers(String classPath) throws Exception {
        List<String> lines =
                StockJava.run(work, directory.resolve("output"), classPath, ClassPathProbe.class, classPath);

        List<String> expected = lines(lines, "launcher");

        assertEquals(expected, lines(lines, "bootcast"));
    }

    @Test
    void elementsWhenWildcardIsAbsoluteAreTheLaunchers() throws Exception {
        String classPath = work + "/lib/*:" + work + "/missing/*";
        List<String> lines =
                StockJava.run(work, directory.resolve("output"), classPath, ClassPathProbe.class, classPath);

        List<String> expected = lines(lines, "launcher");

        assertEquals(expected, lines(lines, "bootcast"));
        assertEquals(List.of(work + "/lib/", work + "/missing/"), lines(lines, "listed"));
    }

    @Test
    void listedWhenWildcardsAreExpandedAreTheirDirectories() throws Exception {
        String classPath = "lib/*:here.jar:*:empty/*:missing/*:classes";
        List<String> lines =
                StockJava.run(work, directory.resolve("output"), classPath, ClassPathProbe.class, classPath);

        List<String> listed = lines(lines, "listed");

        assertEquals(List.of("lib/", ".", "empty/", "missing/"), listed);
    }

    @Test
    void elementsWhenClassPathIsEmptyIsTheWorkingDirectory() throws IOException {
        List<String> elements = ClassPath.elements("", new Sightings());

        assertEquals(List.of("."), elements);
    }
}
