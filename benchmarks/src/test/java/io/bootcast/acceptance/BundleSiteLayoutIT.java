package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.acceptance.Command.Result;
import io.bootcast.bench.Call;
import io.bootcast.bench.Cause;
import io.bootcast.bench.Homes;
import io.bootcast.bench.SystemCalls;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The site of {@link SiteLayoutIT}: what a start of a staged bundle with a runtime costs a rank there, by cause, beside stock {@code java}; of a program without MPI, and of one with it.
 * The tables go to {@code target/bundle-site-layout.txt} too.
 */
class BundleSiteLayoutIT {
    private static final int NODES = 2;
    private static final int PER_NODE = 2;
    private static final int RANKS = NODES * PER_NODE;
    private static final int JARS = 10;
    private static final List<String> PLAIN = List.of("example.CallsApp", Integer.toString(JARS - 1));
    private static final List<String> WITH_MPI = List.of("example.MpiHello");
    private static final Duration DEADLINE = Duration.ofSeconds(80);

    @RegisterExtension
    static final TestBed BED = new TestBed(NODES);

    private static Site site;
    private static Path mount;
    private static String script;
    private static Homes homes;
    private static SharedBundle bundle;

    @BeforeAll
    static void stageBundle() throws IOException, URISyntaxException {
        Path backing = BED.directory().resolve("backing");
        Path mpiJar = Path.of(mpi.MPI
                .class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        site = Site.make(backing, BED, mpiJar);
        SharedBundle.makeJars(backing.resolve("bundled"), JARS, example.CallsApp.class, example.MpiHello.class);
        Files.copy(mpiJar, backing.resolve("bundled/lib/mpi.jar"));
        mount = BED.share("site", backing, "entry=600", "attr=600");
        script = mount + "/bootcast/bin/bootcast";
        homes = new Homes(
                mount + "/jdk",
                List.of(mount + "/bootcast", mount + "/bundled", mount + "/app.tar.zst"),
                List.of(mount + "/openmpi"),
                site.libraryPath(mount));
        List<String> words = new ArrayList<>(List.of("-cp", classPath()));
        words.addAll(PLAIN);
        bundle = SharedBundle.build(BED, backing, mount, "app.tar.zst", words);
        job(List.of(script, "stage", bundle.file()));
    }

    private static String classPath() {
        return mount + "/bundled/lib/*";
    }

    private static Result job(List<String> words) {
        Map<String, String> environment = new LinkedHashMap<>(site.environment(mount));
        environment.put("BOOTCAST_TESTBED_TRACE_BYTES", "0");
        return BED.job(NODES, PER_NODE, environment, words)
                .with("PATH", site.path(mount))
                .with("HOME", mount + "/home")
                .with("MPIRUN_OPTIONS", "--wdir " + mount + "/home")
                .in(Path.of("/"))
                .within(DEADLINE)
                .run()
                .expect(0);
    }

    /** The calls of {@code first} with {@code program} behind it on the shared file system. */
    private static SystemCalls trace(String name, List<String> first, List<String> program) throws IOException {
        Path traces = BED.directory().resolve("traces-" + name);
        List<String> words = new ArrayList<>(first);
        words.addAll(program);
        Result result = job(BED.traced(traces, words));
        long lines = result.lines().stream()
                .filter(line -> line.startsWith("rank "))
                .distinct()
                .count();
        assertEquals(RANKS, lines, result::toString);
        return SystemCalls.read(traces, mount + "/home", homes).below(mount.toString());
    }

    @Test
    void ranksWhenBundleIsStagedOpenTheScriptOnly() throws IOException {
        List<String> stock = List.of(mount + "/jdk/bin/java", "-cp", classPath());
        List<String> staged = List.of(script, "java", bundle.file());

        SystemCalls stockPlain = trace("stock", stock, PLAIN);
        SystemCalls plain = trace("java", staged, PLAIN);
        SystemCalls stockMpi = trace("stock-mpi", stock, WITH_MPI);
        SystemCalls withMpi = trace("java-mpi", staged, WITH_MPI);

        String report = table("without MPI", stockPlain, plain) + table("with MPI", stockMpi, withMpi);
        System.out.println(report);
        Files.writeString(BED.checkout().resolve("benchmarks/target/bundle-site-layout.txt"), report);
        for (int rank = 0; rank < RANKS; rank++) {
            check(plain.ofRank(rank));
            check(withMpi.ofRank(rank).where(call -> call.cause() != Cause.OPEN_MPI));
            SystemCalls stockCalls = stockPlain.ofRank(rank);
            assertTrue(opens(stockCalls).succeeded().count() > JARS, stockCalls::toString);
        }
    }

    /**
     * What opens files is the script, and the JVM, stock's too, which opens its working directory to come back to it; what does not find them is the search for libraries on the
     * site's library path.
     */
    private static void check(SystemCalls calls) {
        SystemCalls found = opens(calls).succeeded().where(call -> !call.path().equals(mount + "/home"));

        assertEquals(Map.of(script, 1), found.byPath(), found::toString);
        SystemCalls failed = opens(calls).failed().where(call -> call.cause() != Cause.LINKER);
        assertEquals("", failed.toString());
        SystemCalls ofClassPath = calls.where(call ->
                call.isBelow(mount + "/bundled") || call.isBelow(bundle.file()) || call.isBelow(mount + "/jdk"));
        assertEquals("", ofClassPath.toString());
    }

    private static SystemCalls opens(SystemCalls calls) {
        return calls.of(Call.Kind.OPEN);
    }

    /** Of the last rank, which is on the node without root. */
    private static String table(String program, SystemCalls stock, SystemCalls java) {
        SystemCalls left = stock.ofRank(RANKS - 1);
        SystemCalls right = java.ofRank(RANKS - 1);
        StringBuilder text = new StringBuilder("a rank of a program " + program
                + ", calls on the shared file system, JDK " + Runtime.version().feature()
                + ": stock java | bootcast java with a runtime\n");
        text.append(CallTable.head());
        for (Cause cause : Cause.values()) {
            String name = cause == Cause.BOOTCAST ? "class path" : cause.name().toLowerCase(Locale.ROOT);
            text.append(CallTable.row(name, left.by(cause), right.by(cause)));
        }
        return text.append(CallTable.row("all", left, right)).append('\n').toString();
    }
}
