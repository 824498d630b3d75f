package io.bootcast.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What it costs to find out that a directory is too large, with the product's limits: calls on names below it, counted by {@code strace}. Reading the
 * entries of a directory is no call on a name; the kernel hands over about 800 of them at once.
 */
class DirectoryTreeCostTest {
    private static final int TIMEOUT_SECONDS = 60;
    private static final long TERABYTE = 1L << 40;

    /** Looks at the directory itself: that it is one, that it is opened, that it is what was opened. */
    private static final int CALLS_ON_ITSELF = 3;

    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createDirectory(temporary.toRealPath().resolve("home"));
    }

    private static void fill(Path parent, int count) throws IOException {
        Files.createDirectories(parent);
        for (int i = 0; i < count; i++) {
            new File(parent.toFile(), "file-" + i).createNewFile();
        }
    }

    /** What the walk said, then the calls that it made on {@code directory} or below. */
    private record Walk(String said, List<String> calls) {}

    private Walk walk() throws Exception {
        Path trace = temporary.resolve("trace");
        Path output = temporary.resolve("output");
        String classPath = home(DirectoryTree.class) + File.pathSeparator + home(DirectoryTreeProbe.class);
        Process process = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-o",
                        trace.toString(),
                        "-e",
                        "trace=%file",
                        System.getProperty("java.home") + "/bin/java",
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        DirectoryTreeProbe.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("the walk did not end");
        }
        assertEquals(0, process.exitValue(), () -> read(output));
        try (var lines = Files.lines(trace)) {
            return new Walk(
                    read(output).trim(),
                    lines.filter(line -> line.contains('"' + directory.toString()) && !line.contains("execve("))
                            .toList());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path home(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    @Test
    void walkWhenADirectoryHasManyNamesLooksAtNone() throws Exception {
        fill(directory, 41_000);

        Walk walk = walk();

        assertEquals("0 has more than 20000 files", walk.said);
        assertTrue(walk.calls.size() <= CALLS_ON_ITSELF, walk.calls::toString);
    }

    /** 300 directories of 1,000 names: those of the first 40 are listed, and none of the 300,000 is looked at. */
    @Test
    void walkWhenManyNamesAreNestedLooksAtNone() throws Exception {
        int directories = 300;
        fill(directory.resolve("d0"), 1000);
        for (int i = 1; i < directories; i++) {
            Files.createSymbolicLink(directory.resolve("d" + i), Path.of("d0"));
        }

        Walk walk = walk();

        assertEquals("0 has more than 20000 files", walk.said);
        int listed = 2 * Limits.DIRECTORY_FILES / 1000;
        assertTrue(walk.calls.size() <= CALLS_ON_ITSELF + directories + 2 * (listed + 1), walk.calls::toString);
    }

    @Test
    void walkWhenATerabyteIsThereLooksAtOneFile() throws Exception {
        for (int i = 0; i < 1000; i++) {
            try (RandomAccessFile file =
                    new RandomAccessFile(directory.resolve("data-" + i).toFile(), "rw")) {
                file.setLength(TERABYTE / 1000);
            }
        }

        Walk walk = walk();

        assertEquals("0 has more than " + (512 << 20) + " bytes", walk.said);
        assertTrue(walk.calls.size() <= CALLS_ON_ITSELF + 1, walk.calls::toString);
    }

    /** Names of the levels above the one that is too large are looked at, once each. */
    @Test
    void walkWhenALowerLevelHasManyNamesLooksAtThoseAbove() throws Exception {
        int above = 2000;
        int links = 50;
        fill(directory.resolve("many"), above);
        fill(directory.resolve("a/b"), 1000);
        for (int i = 0; i < links; i++) {
            Files.createSymbolicLink(directory.resolve("a/link" + i), Path.of("b"));
        }

        Walk walk = walk();

        assertEquals("0 has more than 20000 files", walk.said);
        int opened = 2 * (3 + links);
        assertTrue(
                walk.calls.size() <= CALLS_ON_ITSELF + 3 + above + links + opened, () -> walk.calls.size() + " calls");
        assertTrue(walk.calls.size() > above, () -> walk.calls.size() + " calls");
    }
}
