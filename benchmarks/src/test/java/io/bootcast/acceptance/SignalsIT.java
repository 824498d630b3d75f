package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.acceptance.Command.Result;
import io.bootcast.acceptance.MannersJob.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals to a rank and to {@code mpirun}: hooks run, exit codes, thread dumps and the program's own handlers are those of stock {@code java}. */
class SignalsIT {
    private static final int RANKS = 2;
    private static final String PROGRAM = "example.SignalsApp";
    private static final Pattern THREAD = Pattern.compile("^(\\d: )?\"([^\"]+)\" .*");

    @TempDir
    static Path common;

    @TempDir
    Path own;

    private MannersJob job;

    @BeforeAll
    static void makeClassPath() throws IOException {
        Jars.make(common, 1, example.SignalsApp.class);
    }

    @BeforeEach
    void makeJob() {
        job = MannersJob.of(RANKS, own).classPath(MannersJob.mpiJar(), common.resolve("classes"));
    }

    private MannersJob signalled(String to, String signal, String marks) throws IOException {
        Path directory = Files.createDirectory(own.resolve(marks));
        return job.program(PROGRAM, to, signal, Integer.toString(RANKS), directory.toString());
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129", "KILL, 137"})
    void signalToARankEndsTheJobAsStock(String signal, int exitCode) throws IOException {
        Outcome stock = signalled("rank", signal, "stock-marks").runStock();

        Outcome bootcast = signalled("rank", signal, "marks").runBootcast();

        assertEquals(stock.ofRank(1), bootcast.ofRank(1));
        assertEquals(exitCode, bootcast.exitCode());
        assertEquals(List.of(), bootcast.ofRank(0).err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP"})
    void signalToMpirunEndsAllRanksAsStock(String signal) throws IOException {
        Outcome stock = signalled("mpirun", signal, "stock-marks").runStock();

        Outcome bootcast = signalled("mpirun", signal, "marks").runBootcast();

        assertEquals(stock.out(), bootcast.out());
        assertEquals(stock.err(), bootcast.err());
        assertEquals(stock.exitCode(), bootcast.exitCode());
        assertEquals(List.of("0: hook", "1: hook"), bootcast.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP", "USR2", "SEGV"})
    void handlerOfTheApplicationWorksAsStock(String signal) {
        MannersJob handling = job.program(PROGRAM, "handle", signal);
        Outcome stock = handling.runStock();

        Outcome bootcast = handling.runBootcast();

        assertEquals(stock.out(), bootcast.out());
        assertEquals(stock.exitCode(), bootcast.exitCode());
    }

    /** Of a rank, whose MPI runs, and of a process alone. */
    @Test
    void threadDumpHasTheThreadsOfStock() {
        MannersJob dumping = job.program(PROGRAM, "dump");
        TreeSet<String> stock = threads(dumping.runStock().out());
        TreeSet<String> stockAlone =
                threads(dumping.here(dumping.stockWords()).run().lines());

        Outcome bootcast = dumping.runBootcast();
        Result alone = dumping.here(dumping.bootcastWords()).run();

        assertEquals(stock, threads(bootcast.out()));
        assertEquals(stockAlone, threads(alone.lines()));
        assertTrue(stock.contains("main"), stock::toString);
        assertEquals(0, bootcast.exitCode());
        assertEquals(0, alone.exitCode());
    }

    /** Without those that may or may not be there at that moment: the JVM's compilers, and what waits for the {@code kill} command. */
    private static TreeSet<String> threads(List<String> dump) {
        TreeSet<String> names = new TreeSet<>();
        for (String line : dump) {
            Matcher thread = THREAD.matcher(line);
            if (thread.matches() && !thread.group(2).matches("C\\d CompilerThread\\d+|process reaper.*")) {
                names.add(thread.group(2));
            }
        }
        return names;
    }
}
