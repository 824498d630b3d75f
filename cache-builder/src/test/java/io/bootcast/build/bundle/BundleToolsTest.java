package io.bootcast.build.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bootcast.build.bundle.TestImage.Made;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The system's own tools read what the writer writes. */
class BundleToolsTest {
    @TempDir
    private Path directory;

    private static boolean isThere(String tool) {
        for (String place : System.getenv("PATH").split(File.pathSeparator)) {
            if (new File(place, tool).canExecute()) {
                return true;
            }
        }
        return false;
    }

    /** What a command writes; it must succeed. */
    private byte[] output(String... command) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
        int code = process.waitFor();
        assertEquals(0, code, List.of(command) + ": " + Files.readString(directory.resolve("err")));
        return Files.readAllBytes(out);
    }

    @ParameterizedTest
    @CsvSource({"zstd, zstd", "zstd, pzstd", "gzip, gzip", "lz4, lz4", "none, cat"})
    void bundleWhenUnpackedByTheSystemsToolsHasEqualContent(String compression, String tool) throws Exception {
        assumeTrue(isThere("tar") && isThere(tool), "no " + tool + " here: scripts/setup installs it");
        Made made = new TestImage()
                .jar("/app/a.jar", TestImage.content(9 << 20, 7))
                .file("launch/empty", new byte[0])
                .make();
        Path bundle = made.write(directory.resolve("app"), directory.resolve("blobs"), Compression.of(compression));

        byte[] tar = tool.equals("cat") ? Files.readAllBytes(bundle) : output(tool, "-d", "-c", bundle.toString());
        Path plain = Files.write(directory.resolve("app.tar"), tar);
        Path unpacked = Files.createDirectory(directory.resolve("unpacked"));
        String listing = new String(
                output("tar", "--utc", "--full-time", "--numeric-owner", "-tvf", plain.toString()),
                StandardCharsets.UTF_8);
        output("tar", "-xf", plain.toString(), "-C", unpacked.toString());

        List<String> expected = new ArrayList<>();
        expected.add("bootcast.json " + made.manifest().toBytes().length);
        expected.add("launch " + made.list().toBytes().length);
        expected.add("blobs/" + made.list().indexDigest() + " " + made.index().length);
        made.blobs().forEach((digest, content) -> {
            if (!digest.equals(made.list().indexDigest())) {
                expected.add("blobs/" + digest + " " + content.length);
            }
        });
        assertEquals(
                expected, listing.lines().map(BundleToolsTest::nameAndBytes).toList());
        assertArrayEquals(made.list().toBytes(), Files.readAllBytes(unpacked.resolve("launch")));
        for (Map.Entry<String, byte[]> blob : made.blobs().entrySet()) {
            assertArrayEquals(blob.getValue(), Files.readAllBytes(unpacked.resolve("blobs/" + blob.getKey())));
        }
    }

    /** Of {@code -r--r--r-- 0/0 17 1980-01-01 00:00:00 launch}. */
    private static String nameAndBytes(String line) {
        String[] fields = line.split(" +");
        assertEquals(
                "-r--r--r-- 0/0 1980-01-01 00:00:00", String.join(" ", fields[0], fields[1], fields[3], fields[4]));
        return fields[5] + " " + fields[2];
    }

    @ParameterizedTest
    @CsvSource({"zstd, zstd, -t", "gzip, gzip, -t", "lz4, lz4, -t"})
    void toolWhenItTestsABundleIsContent(String compression, String tool, String option) throws Exception {
        assumeTrue(isThere(tool), "no " + tool + " here: scripts/setup installs it");
        Path bundle = new TestImage()
                .jar("/app/a.jar", TestImage.content(9 << 20, 7))
                .make()
                .write(directory.resolve("app"), directory.resolve("blobs"), Compression.of(compression));
        Path named = Files.move(
                bundle,
                directory.resolve("app."
                        + switch (tool) {
                            case "gzip" -> "gz";
                            case "zstd" -> "zst";
                            default -> tool;
                        }));

        output(tool, option, named.toString());
    }
}
