package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bootcast.acceptance.Command.Result;
import io.bootcast.acceptance.MannersJob.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads that outlive main, exceptions in them, exits from them, and shutdown hooks that still load classes: as under stock {@code java}, with and
 * without MPI's bindings on the class path. The store is gone afterwards.
 */
class EndsIT {
    private static final int RANKS = 2;
    private static final int JARS = 6;
    private static final int TIMEOUT = 70;
    private static final String PROGRAM = "example.EndsApp";

    @TempDir
    static Path common;

    @TempDir
    Path own;

    private static String elements;
    private MannersJob job;

    @BeforeAll
    static void makeClassPath() throws IOException {
        elements = Jars.make(common, JARS, example.EndsApp.class).classPath(common);
    }

    @BeforeEach
    void makeJob() {
        job = MannersJob.of(RANKS, own).classPath(MannersJob.mpiJar(), elements);
    }

    private MannersJob withOrWithoutMpi(String answer) {
        return answer.equals("with mpi.jar") ? job : job.classPath(elements);
    }

    private void assertStoreIsGone() {
        assertEquals(false, Files.exists(own.resolve("store")));
    }

    @ParameterizedTest
    @CsvSource({
        "with mpi.jar, uncaught",
        "with mpi.jar, goeson return",
        "with mpi.jar, daemon",
        "with mpi.jar, hooks return",
        "with mpi.jar, hooks exit0",
        "with mpi.jar, badhook",
        "without mpi.jar, uncaught",
        "without mpi.jar, goeson return",
        "without mpi.jar, daemon",
        "without mpi.jar, hooks return"
    })
    void endWithSuccessIsAsStock(String mpi, String what) {
        MannersJob ending = withOrWithoutMpi(mpi).program((PROGRAM + " " + what).split(" "));
        Outcome stock = ending.runStock();

        Outcome bootcast = ending.runBootcast();

        assertEquals(stock, bootcast);
        assertEquals(0, bootcast.exitCode());
        assertEquals("", bootcast.mpirun());
        assertStoreIsGone();
    }

    @ParameterizedTest
    @CsvSource({
        "with mpi.jar, handler, 1",
        "with mpi.jar, goeson throw, 1",
        "with mpi.jar, goesonexit, 3",
        "with mpi.jar, exit 3, 3",
        "with mpi.jar, halt 3, 3",
        "with mpi.jar, hooks throw, 1",
        "with mpi.jar, hooks exit3, 3",
        "with mpi.jar, haltinghook, 4",
        "without mpi.jar, goesonexit, 3",
        "without mpi.jar, hooks throw, 1"
    })
    void endWithFailureIsAsStock(String mpi, String what, int exitCode) {
        MannersJob ending = withOrWithoutMpi(mpi).program((PROGRAM + " " + what).split(" "));
        Outcome stock = ending.runStock();

        Outcome bootcast = ending.runBootcast();

        assertEquals(stock.ofRank(1), bootcast.ofRank(1));
        assertEquals(exitCode, bootcast.exitCode());
        assertEquals(List.of(), bootcast.ofRank(0).err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uncaught",
                "handler",
                "goeson throw",
                "goesonexit",
                "daemon",
                "exit 3",
                "hooks throw",
                "badhook",
                "haltinghook"
            })
    void endWithoutLauncherIsAsStock(String what) {
        MannersJob alone = job.program((PROGRAM + " " + what).split(" "));
        Result stock = alone.here(alone.stockWords()).run();

        Result bootcast = alone.here(alone.bootcastWords()).run();

        assertEquals(stock.out(), bootcast.out());
        assertEquals(stock.err(), bootcast.err());
        assertEquals(stock.exitCode(), bootcast.exitCode());
    }

    /** MPI itself takes it for a rank that has died: docs/class-loading.md, 8. */
    @ParameterizedTest
    @CsvSource({"with mpi.jar, 1", "without mpi.jar, 0"})
    void haltWithSuccessIsAFailureWhereTheApplicationMightUseMpi(String mpi, int exitCode) {
        MannersJob halting = withOrWithoutMpi(mpi).program(PROGRAM, "halt", "0");
        Outcome stock = halting.runStock();

        Outcome bootcast = halting.runBootcast();

        assertEquals(0, stock.exitCode());
        assertEquals(exitCode, bootcast.exitCode());
        assertEquals(List.of(), bootcast.err());
    }

    @Test
    void endByAnExceptionNeverWaitsInFinalize() {
        MannersJob failing = job.with("OMPI_MCA_async_mpi_finalize", "0").options("--timeout", "3");

        Outcome outcome = failing.program(PROGRAM, "handler").runBootcast();

        assertEquals(List.of(), outcome.err());
        assertEquals(1, outcome.exitCode());
    }

    /** With the variable MPI's own {@code Finalize} waits for the other rank, which takes its time. */
    @Test
    void endingThatHangsIsEndedByTheWatchdog() {
        MannersJob hanging = job.with("OMPI_MCA_async_mpi_finalize", "0").options("--timeout", "3");

        Outcome outcome = hanging.program(PROGRAM, "exit", "3").runBootcast();

        assertEquals(
                List.of("1: bootcast: rank 1: no progress step=ending MPI seconds=3;"
                        + " is a rank gone or the file system stuck? a longer wait: --timeout SECONDS"),
                outcome.ofRank(1).err());
        assertEquals(TIMEOUT, outcome.exitCode());
    }
}
