package io.bootcast.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private static final long SECONDS = 30;

    private static ChildJvm.Ended run(String mode) throws Exception {
        return ChildJvm.run(ChildJvm.command(WatchdogMain.class, mode), Map.of(), SECONDS);
    }

    @Test
    void processWhenNothingMovesEndsWithItsCodeAndOneLine() throws Exception {
        ChildJvm.Ended ended = run("stuck");

        assertEquals(70, ended.exitCode, ended.toString());
        assertEquals("", ended.out);
        assertEquals(
                "bootcast: rank 3: no progress step=delivery seconds=1; is a rank gone or the file system stuck? a"
                        + " longer wait: --timeout SECONDS\n",
                ended.err);
    }

    @Test
    void processWhenSomethingMovesLives() throws Exception {
        ChildJvm.Ended ended = run("moving");

        assertEquals("exit 0\n--- out\nlives, delivery\n--- err\n", ended.toString());
    }

    @Test
    void processWhenTheWatchdogIsClosedLives() throws Exception {
        ChildJvm.Ended ended = run("closed");

        assertEquals("exit 0\n--- out\nlives, delivery\n--- err\n", ended.toString());
    }
}
