package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.acceptance.Command.Result;
import io.bootcast.acceptance.MannersJob.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard input belongs to the program: all of it arrives where {@code mpirun} sends it, and what the program does not read is left to the next one. */
class InputIT {
    private static final int RANKS = 3;
    private static final int LINES = 16_384;
    private static final String PROGRAM = "example.InputApp";

    @TempDir
    static Path common;

    @TempDir
    Path own;

    private static Path input;
    private MannersJob job;

    /** A file of 1 MiB: lines of 64 characters. */
    @BeforeAll
    static void makeFiles() throws IOException {
        Jars.make(common, 1, example.InputApp.class);
        input = common.resolve("input");
        Random random = new Random(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            lines.add(random.ints(63, '!', '~')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
        }
        Files.write(input, lines);
    }

    @BeforeEach
    void makeJob() {
        job = MannersJob.of(RANKS, own)
                .classPath(MannersJob.mpiJar(), common.resolve("classes"))
                .reading(input);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "mpi", "node", "solo"})
    void inputOfAJobArrivesAtRank0AsStock(String transport) {
        MannersJob reading = job.options("--transport", transport).program(PROGRAM, "all");
        Outcome stock = reading.runStock();

        Outcome bootcast = reading.runBootcast();

        assertEquals(stock, bootcast);
        assertEquals(0, bootcast.exitCode());
        assertTrue(bootcast.out().get(0).startsWith("0: bytes=1048576 "), bootcast::toString);
        assertTrue(bootcast.out().contains("1: bytes=0 crc=0"), bootcast::toString);
    }

    @Test
    void inputOfOneRankOfSeveralProgramsArrivesAsStock() {
        MannersJob all = job.program(PROGRAM, "all");
        MannersJob none = job.classPath(common.resolve("classes")).program(PROGRAM, "nothing");
        Outcome stock = all.mpirun(severalPrograms(all.stockWords(), none.stockWords()));

        Outcome bootcast = all.mpirun(severalPrograms(all.bootcastWords(), none.bootcastWords()));

        assertEquals(stock.out(), bootcast.out());
        assertEquals(0, bootcast.exitCode());
    }

    private static List<String> severalPrograms(List<String> first, List<String> second) {
        List<String> arguments = new ArrayList<>(List.of("-n", "1"));
        arguments.addAll(first);
        arguments.addAll(List.of(":", "-n", "1"));
        arguments.addAll(second);
        return arguments;
    }

    /** {@code System.in} reads ahead, as much as it does under stock {@code java}. */
    @ParameterizedTest
    @ValueSource(strings = {"nothing", "line", "all"})
    void inputThatTheProgramLeavesIsThereForTheNext(String what) {
        MannersJob reading = job.program(PROGRAM, what);
        Result stock = reading.here(thenCat(reading.stockWords())).run();

        Result bootcast = reading.here(thenCat(reading.bootcastWords())).run();

        assertEquals(stock.out(), bootcast.out());
        assertEquals(stock.err(), bootcast.err());
        assertTrue(what.equals("all") || bootcast.out().length() > (1 << 20) - (1 << 16), bootcast::toString);
    }

    private static List<String> thenCat(List<String> words) {
        List<String> all = new ArrayList<>(List.of("sh", "-c", "\"$@\"; exec cat", "sh"));
        all.addAll(words);
        return all;
    }
}
