package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.acceptance.Command.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A directory that cannot be the store is not used, also if it exists already, and the user is told. */
class StorePlaceIT {
    private static final int STORE_FAULT = 65;

    @RegisterExtension
    static final TestBed BED = new TestBed(1);

    @TempDir
    Path own;

    private static Path backing;
    private static Path shared;

    @BeforeAll
    static void makeClassPath() throws IOException {
        backing = BED.directory().resolve("backing");
        Jars.make(backing, 1, example.EndingApp.class);
        shared = BED.share("shared", backing, "entry=60", "attr=60");
    }

    @BeforeEach
    void openOwn() throws IOException {
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String[] program(Path home, Path store, String... options) {
        List<String> words = new ArrayList<>(List.of("env", "JAVA_HOME=" + BED.javaHome(), BED.bootcast(), "run"));
        words.addAll(List.of("--store", store.toString()));
        words.addAll(List.of(options));
        words.addAll(List.of("-cp", home + "/classes", "example.EndingApp", "return"));
        return words.toArray(new String[0]);
    }

    @Test
    void existingDirectoryOnASharedFileSystemIsRefused() throws IOException {
        Files.createDirectory(
                backing.resolve("store"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        Result result = BED.onNode(1, program(shared, shared.resolve("store"), "--on-error", "abort"))
                .in(Path.of("/"))
                .run();

        String type = BED.onNode(1, "stat", "-f", "-c", "%T", shared.toString())
                .run()
                .out()
                .trim();
        assertTrue(type.startsWith("fuse"), type);
        assertTrue(
                result.err()
                        .startsWith("bootcast: no directory for the store: tried=" + shared
                                + "/store reason=is on a shared file system: type=fuse"),
                result::toString);
        assertEquals(STORE_FAULT, result.exitCode());
    }

    @Test
    void directoryThatIsRefusedIsNamedInReportAndVerboseOutput() throws IOException {
        Path report = own.resolve("report");

        Result result = Command.of(program(backing, own, "--verbose", "--report", report.toString()))
                .run();

        String note = "store: used=" + own + ".1 refused=" + own + " reason=is open to others: mode=755 expected=700";
        assertEquals(0, result.exitCode(), result::toString);
        assertTrue(result.err().contains("\nbootcast: " + note + "\n"), result::toString);
        assertTrue(Files.readString(report).contains("\"" + note + "\""), result::toString);
    }
}
