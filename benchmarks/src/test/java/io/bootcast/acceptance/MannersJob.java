package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bootcast.acceptance.Command.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A job of some ranks on this host, which {@code mpirun} starts with stock {@code java} or with {@code bootcast run}. Immutable.
 *
 * <pre>
 * MannersJob job = MannersJob.of(4, directory).classPath(jar, classes).program("example.MannersApp", "all", "return");
 * assertEquals(job.runStock(), job.runBootcast());
 * </pre>
 *
 * @param home a directory for the store and for the ranks' output
 */
record MannersJob(
        int ranks,
        Path home,
        List<String> options,
        String elements,
        List<String> program,
        boolean isWatched,
        Map<String, String> variables,
        Path input) {
    /** Few cores: their time is to go to Bootcast, not to the JVM's optimising compiler. */
    private static final List<String> JAVA_OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final int MOST_REPEATS = 2;
    private static final TestBed INSTALLATION = new TestBed(1);

    /** Says when the rank's process has ended and how; the signal by which {@code mpirun} ends a job does not end it. */
    private static final String WATCH =
            "trap '' TERM; \"$@\"; code=$?; echo \"ended code=$code millis=$(date +%s%3N)\"; exit $code";

    static MannersJob of(int ranks, Path home) {
        return new MannersJob(ranks, home, List.of(), "", List.of(), false, Map.of(), Path.of("/dev/null"));
    }

    /** Runs it with both: they end alike, with success, and Bootcast and {@code mpirun} say nothing. */
    void assertQuietAndAsStock() {
        Outcome stock = runStock();

        Outcome bootcast = runBootcast();

        assertEquals(stock, bootcast);
        assertEquals(0, bootcast.exitCode());
        assertEquals("", bootcast.mpirun());
        assertEquals(List.of(), bootcast.err());
    }

    /** The jar of Open MPI's Java bindings that the tests were compiled with; not Bootcast's guarded one. */
    static Path mpiJar() {
        try {
            return Path.of(mpi.MPI
                    .class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError("a code source has a URI", e);
        }
    }

    MannersJob classPath(Object... paths) {
        List<String> names = Stream.of(paths).map(Object::toString).toList();
        return new MannersJob(ranks, home, options, String.join(":", names), program, isWatched, variables, input);
    }

    /** The main class, or {@code -jar} and a jar where there is no class path, and the arguments. */
    MannersJob program(String... words) {
        return new MannersJob(ranks, home, options, elements, List.of(words), isWatched, variables, input);
    }

    /** With options of Bootcast's. */
    MannersJob options(String... others) {
        return new MannersJob(ranks, home, List.of(others), elements, program, isWatched, variables, input);
    }

    /** With one more variable for {@code mpirun} and the ranks. */
    MannersJob with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(variables);
        more.put(name, value);
        return new MannersJob(ranks, home, options, elements, program, isWatched, more, input);
    }

    /** With the content of a file on the standard input of {@code mpirun}, or of a process {@link #here}. */
    MannersJob reading(Path file) {
        return new MannersJob(ranks, home, options, elements, program, isWatched, variables, file);
    }

    /** With a last line of each rank on when and how its process ended: see {@link Outcome#ends}. */
    MannersJob watched() {
        return new MannersJob(ranks, home, options, elements, program, /* isWatched= */ true, variables, input);
    }

    /** The words that start one process with stock {@code java}, quiet and able to find MPI on every JDK. */
    List<String> stockWords() {
        // Not "java" itself: mpirun knows that word, and would add to the arguments.
        List<String> words = new ArrayList<>(List.of("env", INSTALLATION.java()));
        words.addAll(JAVA_OPTIONS);
        words.add("-Djava.library.path=" + mpiLibraryPath());
        if (Runtime.version().feature() > 17 && elements.contains(mpiJar().toString())) {
            words.add("--enable-native-access=ALL-UNNAMED");
        }
        return withProgram(words);
    }

    /** The words that start one process with Bootcast. */
    List<String> bootcastWords() {
        List<String> words = new ArrayList<>(List.of(INSTALLATION.bootcast(), "run"));
        words.addAll(List.of("--store", home.resolve("store").toString()));
        words.addAll(options);
        words.addAll(JAVA_OPTIONS);
        return withProgram(words);
    }

    private List<String> withProgram(List<String> words) {
        if (!elements.isEmpty()) {
            words.addAll(List.of("-cp", elements));
        }
        words.addAll(program);
        return words;
    }

    /** Where Debian and Open MPI's own installation have {@code libmpi_java}. */
    private static String mpiLibraryPath() {
        String own = System.getenv("MPI_HOME");
        return (own == null ? "" : own + "/lib:") + "/usr/lib/x86_64-linux-gnu:/usr/lib/aarch64-linux-gnu";
    }

    /** The job with stock {@code java}. */
    Outcome runStock() {
        return run(stockWords());
    }

    /** The job with Bootcast. */
    Outcome runBootcast() {
        return run(bootcastWords());
    }

    /** The job with these words in every rank. */
    Outcome run(List<String> words) {
        List<String> all = new ArrayList<>(List.of("-n", Integer.toString(ranks)));
        if (isWatched) {
            all.addAll(List.of("sh", "-c", WATCH, "watch"));
        }
        all.addAll(words);
        return mpirun(all);
    }

    /**
     * {@code mpirun} with these arguments: one for many ranks on few cores. Open MPI 4.1.4 now and then dies itself while it passes on standard input (a rank's
     * {@code stdin} that closes meanwhile leaves {@code orte_iof_hnp_read_local_handler} without a sink): then the job is run again.
     */
    Outcome mpirun(List<String> arguments) {
        Outcome outcome = mpirunOnce(arguments);
        for (int more = 0; more < MOST_REPEATS && outcome.mpirunDiedOfItsInput(); more++) {
            System.out.println("mpirun has died of its own fault, once more: " + arguments);
            outcome = mpirunOnce(arguments);
        }
        return outcome;
    }

    private Outcome mpirunOnce(List<String> arguments) {
        try {
            Path output = Files.createTempDirectory(Files.createDirectories(home), "output");
            List<String> words = new ArrayList<>(List.of("mpirun", "--allow-run-as-root", "--oversubscribe"));
            words.addAll(List.of("--bind-to", "none", "--mca", "mpi_yield_when_idle", "1"));
            words.addAll(List.of("--mca", "odls_base_sigkill_timeout", isWatched ? "3" : "1"));
            words.addAll(List.of("--output-filename", output + ":nojobid,nocopy"));
            words.addAll(arguments);
            return Outcome.of(here(words).run(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command in this test's environment, with its JDK. */
    Command here(List<String> words) {
        Command command = Command.of(words)
                .with("JAVA_HOME", INSTALLATION.javaHome())
                .within(DEADLINE)
                .reading(input);
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            command = command.with(variable.getKey(), variable.getValue());
        }
        return command;
    }

    /**
     * What a job gave: {@code mpirun}'s exit code, the ranks' lines, each as {@code RANK: text}, rank after rank, and what {@code mpirun} had to say
     * itself.
     */
    record Outcome(int exitCode, List<String> out, List<String> err, String mpirun) {
        private static final int SIGSEGV_EXIT = 139;
        private static final Pattern ENDED = Pattern.compile("(\\d+): ended code=(\\d+) millis=(\\d+)");

        /** How a rank's process ended. */
        record End(int rank, int exitCode, long millis) {}

        private static Outcome of(Result result, Path output) throws IOException {
            return new Outcome(
                    result.exitCode(),
                    lines(output, "stdout"),
                    lines(output, "stderr"),
                    (result.out() + result.err()).trim());
        }

        private static List<String> lines(Path output, String stream) throws IOException {
            List<String> lines = new ArrayList<>();
            for (int rank = 0; Files.exists(output.resolve("rank." + rank)); rank++) {
                for (String line : Command.withoutPerfData(
                                Files.readString(output.resolve("rank." + rank).resolve(stream)))
                        .lines()
                        .toList()) {
                    lines.add(rank + ": " + line);
                }
            }
            return lines;
        }

        /** The same without what differs from run to run of the same program. */
        Outcome normalised() {
            return new Outcome(exitCode, Normaliser.normalise(out), Normaliser.normalise(err), mpirun);
        }

        /** The same without the lines of other ranks and of {@code mpirun}. */
        Outcome ofRank(int rank) {
            return new Outcome(
                    exitCode,
                    out.stream().filter(line -> line.startsWith(rank + ": ")).toList(),
                    err.stream().filter(line -> line.startsWith(rank + ": ")).toList(),
                    "");
        }

        private boolean mpirunDiedOfItsInput() {
            return exitCode == SIGSEGV_EXIT && mpirun.contains("orte_iof_hnp_read_local_handler");
        }

        /** How each rank's process ended, of a job that was {@link MannersJob#watched}, by rank. */
        List<End> ends() {
            List<End> ends = new ArrayList<>();
            for (String line : out) {
                Matcher ended = ENDED.matcher(line);
                if (ended.matches()) {
                    ends.add(new End(
                            Integer.parseInt(ended.group(1)),
                            Integer.parseInt(ended.group(2)),
                            Long.parseLong(ended.group(3))));
                }
            }
            return ends;
        }
    }
}
