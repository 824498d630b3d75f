package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.acceptance.Command.Result;
import io.bootcast.acceptance.Command.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However a job without {@code --keep} ends, every node's store, {@code /dev/shm} and {@code /tmp} hold what they held before. */
class NothingLeftIT {
    private static final int NODES = 2;
    private static final int PER_NODE = 2;
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int SIGKILL_EXIT = 128 + 9;

    @RegisterExtension
    static final TestBed BED = new TestBed(NODES);

    private static String classPath;

    private List<String> before;

    @BeforeAll
    static void makeClassPath() throws IOException {
        Path backing = BED.directory().resolve("backing");
        classPath = Jars.make(backing, 3, example.EndingApp.class).classPath(backing);
    }

    /** What another test has left is not this one's fault, and would hide what this one leaves. */
    @BeforeEach
    void tidyAndLook() {
        for (int node = 1; node <= NODES; node++) {
            BED.onNode(node, "sh", "-c", "rm -rf /dev/shm/bootcast-* /tmp/named*")
                    .run()
                    .expect(0);
        }
        before = files();
    }

    /** JVMs put a file each into /tmp/hsperfdata_USER, which a killed one leaves there: that is switched off. */
    private static Command job(String ending, String... options) {
        List<String> words = new ArrayList<>(List.of(BED.bootcast(), "run"));
        words.addAll(List.of(options));
        words.addAll(List.of("-XX:-UsePerfData", "-cp", classPath, "example.EndingApp", ending));
        return BED.job(NODES, PER_NODE, Map.of("JAVA_HOME", BED.javaHome()), words)
                .in(Path.of("/"))
                .within(DEADLINE);
    }

    /** All files and directories, node by node. */
    private static List<String> files() {
        List<String> all = new ArrayList<>();
        for (int node = 1; node <= NODES; node++) {
            String prefix = "node" + node + " ";
            BED.onNode(node, "find", "/dev/shm", "/tmp", "-xdev").run().expect(0).lines().stream()
                    .sorted()
                    .forEach(line -> all.add(prefix + line));
        }
        return all;
    }

    /** mpirun does not wait for ranks that it has killed. */
    private static void awaitEndOfRanks() {
        for (int node = 1; node <= NODES; node++) {
            BED.onNode(node, "sh", "-c", "while pgrep -x java >/dev/null; do sleep 0.05; done")
                    .within(Duration.ofSeconds(10))
                    .run();
        }
    }

    @ParameterizedTest
    @CsvSource({"return, 0", "exit, 3", "throw, 1"})
    void nodesWhenJobHasEndedAreAsBefore(String ending, int exitCode) {
        job(ending).run().expect(exitCode);

        awaitEndOfRanks();
        assertEquals(before, files());
    }

    @Test
    void nodesWhenStoreWasNamedAreAsBefore() {
        job("return", "--store", "/tmp/named").run().expect(0);

        assertEquals(before, files());
    }

    @Test
    void nodesWhenMpirunWasTerminatedAreAsBefore() {
        try (Running running = job("wait").start()) {
            for (int rank = 0; rank < NODES * PER_NODE; rank++) {
                running.awaitOutput("ready " + rank);
            }
            List<String> during = files();
            assertNotEquals(before, during);
            for (int node = 1; node <= NODES; node++) {
                String image = "node" + node + " /dev/shm/bootcast-0/images/";
                assertTrue(during.stream().anyMatch(file -> file.startsWith(image)), () -> image + " in " + during);
            }

            Command.of("kill", "-TERM", Long.toString(running.pid())).run().expect(0);

            assertNotEquals(0, running.await().exitCode());
        }
        awaitEndOfRanks();
        assertEquals(before, files());
    }

    @Test
    void nodesWhenARankWasKilledAreAsBefore() {
        Result result = job("kill").run();

        assertEquals(SIGKILL_EXIT, result.exitCode(), result::toString);
        awaitEndOfRanks();
        assertEquals(before, files());
    }
}
