package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.acceptance.Command.Result;
import io.bootcast.bench.Call;
import io.bootcast.bench.Homes;
import io.bootcast.bench.SystemCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * JDK, jars, Bootcast and bundles with a runtime are on the shared directory. Staging opens a bundle once in the whole job; after that a rank asks the shared directory for the
 * wrapper script and nothing else, however many jars there are.
 */
class BundleCallsIT {
    private static final int NODES = 2;
    private static final int PER_NODE = 4;
    private static final int RANKS = NODES * PER_NODE;
    private static final int MANY = 40;
    private static final String MAIN = "example.CallsApp";
    private static final Duration DEADLINE = Duration.ofSeconds(80);

    /** The kernel executes the script, and the shell opens it. */
    private static final Map<String, Integer> CALLS_NAMING_THE_SCRIPT = Map.of("exec", 1, "open", 1);

    @RegisterExtension
    static final TestBed BED = new TestBed(NODES);

    private static Path mount;
    private static String script;

    /** A bundle of so many jars, and what has staged it. */
    private record Case(int jars, SharedBundle bundle, Traced stage) {
        /** The words behind {@code bootcast java BUNDLE}. */
        String[] program() {
            return new String[] {MAIN, Integer.toString(jars - 1)};
        }
    }

    /** A job, and what its ranks have asked the shared directory. */
    private record Traced(Result result, SystemCalls calls) {
        List<String> linesOfRanks() {
            return result.lines().stream()
                    .filter(line -> line.startsWith("rank "))
                    .sorted()
                    .toList();
        }
    }

    private static final List<Case> CASES = new ArrayList<>();

    @BeforeAll
    static void stageBundles() throws IOException {
        Path backing = BED.directory().resolve("backing");
        Site.copyTools(backing, BED);
        int[] jars = {1, MANY};
        for (int count : jars) {
            SharedBundle.makeJars(backing.resolve("app" + count), count, example.CallsApp.class);
        }
        mount = BED.share("shared", backing, "entry=600", "attr=600");
        script = mount + "/bootcast/bin/bootcast";
        for (int count : jars) {
            String name = "app" + count;
            List<String> words = List.of("-cp", mount + "/" + name + "/lib/*", MAIN, Integer.toString(count - 1));
            SharedBundle bundle = SharedBundle.build(BED, backing, mount, name + ".tar.zst", words);
            CASES.add(new Case(count, bundle, job("stage-" + name, "stage", bundle.file())));
        }
    }

    private static Traced job(String name, String... words) throws IOException {
        Path traces = BED.directory().resolve("traces-" + name);
        List<String> all = new ArrayList<>(List.of(script));
        all.addAll(List.of(words));
        Map<String, String> environment =
                Map.of("JAVA_HOME", mount + "/jdk", "BOOTCAST_VERBOSE", "1", "BOOTCAST_TESTBED_TRACE_BYTES", "0");
        Result result = BED.job(NODES, PER_NODE, environment, BED.traced(traces, all))
                .in(Path.of("/"))
                .within(DEADLINE)
                .run()
                .expect(0);
        SystemCalls calls = SystemCalls.read(traces, "/", Homes.NONE);
        assertEquals(Set.copyOf(IntStream.range(0, RANKS).boxed().toList()), calls.ranks());
        return new Traced(result, calls.below(mount.toString()));
    }

    private static String[] words(Case one, String... first) {
        List<String> all = new ArrayList<>(List.of(first));
        all.add(one.bundle().file());
        all.addAll(List.of(one.program()));
        return all.toArray(new String[0]);
    }

    private static boolean namesAPath(Call call) {
        return switch (call.kind()) {
            case OPEN, EXEC, READLINK -> true;
            case STAT -> !call.name().equals("fstat");
            default -> false;
        };
    }

    @Test
    void bundleWhenStagedIsOpenedOnceInTheJob() {
        for (Case one : CASES) {
            SystemCalls opens = one.stage().calls().below(one.bundle().file()).of(Call.Kind.OPEN);

            assertEquals(Map.of(0, 1), opens.byRank(), opens::toString);
        }
    }

    @Test
    void ranksOfJavaAskForTheScriptOnlyWhateverTheNumberOfJars() throws IOException {
        Map<Integer, Map<String, Integer>> kinds = new TreeMap<>();
        for (Case one : CASES) {
            Traced java = job("java-" + one.jars(), words(one, "java"));

            assertEquals(RANKS, java.linesOfRanks().size(), () -> java.result().toString());
            assertTrue(java.result().err().contains("class-data archive: stock."), () -> java.result()
                    .toString());
            SystemCalls others = java.calls().where(call -> !call.paths().equals(List.of(script)));
            assertEquals("", others.toString());
            kinds.put(one.jars(), java.calls().ofRank(0).byKind());
            for (int rank = 0; rank < RANKS; rank++) {
                SystemCalls calls = java.calls().ofRank(rank);
                SystemCalls named = calls.where(BundleCallsIT::namesAPath);
                assertEquals(CALLS_NAMING_THE_SCRIPT, named.byKind(), named::toString);
                assertEquals(kinds.get(1), calls.byKind(), calls::toString);
            }
        }

        System.out.println("BundleCallsIT, each rank's calls on the shared directory, by jars: " + kinds);
    }

    @Test
    void ranksOfRunWithoutRootAskForTheScriptOnly() throws IOException {
        for (Case one : CASES) {
            Traced run = job("run-" + one.jars(), words(one, "run", "--bundle"));

            assertEquals(RANKS, run.linesOfRanks().size(), () -> run.result().toString());
            SystemCalls root = run.calls().ofRank(0);
            assertEquals(0, root.below(one.bundle().file()).of(Call.Kind.OPEN).count(), root::toString);
            SystemCalls others = run.calls().where(call -> call.rank() > 0);
            SystemCalls beside = others.where(call -> !call.paths().equals(List.of(script)));
            assertEquals("", beside.toString());
            System.out.println("BundleCallsIT, run --bundle of " + one.jars() + " jars: root " + root.byKind()
                    + ", each other rank " + others.ofRank(1).byKind());
        }
    }
}
