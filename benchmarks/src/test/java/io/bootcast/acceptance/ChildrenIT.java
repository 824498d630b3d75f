package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.acceptance.MannersJob.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rank starts, or what follows it in its place, is no rank: it never joins the job, uses what is in the store, and ends as it would without Bootcast. */
class ChildrenIT {
    private static final int RANKS = 2;
    private static final Duration LONGEST_CHILD = Duration.ofSeconds(30);
    private static final String PROGRAM = "example.ChildrenApp";
    private static final List<String> BEGUN_AND_ENDED = List.of("begun", "main ends");
    private static final Set<String> OWN_VARIABLES =
            Set.of("BOOTCAST_RANK_OF", "OMPI_MCA_async_mpi_finalize", "UCX_ERROR_SIGNALS");

    @TempDir
    static Path common;

    @TempDir
    Path own;

    private static String elements;
    private MannersJob job;

    @BeforeAll
    static void makeClassPath() throws IOException {
        elements = Jars.make(common, 1, example.ChildrenApp.class).classPath(common);
    }

    @BeforeEach
    void makeJob() {
        job = MannersJob.of(RANKS, own).classPath(MannersJob.mpiJar(), elements);
    }

    private MannersJob withOrWithoutMpi(String answer) {
        return answer.equals("with mpi.jar") ? job : job.classPath(elements);
    }

    private static String[] words(List<String> words, String... before) {
        List<String> all = new ArrayList<>(List.of(before));
        all.addAll(words);
        return all.toArray(new String[0]);
    }

    private static List<String> ofAllRanks(List<String> lines) {
        List<String> all = new ArrayList<>();
        for (int rank = 0; rank < RANKS; rank++) {
            for (String line : lines) {
                all.add(rank + ": " + line);
            }
        }
        return all;
    }

    // ---- a child of the rank ----------------------------------------------------------------------------------------

    private void assertChildrenEndAsStock(MannersJob parent, List<String> stockChild, List<String> child) {
        String ranks = Integer.toString(RANKS);
        Outcome stock =
                parent.program(words(stockChild, PROGRAM, "fork", ranks)).runStock();

        Outcome bootcast = parent.program(words(child, PROGRAM, "fork", ranks)).runBootcast();

        assertEquals(stock, bootcast);
        assertEquals(
                ofAllRanks(List.of("begun", "child says [begun", "main ends] code 0", "main ends")), bootcast.out());
        assertEquals(0, bootcast.exitCode());
        assertEquals("", bootcast.mpirun());
    }

    @ParameterizedTest
    @ValueSource(strings = {"with mpi.jar", "without mpi.jar"})
    void plainJavaForkedByAllRanksWorksAsUnderStock(String mpi) {
        MannersJob parent = withOrWithoutMpi(mpi);
        List<String> child = parent.program(PROGRAM, "nothing").stockWords();

        assertChildrenEndAsStock(parent, child, child);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with mpi.jar", "without mpi.jar"})
    void bootcastForkedByAllRanksDoesNotJoinTheJob(String mpi) throws IOException {
        MannersJob parent = withOrWithoutMpi(mpi);
        Path report = own.resolve("report");
        MannersJob child = parent.options("--report", report.toString()).program(PROGRAM, "nothing");

        assertChildrenEndAsStock(parent, child.stockWords(), child.bootcastWords());

        String found = Files.readString(report);
        assertTrue(found.contains("\"transport\": \"node\""), found);
        assertTrue(found.contains("\"filesOpened\": 0,"), found);
    }

    /** Also where the launcher has no directory of the job, in which a rank could leave word for those that come after it. */
    @ParameterizedTest
    @CsvSource({"auto, PMIX_SERVER_TMPDIR", "mpi, PMIX_SERVER_TMPDIR", "mpi, NONE"})
    void bootcastForkedByAllRanksWhateverItInheritsDoesNotJoinTheJob(String transport, String taken) {
        MannersJob parent = job.with("BOOTCAST_TRANSPORT", transport);
        MannersJob child = parent.program(PROGRAM, "nothing");
        List<String> words = new ArrayList<>(List.of("env", "-u", taken));
        words.addAll(child.bootcastWords());

        assertChildrenEndAsStock(parent, child.stockWords(), words);
    }

    @Test
    void childThatOutlivesItsRankGoesOnAsUnderStock() throws IOException {
        MannersJob child = job.program(PROGRAM, "outlive");
        Path stockOutput = own.resolve("stock-output");
        Path output = own.resolve("output-of-child");
        Outcome stock = job.program(words(child.stockWords(), PROGRAM, "leave", stockOutput.toString()))
                .runStock();
        List<String> stockLines = awaitEnd(stockOutput);

        Outcome bootcast = job.program(words(child.bootcastWords(), PROGRAM, "leave", output.toString()))
                .runBootcast();

        assertEquals(stock, bootcast);
        assertEquals(0, bootcast.exitCode());
        assertEquals(stockLines, awaitEnd(output));
        assertEquals(3, stockLines.size(), stockLines::toString);
        Command.of(
                        "sh",
                        "-c",
                        "while [ -e \"$1\" ]; do sleep 0.05; done",
                        "sh",
                        own.resolve("store").toString())
                .within(LONGEST_CHILD)
                .run();
    }

    private static List<String> awaitEnd(Path output) throws IOException {
        Command.of(
                        "sh",
                        "-c",
                        "until grep -q 'main ends\\|Exception' \"$1\"; do sleep 0.05; done",
                        "sh",
                        output.toString())
                .within(LONGEST_CHILD)
                .run();
        return Command.withoutPerfData(Files.readString(output)).lines().toList();
    }

    // ---- a process that follows the rank ----------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"auto", "mpi", "node"})
    void secondProcessInTheSamePlaceRunsAsUnderStock(String transport) {
        MannersJob twice =
                job.classPath(elements).options("--transport", transport).program(PROGRAM, "nothing");
        Outcome stock = twice.run(twoTimes(twice.stockWords()));

        Outcome bootcast = twice.run(twoTimes(twice.bootcastWords()));

        assertEquals(stock, bootcast);
        List<String> lines = new ArrayList<>(BEGUN_AND_ENDED);
        lines.addAll(BEGUN_AND_ENDED);
        assertEquals(new Outcome(0, ofAllRanks(lines), List.of(), ""), bootcast);
    }

    private static List<String> twoTimes(List<String> words) {
        List<String> all = new ArrayList<>(List.of("sh", "-c", "\"$@\" && exec \"$@\"", "sh"));
        all.addAll(words);
        return all;
    }

    // ---- the environment --------------------------------------------------------------------------------------------

    @Test
    void environmentOfARankIsThatOfStockAndTheDocumentedVariables() {
        MannersJob printing = job.program(PROGRAM, "environment");
        TreeMap<String, String> stock = variables(printing.runStock());

        TreeMap<String, String> bootcast = variables(printing.runBootcast());

        TreeSet<String> more = new TreeSet<>(bootcast.keySet());
        more.removeAll(stock.keySet());
        assertEquals(new TreeSet<>(OWN_VARIABLES), more);
        assertEquals("1", bootcast.get("OMPI_MCA_async_mpi_finalize"));
        assertEquals("", bootcast.get("UCX_ERROR_SIGNALS"));
        bootcast.keySet().removeAll(OWN_VARIABLES);
        assertEquals(withoutTheJobs(stock), withoutTheJobs(bootcast));
    }

    /** The variables of rank 0; and no rank has others than it. */
    private static TreeMap<String, String> variables(Outcome outcome) {
        TreeMap<String, String> variables = new TreeMap<>();
        List<TreeSet<String>> names = new ArrayList<>(List.of(new TreeSet<>(), new TreeSet<>()));
        for (String line : outcome.out()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                String name = line.substring(3, equals);
                names.get(line.charAt(0) - '0').add(name);
                if (line.startsWith("0: ")) {
                    variables.put(name, line.substring(equals + 1));
                }
            }
        }
        assertEquals(names, Collections.nCopies(RANKS, names.get(0)));
        return variables;
    }

    /** The values that each job has for itself are not compared, but that they are there. */
    private static TreeMap<String, String> withoutTheJobs(TreeMap<String, String> variables) {
        TreeMap<String, String> compared = new TreeMap<>(variables);
        compared.replaceAll((name, value) -> name.startsWith("OMPI_") || name.startsWith("PMIX_") ? "" : value);
        return compared;
    }
}
