package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bootcast.acceptance.MannersJob.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that others wrote, as they are: under {@code bootcast run} each of 4 ranks prints and writes what it does under stock {@code java}. Nothing is
 * left out or rewritten before the comparison.
 */
class RealProgramsIT {
    private static final int RANKS = 4;
    /** Runs "$@ -d $0/RANK". */
    private static final String OWN_OUTPUT = "exec \"$@\" -d \"$0/$OMPI_COMM_WORLD_RANK\"";

    private static final RealProgramsFetcher FETCHER = new RealProgramsFetcher(new TestBed(1).checkout());

    @TempDir
    Path own;

    private MannersJob job;

    @BeforeEach
    void makeJob() {
        job = MannersJob.of(RANKS, own.resolve("home"));
    }

    /** Stock and Bootcast print the same; returns what that is. */
    private static Outcome assertQuietAndAsStock(MannersJob same) {
        Outcome stock = same.runStock();

        Outcome bootcast = same.runBootcast();

        assertEquals(stock, bootcast);
        assertEquals(0, bootcast.exitCode(), bootcast::toString);
        return bootcast;
    }

    @Test
    void hibernateWithDatabaseInMemoryReadsItsRowsAsStock() throws IOException {
        Path application = FETCHER.hibernate();

        Outcome outcome = assertQuietAndAsStock(job.classPath(application + "/lib/*", application + "/classes")
                .program("example.Library", "without-time"));

        List<String> expected = IntStream.range(0, RANKS)
                .mapToObj(rank -> rank + ": rows 24 years 45948 last [Book 7.2 1919 paper] rank " + rank)
                .toList();
        assertEquals(new Outcome(0, expected, List.of(), ""), outcome);
    }

    @Test
    void scalaCompilerWritesTheSameFilesAsStock() throws IOException {
        MannersJob compiling = job.classPath(FETCHER.scala() + "/lib/*")
                .program(
                        "dotty.tools.dotc.Main",
                        "-usejavacp",
                        "-color:never",
                        FETCHER.scalaSource().toString());
        Outcome stock = compiling.run(intoOwnDirectories(own.resolve("stock"), compiling.stockWords()));

        Outcome bootcast = compiling.run(intoOwnDirectories(own.resolve("bootcast"), compiling.bootcastWords()));

        assertEquals(stock, bootcast);
        assertEquals(0, bootcast.exitCode(), bootcast::toString);
        Map<String, Long> written = files(own.resolve("bootcast"));
        assertEquals(files(own.resolve("stock")), written);
        assertEquals(
                RANKS,
                written.keySet().stream()
                        .filter(name -> name.endsWith("/Shape$Box.class"))
                        .count());
    }

    private static List<String> intoOwnDirectories(Path parent, List<String> words) throws IOException {
        for (int rank = 0; rank < RANKS; rank++) {
            Files.createDirectories(parent.resolve(Integer.toString(rank)));
        }
        List<String> all = new ArrayList<>(List.of("sh", "-c", OWN_OUTPUT, parent.toString()));
        all.addAll(words);
        return all;
    }

    /** Names and checksums of all files below {@code directory}. */
    private static Map<String, Long> files(Path directory) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                CRC32 sum = new CRC32();
                sum.update(Files.readAllBytes(file));
                files.put(directory.relativize(file).toString(), sum.getValue());
            }
        }
        return files;
    }

    @Test
    void ringAndSumOverMpiGiveTheSameAsStock() throws IOException {
        Jars.make(own, 1, example.RealProgramsRing.class);

        Outcome outcome = assertQuietAndAsStock(job.classPath(MannersJob.mpiJar(), own.resolve("classes"))
                .program("example.RealProgramsRing", "one", "two"));

        assertEquals(5 * RANKS, outcome.out().size(), outcome::toString);
        assertEquals(List.of(), outcome.err());
    }
}
