package io.bootcast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorePlaceTest {
    private static final int NAMES = 10;
    private static final int FOREIGN_UID = 12345;

    @TempDir
    Path temporary;

    private int uid;

    @BeforeEach
    void findUid() throws IOException {
        uid = (Integer) Files.getAttribute(temporary, "unix:uid");
    }

    private Path find(String name) {
        return new StorePlace()
                .find(temporary.resolve(name).toString(), Map.of())
                .toPath();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static Path closedDirectory(Path path) throws IOException {
        Files.createDirectory(path);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void directoryWhenMissingIsMadeForItsOwnerOnly() throws IOException {
        Path found = find("a/b/store");

        assertEquals(temporary.resolve("a/b/store"), found);
        assertEquals("rwx------", mode(found));
    }

    @Test
    void directoryWhenItIsTheCallersAndClosedIsUsed() throws IOException {
        closedDirectory(temporary.resolve("store"));

        Path found = find("store");

        assertEquals(temporary.resolve("store"), found);
    }

    @Test
    void directoryWhenItsParentHandsDownItsGroupIsMadeAndUsed() throws IOException {
        Path parent = closedDirectory(temporary.resolve("group"));
        Files.setAttribute(parent, "unix:mode", 02770);

        Path found = find("group/store");
        Path again = find("group/store");

        assertEquals(temporary.resolve("group/store"), found);
        assertEquals(found, again);
    }

    @Test
    void nameWhenItIsALinkIsPassedOver() throws IOException {
        Path target = closedDirectory(temporary.resolve("target"));
        Files.createSymbolicLink(temporary.resolve("store"), target);

        Path found = find("store");

        assertEquals(temporary.resolve("store.1"), found);
        assertEquals("rwx------", mode(found));
    }

    @Test
    void nameWhenItIsAFileIsPassedOver() throws IOException {
        Files.createFile(temporary.resolve("store"));
        Files.createFile(temporary.resolve("store.1"));

        Path found = find("store");

        assertEquals(temporary.resolve("store.2"), found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwx--x---", "rwxrwxrwx", "r-x------"})
    void nameWhenItsModeIsNotTheOwnersOnlyIsPassedOver(String mode) throws IOException {
        Path open = closedDirectory(temporary.resolve("store"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(mode));

        Path found = find("store");

        assertEquals(temporary.resolve("store.1"), found);
        assertEquals(mode, mode(open));
    }

    @Test
    void refusedWhenANameWasPassedOverSaysWhichAndWhy() throws IOException {
        Path open = closedDirectory(temporary.resolve("store"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        StorePlace place = new StorePlace();

        place.find(open.toString(), Map.of());
        String first = place.refused();
        place.find(temporary.resolve("other").toString(), Map.of());

        assertEquals("refused=" + open + " reason=is open to others: mode=755 expected=700", first);
        assertEquals("", place.refused());
    }

    @Test
    void nameWhenItBelongsToAnotherUserIsPassedOver() throws IOException {
        assumeTrue(uid == 0, "skipped: only the superuser can give directories away");
        Path foreign = closedDirectory(temporary.resolve("store"));
        Files.setAttribute(foreign, "unix:uid", FOREIGN_UID);

        Path found = find("store");

        assertEquals(temporary.resolve("store.1"), found);
    }

    @Test
    void directoryWhenEveryNameIsTakenIsRefused() throws IOException {
        for (int i = 0; i < NAMES; i++) {
            Path taken = closedDirectory(temporary.resolve(i == 0 ? "store" : "store." + i));
            Files.setPosixFilePermissions(taken, PosixFilePermissions.fromString("rwxr-xr-x"));
        }

        BootcastException thrown = assertThrows(BootcastException.class, () -> find("store"));

        assertEquals(Fault.STORE, thrown.fault());
        assertEquals(
                "no directory for the store: tried=" + temporary
                        + "/store reason=is open to others: mode=755 expected=700; name another one with --store",
                thrown.getMessage());
    }

    @Test
    void directoryWhenItsParentIsAFileIsRefused() throws IOException {
        Files.createFile(temporary.resolve("file"));

        BootcastException thrown = assertThrows(BootcastException.class, () -> find("file/store"));

        assertEquals(
                "no directory for the store: tried=" + temporary + "/file/store reason=is not a directory: " + temporary
                        + "/file; name another one with --store",
                thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SLURM_TMPDIR", "PBS_TMPDIR", "FLUX_JOB_TMPDIR"})
    void placeWhenTheJobHasADirectoryIsThere(String variable) {
        Path found = new StorePlace()
                .find("", Map.of(variable, temporary.toString(), "TMPDIR", "/nowhere"))
                .toPath();

        assertEquals(temporary.resolve("bootcast-" + uid), found);
    }

    @Test
    void placeWhenAJobsDirectoryIsMissingIsTheNextOnes() {
        Map<String, String> environment = new HashMap<>();
        environment.put("SLURM_TMPDIR", temporary.resolve("missing").toString());
        environment.put("PBS_TMPDIR", temporary.toString());

        Path found = new StorePlace().find("", environment).toPath();

        assertEquals(temporary.resolve("bootcast-" + uid), found);
    }
}
