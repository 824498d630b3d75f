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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The class path is on the shared directory, all else is local: rank 0 alone asks for it, and asks once, whatever the number of ranks. Counted twice: by
 * each rank's system calls from its exec to its exit, and by the file system's server.
 */
class CallsIT {
    private static final int JARS = 30;
    private static final int NODES = 2;
    private static final Duration DEADLINE = Duration.ofSeconds(80);

    @RegisterExtension
    static final TestBed BED = new TestBed(NODES);

    private static Jars jars;
    private static Path shared;

    @BeforeAll
    static void makeClassPath() throws IOException {
        Path backing = BED.directory().resolve("backing");
        jars = Jars.make(backing, JARS, example.CallsApp.class);
        shared = BED.share("shared", backing, "entry=600", "attr=600");
    }

    /** The job under trace. Its working directory is outside the shared one. */
    private static Result run(Path traces, int perNode, String classPath) {
        List<String> words =
                List.of(BED.bootcast(), "run", "-cp", classPath, "example.CallsApp", Integer.toString(JARS));
        Map<String, String> environment = Map.of("JAVA_HOME", BED.javaHome(), "BOOTCAST_TESTBED_TRACE_BYTES", "0");
        return BED.job(NODES, perNode, environment, BED.traced(traces, words))
                .in(Path.of("/"))
                .within(DEADLINE)
                .run()
                .expect(0);
    }

    private static Result runStock(Path traces, String classPath) {
        List<String> words = List.of(BED.java(), "-cp", classPath, "example.CallsApp", Integer.toString(JARS));
        Map<String, String> environment = Map.of("BOOTCAST_TESTBED_TRACE_BYTES", "0");
        return BED.job(NODES, 4, environment, BED.traced(traces, words))
                .in(Path.of("/"))
                .within(DEADLINE)
                .run()
                .expect(0);
    }

    private static SystemCalls callsOnClassPath(Path traces) throws IOException {
        return SystemCalls.read(traces, "/", Homes.NONE).below(shared.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wildcard", "explicit"})
    void classPathWhenSharedIsAskedForByRankZeroOnly(String layout) throws IOException {
        boolean wildcard = layout.equals("wildcard");
        String classPath = wildcard ? shared + "/lib/*:" + shared + "/classes" : jars.classPath(shared);
        Path traces = BED.directory().resolve("traces-" + layout);
        BED.resetRequests();

        Result result = run(traces, 4, classPath);

        Map<String, Long> requests = requestsWithoutRelease();
        assertEquals(Map.of(), BED.requests(2), "requests of the node without root");
        SystemCalls all = SystemCalls.read(traces, "/", Homes.NONE);
        assertEquals(Set.copyOf(IntStream.range(0, 8).boxed().toList()), all.ranks());
        SystemCalls calls = all.below(shared.toString());
        assertEquals(Set.of(0), calls.ranks(), () -> calls.where(call -> call.rank() > 0)
                .byPath()
                .toString());
        assertEquals(expectedOpens(), opensOfFiles(calls));
        assertOpenedAtMostOnce(calls);

        Path stockTraces = BED.directory().resolve("traces-stock-" + layout);
        Result stock = runStock(stockTraces, classPath);
        SystemCalls stockCalls = callsOnClassPath(stockTraces);
        assertEquals(sorted(stock), sorted(result), "the application's output");
        assertEquals(8, stockCalls.ranks().size(), "every rank of stock java reads");
        System.out.println("CallsIT, " + layout + ": rank 0 " + calls.count() + " calls " + calls.byKind()
                + ", ranks 1-7 none, server " + requests + "; stock java: each rank "
                + stockCalls.ofRank(7).count() + " calls "
                + stockCalls.ofRank(7).byKind());
    }

    /** Each jar, and each file of the directory, once. */
    private static Map<String, Integer> expectedOpens() throws IOException {
        Map<String, Integer> expected = new TreeMap<>();
        for (String jar : jars.jarNames()) {
            expected.put(shared + "/lib/" + jar, 1);
        }
        for (String file : jars.classFiles()) {
            expected.put(shared + "/classes/" + file, 1);
        }
        return expected;
    }

    private static Map<String, Integer> opensOfFiles(SystemCalls calls) {
        Set<String> directories = new HashSet<>();
        calls.of(Call.Kind.LIST).list().forEach(call -> directories.add(call.path()));
        return calls.of(Call.Kind.OPEN)
                .where(call -> !directories.contains(call.path()))
                .byPath();
    }

    private static void assertOpenedAtMostOnce(SystemCalls calls) {
        calls.of(Call.Kind.OPEN).byPath().forEach((path, opens) -> assertEquals(1, opens, path));
    }

    private static List<String> sorted(Result result) {
        return result.lines().stream().sorted().toList();
    }

    @Test
    void callsWhenRanksAreMoreStayTheSameNumber() throws IOException {
        Map<Integer, Integer> totals = new TreeMap<>();
        List<Map<String, Integer>> kinds = new ArrayList<>();
        List<Map<String, Long>> requests = new ArrayList<>();
        int[] perNode = Boolean.getBoolean("bootcast.full") ? new int[] {1, 4, 16} : new int[] {1, 4};
        for (int ranks : perNode) {
            Path traces = BED.directory().resolve("traces-of-" + ranks * NODES);
            forgetNames();

            run(traces, ranks, shared + "/lib/*:" + shared + "/classes");

            SystemCalls calls = callsOnClassPath(traces);
            assertEquals(Set.of(0), calls.ranks());
            totals.put(ranks * NODES, calls.count());
            kinds.add(calls.byKind());
            requests.add(requestsWithoutRelease());
        }

        System.out.println("CallsIT, calls of the job by ranks: " + totals + " requests: " + requests);
        assertEquals(1, new HashSet<>(totals.values()).size(), () -> totals + " " + kinds);
        assertEquals(1, new HashSet<>(requests).size(), requests::toString);
        assertTrue(totals.get(2) > JARS, totals::toString);
    }

    /** Mounted anew, so that no kernel remembers names and attributes from the job before. */
    private static void forgetNames() {
        BED.script("sharedfs", "down", shared.toString());
        BED.share("shared", BED.directory().resolve("backing"), "entry=600", "attr=600");
        BED.resetRequests();
    }

    /** A release is sent some time after the close. */
    private static Map<String, Long> requestsWithoutRelease() {
        Map<String, Long> requests = new TreeMap<>(BED.requests(1));
        requests.remove("release");
        requests.remove("releasedir");
        return requests;
    }
}
