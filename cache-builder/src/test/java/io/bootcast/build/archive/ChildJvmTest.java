package io.bootcast.build.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildJvmTest {
    private static final String SERVER = "trap 'echo ended; exit 7' TERM; while :; do sleep 0.02; done";

    @TempDir
    Path directory;

    @Test
    void runWhenTimeIsUpEndsTheProcessPolitely() throws IOException {
        Path log = directory.resolve("log");
        Files.writeString(log, "before\n");

        ChildJvm.Ended ended = ChildJvm.run(List.of("/bin/sh", "-c", SERVER), log, 1);

        assertEquals(new ChildJvm.Ended(7, "ended\n"), ended);
        assertEquals("before\nended\n", Files.readString(log));
    }

    @Test
    void askWhenNoAnswerComesSaysSo() {
        ChildJvm.Ended ended = ChildJvm.ask(List.of("/bin/sh", "-c", "echo begun; exec sleep 100"), 1);

        assertEquals(new ChildJvm.Ended(-1, "begun\n\nno answer within seconds=1"), ended);
    }
}
