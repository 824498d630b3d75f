package io.bootcast.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTreeTest {
    private static final int NO_FILE_LIMIT = 1_000_000;

    @TempDir
    Path directory;

    private void file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private DirectoryTree walk(int fileLimit, long byteLimit) throws IOException {
        return DirectoryTree.walk(directory.toFile(), fileLimit, byteLimit);
    }

    @Test
    void walkWhenThereAreFilesNamesThemSorted() throws IOException {
        for (String name : new String[] {"b/c.txt", "a.txt", "b.txt", "b/a/deep.txt", ".hidden", "ä ö.txt"}) {
            file(name, name);
        }
        Files.createDirectory(directory.resolve("empty"));

        DirectoryTree tree = walk(NO_FILE_LIMIT, Long.MAX_VALUE);

        assertEquals(
                List.of("", ".hidden", "a.txt", "b/", "b/a/", "b/a/deep.txt", "b/c.txt", "b.txt", "empty/", "ä ö.txt"),
                tree.names());
        assertEquals("", tree.tooLarge());
        assertEquals(7 + 5 + 12 + 7 + 5 + 9, tree.bytes());
        for (int i = 0; i < tree.names().size(); i++) {
            assertEquals(FileStamp.of(directory.resolve(tree.names().get(i))), tree.stamp(i));
        }
    }

    @Test
    void walkWhenFilesAreExactlyTheLimitTakesThem() throws IOException {
        for (int i = 0; i < 10; i++) {
            file("f" + i, "12345");
        }

        DirectoryTree tree = walk(10, 50);

        assertEquals("", tree.tooLarge());
        assertEquals(11, tree.names().size());
    }

    @Test
    void walkWhenThereAreTooManyFilesStops() throws IOException {
        for (int i = 0; i < 100; i++) {
            file("d" + i % 5 + "/f" + i, "");
        }

        DirectoryTree tree = walk(10, Long.MAX_VALUE);

        assertEquals("has more than 10 files", tree.tooLarge());
        assertEquals(List.of(), tree.names());
    }

    @Test
    void walkWhenThereAreTooManyDirectoriesStops() throws IOException {
        for (int i = 0; i < 100; i++) {
            Files.createDirectories(directory.resolve("d" + i));
        }

        DirectoryTree tree = walk(10, Long.MAX_VALUE);

        assertEquals("has more than 10 files", tree.tooLarge());
        assertEquals(List.of(), tree.names());
    }

    @Test
    void walkWhenThereAreTooManyBytesStops() throws IOException {
        for (int i = 0; i < 9; i++) {
            file("f" + i, "1234567890");
        }

        DirectoryTree tree = walk(NO_FILE_LIMIT, 35);

        assertEquals("has more than 35 bytes", tree.tooLarge());
        assertEquals(40, tree.bytes());
    }

    @Test
    void walkWhenThereAreTooManyLevelsStops() throws IOException {
        file("d/".repeat(100) + "deep.txt", "");

        String hundred = walk(NO_FILE_LIMIT, Long.MAX_VALUE).tooLarge();
        file("d/".repeat(101) + "deeper.txt", "");
        String more = walk(NO_FILE_LIMIT, Long.MAX_VALUE).tooLarge();

        assertEquals("", hundred);
        assertEquals("has more than 100 levels", more);
    }

    @Test
    void fingerprintWhenADirectoryOutgrowsTheLimitDiffers() throws IOException {
        String before = walk(10, Long.MAX_VALUE).fingerprint();
        for (int i = 0; i < 100; i++) {
            file("f" + i, "");
        }

        assertNotEquals(before, walk(10, Long.MAX_VALUE).fingerprint());
    }

    @Test
    void walkWhenThereAreLinksFollowsThem() throws IOException {
        file("real/a.txt", "a");
        Files.createSymbolicLink(directory.resolve("linked"), Path.of("real"));
        Files.createSymbolicLink(directory.resolve("b.txt"), Path.of("real/a.txt"));
        Files.createSymbolicLink(directory.resolve("dangling"), Path.of("nowhere"));

        DirectoryTree tree = walk(NO_FILE_LIMIT, Long.MAX_VALUE);

        assertEquals(List.of("", "b.txt", "linked/", "linked/a.txt", "real/", "real/a.txt"), tree.names());
    }

    @Test
    @Timeout(20)
    void walkWhenALinkLeadsBackEnds() throws IOException {
        file("a/b.txt", "b");
        Files.createSymbolicLink(directory.resolve("a/loop"), Path.of("../a"));
        Files.createSymbolicLink(directory.resolve("self"), Path.of("self"));

        DirectoryTree tree = walk(NO_FILE_LIMIT, Long.MAX_VALUE);

        assertEquals("", tree.tooLarge());
        assertTrue(tree.names().containsAll(List.of("a/b.txt", "a/loop/b.txt", "a/loop/loop/b.txt")));
        assertTrue(tree.names().size() < 500, tree.names()::toString);
    }

    @Test
    @Timeout(20)
    void walkWhenLinksLeadBackTwiceStops() throws IOException {
        file("a/b.txt", "b");
        Files.createSymbolicLink(directory.resolve("a/one"), Path.of("."));
        Files.createSymbolicLink(directory.resolve("a/two"), Path.of("."));

        DirectoryTree tree = walk(1000, Long.MAX_VALUE);

        assertEquals("has more than 1000 files", tree.tooLarge());
    }

    @Test
    @Timeout(20)
    void walkWhenThereIsAPipePassesItOver() throws Exception {
        file("a.txt", "a");
        Process mkfifo = new ProcessBuilder("mkfifo", directory.resolve("pipe").toString()).start();
        assertEquals(0, mkfifo.waitFor());

        DirectoryTree tree = walk(NO_FILE_LIMIT, Long.MAX_VALUE);

        assertEquals(List.of("", "a.txt"), tree.names());
    }

    @Test
    void fingerprintWhenAnythingDiffersDiffers() throws IOException {
        file("a.txt", "a");
        String before = walk(NO_FILE_LIMIT, Long.MAX_VALUE).fingerprint();

        assertEquals(before, walk(NO_FILE_LIMIT, Long.MAX_VALUE).fingerprint());

        file("b.txt", "b");
        assertNotEquals(before, walk(NO_FILE_LIMIT, Long.MAX_VALUE).fingerprint());
    }
}
