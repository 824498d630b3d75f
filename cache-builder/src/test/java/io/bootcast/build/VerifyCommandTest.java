package io.bootcast.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.build.bundle.Compression;
import io.bootcast.build.bundle.TestImage;
import io.bootcast.build.bundle.TestImage.Made;
import io.bootcast.fault.BootcastException;
import io.bootcast.store.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {
    private static final int STALE = 72;

    @TempDir
    private Path directory;

    private final byte[] content = TestImage.content(5000, 1);
    private Path jar = Path.of("");
    private Made made = TestImage.small().make();

    @BeforeEach
    void makeJar() throws IOException {
        jar = Files.write(directory.resolve("a.jar"), content);
        made = new TestImage()
                .jar(jar.toString(), content)
                .file("launch/x", new byte[0])
                .make();
    }

    private Path bundle(String compression) throws IOException {
        return made.write(directory.resolve("app"), directory.resolve("blobs"), Compression.of(compression));
    }

    private static String verified(Path file, int expectedCode) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        VerifyCommand command = new VerifyCommand(new PrintStream(out, true, StandardCharsets.UTF_8));
        new CommandLine(command).parseArgs(file.toString());
        int code = command.call();
        assertEquals(expectedCode, code, out.toString(StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).replace(file.toString(), "BUNDLE");
    }

    private static String digest(byte[] bytes) {
        return Digest.hex(Digest.sha256().digest(bytes));
    }

    @Test
    void bundleWhenNothingHasChangedIsRight() throws IOException {
        Path file = bundle("zstd");

        String said = verified(file, 0);

        assertEquals("BUNDLE: 3 blobs and 1 source jars are right, 0 wrong, 0 not checked\n", said);
    }

    @Test
    void jarWhenChangedWithTheSameLengthAndTimeIsStale() throws IOException {
        Path file = bundle("zstd");
        FileTime time = Files.getLastModifiedTime(jar);
        byte[] other = TestImage.content(5000, 2);
        Files.setLastModifiedTime(Files.write(jar, other), time);

        String said = verified(file, STALE);

        assertEquals(
                "stale: file=" + jar + " found=5000 bytes " + digest(other) + " expected=5000 bytes " + digest(content)
                        + "; build the bundle again\n"
                        + "BUNDLE: 3 blobs and 0 source jars are right, 1 wrong, 0 not checked\n",
                said);
    }

    @Test
    void jarWhenThereIsNoneHereIsNotChecked() throws IOException {
        Path file = bundle("zstd");
        Files.delete(jar);

        String said = verified(file, 0);

        assertEquals(
                "not checked: file=" + jar + " reason=there is none here\n"
                        + "BUNDLE: 3 blobs and 0 source jars are right, 0 wrong, 1 not checked\n",
                said);
    }

    @Test
    void blobWhenItsBytesAreOthersIsDamaged() throws IOException {
        Path file = bundle("none");
        byte[] bytes = Files.readAllBytes(file);
        int at = indexOf(bytes, Arrays.copyOf(content, 100));
        bytes[at + 50] ^= 1;
        Files.write(file, bytes);
        byte[] damaged = content.clone();
        damaged[50] ^= 1;

        String said = verified(file, STALE);

        assertEquals(
                "damaged: blob=" + digest(content) + " found=" + digest(damaged) + " expected=" + digest(content)
                        + "; build it again\n"
                        + "BUNDLE: 2 blobs and 1 source jars are right, 1 wrong, 0 not checked\n",
                said);
    }

    @Test
    void manifestWhenItSaysWhatIsNotTrueIsDamaged() throws IOException {
        Path file = bundle("none");
        byte[] bytes = Files.readAllBytes(file);
        bytes[indexOf(bytes, "example.Main".getBytes(StandardCharsets.UTF_8))] = 'E';
        Files.write(file, bytes);

        String said = verified(file, STALE);

        assertTrue(said.startsWith("damaged: manifest: "), said);
    }

    @Test
    void bundleWhenCutIsRefused() throws IOException {
        Path file = bundle("zstd");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

        BootcastException thrown = assertThrows(BootcastException.class, () -> verified(file, 0));

        assertTrue(thrown.getMessage().startsWith("bundle: it is cut short: file=" + file), thrown.getMessage());
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }
}
