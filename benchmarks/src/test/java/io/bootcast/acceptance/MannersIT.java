package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.acceptance.Command.Result;
import io.bootcast.acceptance.Command.Running;
import io.bootcast.acceptance.MannersJob.Outcome;
import io.bootcast.acceptance.MannersJob.Outcome.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A program that does not use MPI ends and fails under {@code bootcast run} as under stock {@code java}; and what cannot be a rank does not become one. The oracle is stock {@code java} under the same {@code mpirun}.
 */
class MannersIT {
    private static final int RANKS = 2;
    private static final int RANKS_DIFFER = 69;
    private static final long EARLIER_MILLIS = 3000;
    private static final String PLAIN = "example.MannersApp";
    private static final String BEGUN = "begun as example.MannersApp";

    @TempDir
    static Path common;

    @TempDir
    Path own;

    private static Path classes;
    private MannersJob job;

    @BeforeAll
    static void makeClassPath() throws IOException {
        Jars.make(common, 1, example.MannersApp.class);
        classes = common.resolve("classes");
    }

    @BeforeEach
    void makeJob() {
        job = MannersJob.of(RANKS, own).classPath(MannersJob.mpiJar(), classes);
    }

    private MannersJob withOrWithoutMpi(String answer) {
        return answer.equals("with mpi.jar") ? job : job.classPath(classes);
    }

    // ---- the end ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"with mpi.jar, return", "with mpi.jar, exit0", "without mpi.jar, return", "without mpi.jar, exit0"})
    void endWhenMpiIsNeverUsedIsQuiet(String mpi, String way) {
        withOrWithoutMpi(mpi).program(PLAIN, "all", way).assertQuietAndAsStock();
    }

    @ParameterizedTest
    @CsvSource({
        "with mpi.jar, exit3, 3",
        "with mpi.jar, halt3, 3",
        "with mpi.jar, throw, 1",
        "without mpi.jar, exit3, 3",
        "without mpi.jar, throw, 1"
    })
    void failureOfOneRankEndsTheJobAsStock(String mpi, String way, int exitCode) throws IOException {
        Path stockMarks = Files.createDirectory(own.resolve("stock-marks"));
        Path marks = Files.createDirectory(own.resolve("marks"));
        Outcome stock = withOrWithoutMpi(mpi)
                .program(PLAIN, "one", way, Integer.toString(RANKS), stockMarks.toString())
                .runStock();

        Outcome bootcast = withOrWithoutMpi(mpi)
                .program(PLAIN, "one", way, Integer.toString(RANKS), marks.toString())
                .runBootcast();

        assertEquals(stock.ofRank(1), bootcast.ofRank(1));
        assertEquals(exitCode, bootcast.exitCode());
        assertEquals(List.of(), bootcast.ofRank(0).err());
    }

    @ParameterizedTest
    @CsvSource({"with mpi.jar, return", "with mpi.jar, exit0", "without mpi.jar, return"})
    void earlyEndOfOneRankWaitsForNobody(String mpi, String way) {
        Outcome outcome = withOrWithoutMpi(mpi)
                .watched()
                .program(PLAIN, "early", way, Long.toString(EARLIER_MILLIS))
                .runBootcast();

        List<End> ends = outcome.ends();
        assertEquals(List.of(0, 0), ends.stream().map(End::exitCode).toList(), outcome::toString);
        long earlierMillis = ends.get(0).millis() - ends.get(1).millis();
        assertTrue(earlierMillis > EARLIER_MILLIS / 2, () -> "earlierMillis=" + earlierMillis + " " + outcome);
        assertEquals("", outcome.mpirun());
        assertEquals(List.of(), outcome.err());
        assertEquals(0, outcome.exitCode());
    }

    @Test
    void exceptionOutOfMainIsPrintedAsByJava() {
        MannersJob failing = job.classPath(classes).program(PLAIN, "all", "throw");
        Result stock = failing.here(failing.stockWords()).run();

        Result bootcast = failing.here(failing.bootcastWords()).run();

        assertEquals(stock.err(), bootcast.err());
        assertEquals(stock.out(), bootcast.out());
        assertEquals(1, bootcast.exitCode());
    }

    // ---- who is a rank, and who is none -----------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"with mpi.jar", "without mpi.jar"})
    void transportMpiWithoutLauncherIsAWorldOfOne(String mpi) {
        MannersJob alone = withOrWithoutMpi(mpi).options("--transport", "mpi").program(PLAIN, "all", "return");

        Result result = alone.here(alone.bootcastWords()).run();

        assertEquals(BEGUN + "\n", result.out());
        assertEquals("", result.err());
        assertEquals(0, result.exitCode());
    }

    @Test
    void severalProgramsFallToNodeWithOneWarning() {
        List<String> arguments = new ArrayList<>(List.of("-n", "1"));
        arguments.addAll(job.program(PLAIN, "all", "return").bootcastWords());
        arguments.addAll(List.of(":", "-n", "2"));
        arguments.addAll(job.classPath(classes).program(PLAIN, "all", "exit0").bootcastWords());

        Outcome outcome = job.mpirun(arguments);

        Outcome expected = new Outcome(
                0,
                List.of("0: " + BEGUN, "1: " + BEGUN, "2: " + BEGUN),
                List.of("0: bootcast: transport node, one reader per node:"
                        + " the job runs several programs, which share no class path"),
                "");
        assertEquals(expected, outcome);
    }

    @Test
    void slurmWithoutPmixFallsToNodeWithOneWarning() {
        int tasks = 4;
        MannersJob alone = job.classPath(classes).program(PLAIN, "all", "return");
        List<Running> processes = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            processes.add(alone.with("SLURM_JOB_ID", "4711")
                    .with("SLURM_STEP_ID", "0")
                    .with("SLURM_PROCID", Integer.toString(task))
                    .with("SLURM_STEP_NUM_TASKS", Integer.toString(tasks))
                    .here(alone.bootcastWords())
                    .start());
        }

        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        for (Running process : processes) {
            try (process) {
                Result result = process.await().expect(0);
                out.append(result.out());
                err.append(result.err());
            }
        }

        assertEquals((BEGUN + "\n").repeat(tasks), out.toString());
        assertEquals(
                "bootcast: transport node, one reader per node: MPI sees a world of one where Slurm started 4 processes"
                        + " (srun --mpi=pmix?)\n",
                err.toString());
    }

    @Test
    void ranksWithDifferentClassPathsFailTogetherWithOneMessage() {
        int ranks = 4;
        MannersJob differing = MannersJob.of(ranks, own)
                .classPath("$classes")
                .program(PLAIN, "all", "return")
                .watched()
                .with("classes", classes.toString());
        String line =
                "[ $OMPI_COMM_WORLD_RANK != 2 ] || classes=/nowhere; " + String.join(" ", differing.bootcastWords());

        Outcome outcome = differing.run(List.of("sh", "-c", line));

        assertEquals(
                Collections.nCopies(ranks, RANKS_DIFFER),
                outcome.ends().stream().map(End::exitCode).toList(),
                outcome::toString);
        assertEquals(RANKS_DIFFER, outcome.exitCode());
        assertEquals(1, outcome.err().size(), outcome::toString);
        assertTrue(outcome.err().get(0).contains("ranks were started differently: rank=2 "), outcome::toString);
    }
}
