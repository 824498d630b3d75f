package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bootcast.acceptance.Command.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * After publishing nothing is collective: ranks load what they like, in any order, from any thread, and end when they like, also when the root stands still.
 * With {@code -Dbootcast.full=true} 50 times.
 */
class LoadsIT {
    private static final int NODES = 2;
    private static final int PER_NODE = 3;
    private static final int RANKS = NODES * PER_NODE;
    private static final int CLASSES = 500;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile("ready 0 (\\d+)");
    private static final Pattern TAG = Pattern.compile("\\[\\d+,\\d+]<stdout>:");
    /** Says when the rank's process has ended. */
    private static final String WATCH = "\"$@\" && echo \"ended $OMPI_COMM_WORLD_RANK\"";

    @RegisterExtension
    static final TestBed BED = new TestBed(NODES);

    private static final LoadsClassPath CLASS_PATH = new LoadsClassPath(CLASSES);
    private static Path shared;

    @BeforeAll
    static void makeClassPath() throws IOException {
        Path backing = BED.directory().resolve("backing");
        Jars.make(backing, 1, example.LoadsApp.class);
        Files.delete(backing.resolve("lib/part000.jar"));
        CLASS_PATH.make(backing);
        Files.copy(MannersJob.mpiJar(), backing.resolve("mpi.jar"));
        shared = BED.share("shared", backing);
    }

    static IntStream repetitions() {
        return IntStream.range(0, Boolean.getBoolean("bootcast.full") ? 50 : 3);
    }

    private static Path makeMarks(String name) throws IOException {
        return Files.createDirectories(BED.directory().resolve(name));
    }

    /** Every second job has MPI on its class path, so that MPI lives on in every rank. */
    private static Running start(int seed, Path marks, String rootsPart) {
        String mpi = seed % 2 == 0 ? "" : shared + "/mpi.jar:";
        List<String> words = new ArrayList<>(List.of("sh", "-c", WATCH, "watch", BED.bootcast(), "run"));
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        words.addAll(List.of("-cp", mpi + shared + "/lib/*:" + shared + "/classes", "example.LoadsApp"));
        words.addAll(List.of(Integer.toString(CLASSES), Integer.toString(seed), marks.toString(), rootsPart));
        return BED.job(NODES, PER_NODE, Map.of("JAVA_HOME", BED.javaHome()), words)
                .with("MPIRUN_OPTIONS", "--tag-output")
                .in(Path.of("/"))
                .within(DEADLINE)
                .start();
    }

    private static void awaitAll(Running job, String prefix, IntStream ranks) {
        ranks.forEach(rank -> job.awaitOutput(prefix + rank));
    }

    private static String loaded(int rank) {
        return "rank " + rank + " sum " + CLASS_PATH.sum() + " failures 0" + (rank == 3 ? " A 1" : "");
    }

    /** The lines that tell what was loaded, sorted. */
    private static List<String> results(Command.Result result) {
        return result.lines().stream()
                .map(line -> TAG.matcher(line).replaceAll(""))
                .filter(line -> line.startsWith("rank "))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void loadsWhenEachRankHasItsOwnOrderGiveTheRightClasses(int repetition) throws IOException {
        Path marks = makeMarks("orders" + repetition);
        Files.createFile(marks.resolve("go"));

        Command.Result result;
        try (Running job = start(repetition, marks, "root-loads")) {
            result = job.await().expect(0);
        }

        assertEquals(List.of(loaded(0), "rank 1 leaves", loaded(2), loaded(3), loaded(4), loaded(5)), results(result));
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void loadsWhenRootIsStoppedGoOnAtAllOthers(int repetition) throws IOException {
        Path marks = makeMarks("stop" + repetition);

        Command.Result result;
        try (Running job = start(repetition, marks, "root-waits")) {
            awaitAll(job, "ready ", IntStream.range(0, RANKS));
            String root = rootsPid(job.out());
            signal("STOP", root);
            try {
                Files.createFile(marks.resolve("go"));
                awaitAll(job, "ended ", IntStream.range(1, RANKS));
                assertEquals("T", stateOf(root));
            } finally {
                signal("CONT", root);
            }
            Files.createFile(marks.resolve("release"));
            result = job.await().expect(0);
        }

        assertEquals(
                List.of("rank 0 waited", "rank 1 leaves", loaded(2), loaded(3), loaded(4), loaded(5)), results(result));
    }

    /** As node 1 counts. */
    private static String rootsPid(String out) {
        Matcher ready = READY.matcher(out);
        if (!ready.find()) {
            throw new AssertionError("root did not tell its pid: " + out);
        }
        return ready.group(1);
    }

    private static void signal(String name, String pid) {
        BED.onNode(1, "kill", "-" + name, pid).run().expect(0);
    }

    /** One letter of {@code ps}: T is stopped. */
    private static String stateOf(String pid) {
        return BED.onNode(1, "ps", "-o", "s=", "-p", pid).run().expect(0).out().trim();
    }
}
