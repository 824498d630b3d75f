package io.bootcast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bootcast.transport.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One store, several processes: what no process may take away from another, and what nobody may leave. */
class StoreProcessesTest {
    private static final int RACERS = 4;
    private static final long SECONDS = 60;

    @TempDir
    Path temporary;

    private final Locks locks = new Locks();

    private Path directory() {
        return temporary.resolve("store");
    }

    private ChildJvm child() throws IOException {
        return ChildJvm.start(StoreChild.class, "obey", directory().toString());
    }

    private static String ask(ChildJvm child, String line) throws IOException {
        child.say(line);
        return child.hear();
    }

    private void comeAndGo() {
        StoreContent.open(directory(), locks).leave();
    }

    @AfterEach
    void nothingIsLeft() {
        assertArrayEquals(new String[0], temporary.toFile().list());
    }

    @Test
    void imageWhenAnotherProcessUsesItStaysUntilThatOneIsKilled() throws Exception {
        try (ChildJvm child = child()) {
            ask(child, "enter");
            String index = ask(child, "publish");
            ask(child, "open " + index);

            comeAndGo();
            Store store = StoreContent.open(directory(), locks);
            boolean used = store.isInUse(Store.imageId(index));
            int left = store.clean();
            child.kill();
            boolean stays = directory()
                    .resolve("images/" + Store.imageId(index))
                    .toFile()
                    .exists();
            comeAndGo();

            assertTrue(used);
            assertEquals(1, left);
            assertTrue(stays);
            assertFalse(directory().toFile().exists());
        }
    }

    @Test
    void imageWhenPublishedAndNotYetOpenedIsNotSweptByAnother() throws Exception {
        try (ChildJvm child = child()) {
            ask(child, "enter");
            String index = ask(child, "publish");

            comeAndGo();
            String bytes = ask(child, "open " + index);
            ask(child, "leave");

            assertEquals("70000", bytes);
            assertFalse(directory().toFile().exists());
        }
    }

    @Test
    void blobWhenItsDeliveryStillRunsIsNotSweptByAnother() throws Exception {
        try (ChildJvm child = child()) {
            ask(child, "enter");
            String digest = ask(child, "blob");

            comeAndGo();
            boolean stays = directory().resolve("blobs/" + digest).toFile().exists();
            ask(child, "leave");

            assertTrue(stays);
            assertFalse(directory().toFile().exists());
        }
    }

    @Test
    void blobWhenItsDeliveryWasKilledGoesWithTheNext() throws Exception {
        try (ChildJvm child = child()) {
            ask(child, "enter");
            ask(child, "blob");
            child.kill();

            comeAndGo();

            assertFalse(directory().toFile().exists());
        }
    }

    @ParameterizedTest
    @CsvSource({"race, 50", "knock, 300"})
    void storeWhenProcessesComeAndGoAtOnceServesAllAndIsGone(String how, String rounds) throws Exception {
        List<ChildJvm> children = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            children.add(ChildJvm.start(StoreChild.class, how, directory().toString(), rounds));
        }

        List<String> ends = new ArrayList<>();
        for (ChildJvm child : children) {
            ends.add(child.end().toString());
            child.close();
        }

        String expected = "exit 0\n--- out\nraced\n--- err\n";
        assertEquals(List.of(expected, expected, expected, expected), ends);
        assertFalse(directory().toFile().exists());
    }

    /** Runs the child in a mount namespace of its own, where {@code mounts} are made first. */
    private static ChildJvm.Ended inNamespace(String mounts, String... arguments) throws Exception {
        ChildJvm.Ended able = ChildJvm.run(List.of("unshare", "-m", "true"), Map.of(), SECONDS);
        assumeTrue(able.exitCode == 0, "skipped: unshare -m is not allowed here: " + able.err);
        List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", mounts + " && exec \"$@\"", "sh"));
        command.addAll(ChildJvm.command(StoreChild.class, arguments));
        command.add(command.indexOf("-cp"), "-XX:-UsePerfData");
        return ChildJvm.run(command, Map.of(), SECONDS);
    }

    @Test
    void blobWhenTheFileSystemIsFullIsAnIOExceptionAndLeavesNothing() throws Exception {
        String place = temporary.toString();

        ChildJvm.Ended ended = inNamespace("mount -t tmpfs -o size=1m none " + place, "full", place);

        assertEquals(
                "exit 0\n--- out\nNotWritten: cannot write a blob: No space left on device\nleft: []\nleft: []\n--- err\n",
                ended.toString());
    }

    @Test
    void placeWhenTheJobsDirectoryIsOnASharedFileSystemIsInSharedMemory() throws Exception {
        String place = temporary.toString();
        long uid = (Integer) Files.getAttribute(temporary, "unix:uid");

        ChildJvm.Ended ended =
                inNamespace("mount -t fusectl none " + place + " && mount -t tmpfs none /dev/shm", "place", "", place);

        assertEquals("exit 0\n--- out\n/dev/shm/bootcast-" + uid + "\n--- err\n", ended.toString());
    }

    /** No file system of a cluster is at hand; the kernel's fusectl needs no server and has a name that counts as shared. */
    @Test
    void placeWhenItWasAskedForOnASharedFileSystemIsRefused() throws Exception {
        String place = temporary.toString();

        ChildJvm.Ended ended = inNamespace("mount -t fusectl none " + place, "place", place + "/store", "");

        assertEquals(
                "exit 0\n--- out\nno directory for the store: tried=" + place
                        + "/store reason=is on a shared file system: type=fusectl; name another one with --store\n"
                        + "--- err\n",
                ended.toString());
    }
}
