package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bootcast.acceptance.MannersJob.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A program that uses MPI itself gets the answers of stock {@code java} from every call, too early and too late, in each thread, although Bootcast has
 * started MPI before. The oracle is stock {@code java} with Open MPI's own {@code mpi.jar} under the same {@code mpirun}.
 */
class MpiMannersIT {
    private static final int RANKS = 2;
    private static final long EARLIER_MILLIS = 3000;
    private static final String PROGRAM = "example.MannersMpiApp";
    private static final String THREADS = "example.ThreadsMpiApp";

    @TempDir
    static Path common;

    @TempDir
    Path own;

    private MannersJob job;

    @BeforeAll
    static void makeClassPath() throws IOException {
        Jars.make(common, 1, example.MannersMpiApp.class, example.ThreadsMpiApp.class);
    }

    @BeforeEach
    void makeJob() {
        job = MannersJob.of(RANKS, own).classPath(MannersJob.mpiJar(), common.resolve("classes"));
    }

    // ---- the start --------------------------------------------------------------------------------------------------

    @Test
    void initWhenCalledByApplicationAnswersAsStock() {
        job.program(PROGRAM, "init").assertQuietAndAsStock();
    }

    @Test
    void initWhenCalledTwiceThrowsAsStock() {
        job.program(PROGRAM, "twice").assertQuietAndAsStock();
    }

    @Test
    void callsWhenTooEarlyOrTooLateAreRefusedAsByStock() {
        job.program(THREADS, "early").assertQuietAndAsStock();
    }

    /** All ranks die of it, so that none is killed before it has printed. */
    @Test
    void callBeforeInitWhenNotCaughtEndsTheJobAsStock() {
        MannersJob refused = job.program(THREADS, "refused").watched();
        Outcome stock = refused.runStock();

        Outcome bootcast = refused.runBootcast();

        assertEquals(stock.err(), bootcast.err());
        assertEquals(RANKS * 4, bootcast.err().size(), bootcast::toString);
        assertEquals(1, bootcast.exitCode());
    }

    @Test
    void callsThatMpiRefusesThrowAsStock() {
        job.program(THREADS, "errors").assertQuietAndAsStock();
    }

    /** Where the application loads MPI's library itself, the JVM warns of it as under stock, unless it is allowed. */
    private MannersJob withNativeAccess(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        if (Runtime.version().feature() > 17) {
            all.add("--enable-native-access=ALL-UNNAMED");
        }
        return job.options(all.toArray(new String[0]));
    }

    /** MPI is the application's alone. */
    @ParameterizedTest
    @ValueSource(strings = {"node", "solo"})
    void initWhenBootcastDoesNotUseMpiIsStocks(String transport) {
        MannersJob alone = withNativeAccess("--transport", transport);

        alone.program(THREADS, "early").assertQuietAndAsStock();
        alone.program(PROGRAM, "thread", "3").assertQuietAndAsStock();
    }

    @ParameterizedTest
    @ValueSource(strings = {"init", "late 3000"})
    void severalProgramsOfOneJobShareItsWorldAsUnderStock(String what) {
        MannersJob first = withNativeAccess().program((PROGRAM + " " + what).split(" "));
        Outcome stock = first.mpirun(severalPrograms(first.stockWords()));

        Outcome bootcast = first.mpirun(severalPrograms(first.bootcastWords()));

        assertEquals(stock.out(), bootcast.out());
        assertEquals(
                List.of("0: bootcast: transport node, one reader per node:"
                        + " the job runs several programs, which share no class path"),
                bootcast.err());
        assertEquals(0, bootcast.exitCode());
        assertEquals("", bootcast.mpirun());
    }

    private static List<String> severalPrograms(List<String> words) {
        List<String> arguments = new ArrayList<>(List.of("-n", "1"));
        arguments.addAll(words);
        arguments.addAll(List.of(":", "-n", "2"));
        arguments.addAll(words);
        return arguments;
    }

    // ---- the level of thread support --------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2"})
    void initThreadWhenLevelIsOrdinaryProvidesItAsStock(String level) {
        job.program(PROGRAM, "thread", level).assertQuietAndAsStock();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2", "3"})
    void initThreadWhenOptionAllowsAllProvidesWhatIsAskedAsStock(String level) {
        job.options("--thread-level", "multiple")
                .program(PROGRAM, "thread", level)
                .assertQuietAndAsStock();
    }

    @Test
    void initThreadWhenMultipleIsAskedForWithoutOptionSaysSoOnce() {
        MannersJob multiple = job.program(PROGRAM, "thread", "3");
        List<String> stock = multiple.runStock().out();

        Outcome bootcast = multiple.runBootcast();

        List<String> expected = stock.stream()
                .map(line -> line.replace("provided=3", "provided=2").replace("query=3", "query=2"))
                .toList();
        assertEquals(expected, bootcast.out());
        assertEquals(
                List.of(
                        "0: bootcast: thread level of MPI: asked=multiple provided=serialized; MPI was started before the"
                                + " application asked: bootcast run --thread-level multiple"),
                bootcast.err());
        assertEquals(0, bootcast.exitCode());
        assertEquals("", bootcast.mpirun());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "nonsense", "9"})
    void initWhenEnvironmentNamesALevelProvidesItAsStock(String level) {
        job.with("OMPI_MPI_THREAD_LEVEL", level).program(THREADS, "level").assertQuietAndAsStock();
    }

    @Test
    void initWhenEnvironmentNamesNoLevelProvidesSingleAsStock() {
        job.program(THREADS, "level").assertQuietAndAsStock();
    }

    // ---- threads ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void initWhenCalledInAnotherThreadMakesItTheMainOneAsStock(String level) {
        job.program(THREADS, "elsewhere", level).assertQuietAndAsStock();
    }

    @ParameterizedTest
    @ValueSource(strings = {"again", "after", "late", "hook", "asking"})
    void threadsWhenMainHasEndedOrWaitsUseMpiAsStock(String what) {
        job.program(THREADS, what).assertQuietAndAsStock();
    }

    @Test
    void abortEndsTheJobAsStock() {
        MannersJob aborting = job.program(THREADS, "abort", "5");
        Outcome stock = aborting.runStock();

        Outcome bootcast = aborting.runBootcast();

        assertEquals(stock.ofRank(1), bootcast.ofRank(1));
        assertEquals(5, bootcast.exitCode());
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "3, 3"})
    void exitWhenMainWaitsInMpiEndsTheJobAsStock(String code, int exitCode) {
        MannersJob exiting = job.program(THREADS, "exit", code);
        Outcome stock = exiting.runStock();

        Outcome bootcast = exiting.runBootcast();

        assertEquals(stock.ofRank(1), bootcast.ofRank(1));
        assertEquals(exitCode, bootcast.exitCode());
    }

    // ---- the end ----------------------------------------------------------------------------------------------------

    @Test
    void finalizeWhenCalledByApplicationWaitsForOthersAsStock() {
        job.program(PROGRAM, "late", Long.toString(EARLIER_MILLIS)).assertQuietAndAsStock();
    }

    @ParameterizedTest
    @CsvSource({"return, 1", "exit0, 1", "exit3, 3", "throw, 1"})
    void endWithoutFinalizeEndsTheJobAsStock(String way, int exitCode) {
        MannersJob ending = job.program(PROGRAM, "end", way);
        Outcome stock = ending.runStock();

        Outcome bootcast = ending.runBootcast();

        assertEquals(stock.ofRank(1), bootcast.ofRank(1));
        assertEquals(exitCode, bootcast.exitCode());
    }
}
