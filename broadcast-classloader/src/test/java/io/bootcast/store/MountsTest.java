package io.bootcast.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountsTest {
    private static final Mounts MOUNTS =
            new Mounts("22 27 0:21 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw\n"
                    + "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,noexec\n"
                    + "30 25 0:27 / /mnt rw,relatime - tmpfs tmpfs rw\n"
                    + "31 25 0:28 / /mnt/shm rw,nosuid,noexec shared:7 master:1 - tmpfs tmpfs rw\n"
                    + "32 31 0:29 / /mnt/shm/inner rw,relatime shared:8 - tmpfs tmpfs rw\n"
                    + "33 31 0:30 / /mnt/over rw,relatime - tmpfs tmpfs rw\n"
                    + "34 33 0:31 / /mnt/over rw,noexec - tmpfs tmpfs rw\n"
                    + "35 31 0:32 / /mnt/a\\040b\\134 noexec,rw - tmpfs tmpfs rw\n"
                    + "36 31 0:33 / /mnt/almost rw,noexecutive - tmpfs tmpfs rw\n"
                    + "broken line\n");

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({
        "/mnt, false",
        "/mnt/x, false",
        "/mnt/shm, true",
        "/mnt/shm/x/y, true",
        "/mnt/shmx, false",
        "/mnt/shm/inner/x, false",
        "/mnt/over/x, true",
        "'/mnt/a b\\/x', true",
        "/mnt/almost/x, false",
        "/nowhere, false"
    })
    void fileWhenItsMountForbidsExecutionIsSaidToBeSo(String path, boolean expected) {
        assertEquals(expected, MOUNTS.isNoexec(new File(path)));
    }

    @Test
    void fileWhenALinkLeadsToItIsJudgedByWhereItIs() throws Exception {
        Path real = Files.createDirectory(temporary.toRealPath().resolve("real"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), real);
        Mounts mounts = new Mounts("1 0 0:1 / / rw - x x rw\n2 1 0:2 / " + real + " rw,noexec - x x rw\n");

        assertEquals(true, mounts.isNoexec(link.resolve("file").toFile()));
        assertEquals(false, mounts.isNoexec(temporary.toFile()));
    }

    @Test
    void mountsWhenReadFromTheSystemKnowTheRoot() {
        assertEquals(false, Mounts.ofThisProcess().isNoexec(new File("/")));
        assertEquals(false, Mounts.NONE.isNoexec(new File("/mnt/shm")));
    }
}
