package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bootcast.acceptance.MannersJob.Outcome;
import java.io.IOException;
import java.net.ServerSocket;
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
 * Programs and libraries that others wrote: under {@code bootcast run} each of 4 ranks prints and writes what it does under stock {@code java}, but for
 * what {@link Normaliser} lists.
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
        Outcome stock = same.runStock().normalised();

        Outcome bootcast = same.runBootcast().normalised();

        assertEquals(String.join("\n", stock.out()), String.join("\n", bootcast.out()));
        assertEquals(stock, bootcast);
        assertEquals(0, bootcast.exitCode(), bootcast::toString);
        return bootcast;
    }

    /** {@code main} of a program of {@code benchmarks/src/programs}, laid out as a directory of classes and a directory of jars. */
    private MannersJob exploded(String name, String... main) throws IOException {
        Path program = FETCHER.program(name);
        return job.classPath(program.resolve("classes"), program + "/lib/*").program(main);
    }

    private static void assertSaid(String expected, int times, Outcome outcome) {
        assertEquals(
                times,
                outcome.out().stream().filter(line -> line.contains(expected)).count(),
                () -> expected + ": " + outcome);
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

    @Test
    void tomcatAnswersFromServletPageAndJarAsStock() throws IOException {
        Path program = FETCHER.program("tomcat");

        Outcome outcome = assertQuietAndAsStock(
                job.classPath(program.resolve("tomcat.jar"), program + "/lib/*").program("example.TomcatApp"));

        assertSaid("Hello, rank, from Apache Tomcat/", RANKS, outcome);
        assertSaid("<p>line 2 of 42</p>", RANKS, outcome);
        assertSaid("jquery.min.js 200 text/javascript bytes 87533", RANKS, outcome);
    }

    @Test
    void classGraphFindsOnItsClassPathWhatItFindsUnderStock() throws IOException {
        Outcome outcome = assertQuietAndAsStock(exploded("classgraph", "example.ScanApp"));

        assertSaid("driver org.h2.Driver in lib/h2-", RANKS, outcome);
    }

    @Test
    void pcjMakesOneJobOfAllRanksAsStock() throws IOException {
        String[] main = new String[RANKS + 1];
        main[0] = "example.PcjApp";
        System.arraycopy(freePorts(), 0, main, 1, RANKS);

        Outcome outcome = assertQuietAndAsStock(exploded("pcj", main));

        assertSaid("sum 4995000.0", 1, outcome);
        assertSaid("asked by 0, answered by 3", 1, outcome);
    }

    /** Below the range that the kernel gives to connections (32768 on): mpirun's and MPI's own would take one that is free now. */
    private static String[] freePorts() {
        String[] ports = new String[RANKS];
        int port = 12_000 + (int) (ProcessHandle.current().pid() % 18_000);
        for (int rank = 0; rank < RANKS; port++) {
            try (ServerSocket socket = new ServerSocket(port)) {
                ports[rank++] = Integer.toString(socket.getLocalPort());
            } catch (IOException e) {
                // Taken: the next one.
            }
        }
        return ports;
    }

    @Test
    void groovyEvaluatesScriptsAndRunsCompiledClassesAsStock() throws IOException {
        Outcome outcome = assertQuietAndAsStock(exploded("groovy", "example.GroovyApp"));

        assertSaid("class Adder 42", RANKS, outcome);
    }

    @Test
    void log4jFindsItsPluginsAndAppendersAsStock() throws IOException {
        Outcome outcome = assertQuietAndAsStock(exploded("log4j", "example.LogApp"));

        assertSaid("--- counted 2", RANKS, outcome);
    }

    @Test
    void springBootExplodedScansAndServesAsStock() throws IOException {
        Outcome outcome = assertQuietAndAsStock(exploded("spring", "example.SpringApp"));

        assertSaid("{\"text\":\"Hello, rank\",\"stars\":5}", RANKS, outcome);
    }

    /** One rank: what differs from the exploded form is Spring's own loader, which opens the one jar. */
    @Test
    void springBootInOneJarScansAndServesAsStock() throws IOException {
        Path jar = FETCHER.program("spring").resolve("spring-boot.jar");
        MannersJob alone = MannersJob.of(1, own.resolve("home"));

        Outcome outcome = assertQuietAndAsStock(alone.program("-jar", jar.toString()));

        assertSaid("{\"text\":\"Hello, rank\",\"stars\":5}", 1, outcome);
    }

    @Test
    void sqliteUnpacksItsNativeLibraryAndAnswersAsStock() throws IOException {
        Outcome outcome = assertQuietAndAsStock(exploded("sqlite", "example.SqliteApp"));

        assertSaid("mercury 1407.0", RANKS, outcome);
    }

    @Test
    void childFirstLoaderOverOwnClassPathLoadsAllOnceMoreAsStock() throws IOException {
        Outcome outcome = assertQuietAndAsStock(exploded("childfirst", "example.ChildFirstApp"));

        assertSaid("own true by true shared interface true", RANKS, outcome);
    }
}
