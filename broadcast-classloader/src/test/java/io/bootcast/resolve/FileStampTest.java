package io.bootcast.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileStampTest {
    private static final FileTime OLD = FileTime.from(1_000_000_000_123_456_789L, TimeUnit.NANOSECONDS);

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void makeFile() throws IOException {
        file = Files.writeString(directory.resolve("file"), "12345");
        Files.setLastModifiedTime(file, OLD);
    }

    @Test
    void stampWhenNothingChangedIsEqual() throws IOException {
        FileStamp stamp = FileStamp.of(file);

        assertEquals(stamp, FileStamp.of(file));
        assertEquals(stamp.hashCode(), FileStamp.of(file).hashCode());
        assertEquals(5, stamp.sizeBytes());
        assertEquals(1_000_000_000_123_456_789L, stamp.mtimeNanos());
        assertTrue(stamp.exists());
        assertTrue(stamp.isRegular());
        assertFalse(stamp.isDirectory());
        assertTrue(stamp.text().matches("\\d+:\\d+:5:1000000000123456789:\\d+"), stamp.text());
    }

    @Test
    void stampWhenSizeDiffersDiffers() throws IOException {
        FileStamp before = FileStamp.of(file);

        Files.writeString(file, "123456");
        Files.setLastModifiedTime(file, OLD);

        assertNotEquals(before, FileStamp.of(file));
    }

    @Test
    void stampWhenFileIsReplacedByItsCopyDiffers() throws IOException {
        FileStamp before = FileStamp.of(file);
        Path copy = Files.copy(file, directory.resolve("copy"));
        Files.setLastModifiedTime(copy, OLD);

        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);

        assertNotEquals(before, FileStamp.of(file));
        assertEquals(before.mtimeNanos(), FileStamp.of(file).mtimeNanos());
    }

    /** The time of change, which no program can set, moves with the kernel's clock: written until it has moved. */
    @Test
    @Timeout(10)
    void stampWhenContentIsWrittenAndTheTimeSetBackDiffers() throws IOException {
        FileStamp before = FileStamp.of(file);
        Object changed = Files.getAttribute(file, "unix:ctime");

        do {
            Files.writeString(file, "54321");
            Files.setLastModifiedTime(file, OLD);
        } while (changed.equals(Files.getAttribute(file, "unix:ctime")));

        assertNotEquals(before, FileStamp.of(file));
    }

    @Test
    void stampWhenPathIsALinkIsItsTargetsOrItsOwn() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        assertEquals(FileStamp.of(file), FileStamp.of(link));
        assertNotEquals(FileStamp.of(file), FileStamp.ofLink(link));
        assertFalse(FileStamp.ofLink(link).isRegular());
    }

    @Test
    void stampWhenThereIsNoFileIsMissing() throws IOException {
        Files.createSymbolicLink(directory.resolve("dangling"), Path.of("nowhere"));
        Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));

        for (String name :
                new String[] {"absent", "absent/below", "file/below", "dangling", "loop", "loop/below", "x".repeat(300)
                }) {
            assertEquals(FileStamp.MISSING, FileStamp.of(directory.resolve(name)), name);
        }
        assertEquals(FileStamp.MISSING, FileStamp.of(new File("a\0b")));
        assertFalse(FileStamp.MISSING.exists());
        assertEquals("0:0:-1:0:0", FileStamp.MISSING.toString());
    }

    @Test
    void stampWhenPathIsADirectorySaysSo() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));

        FileStamp stamp = FileStamp.of(directory);

        assertTrue(stamp.isDirectory());
        assertFalse(stamp.isRegular());
        assertEquals(0750, stamp.permissions());
    }
}
