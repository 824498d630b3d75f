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
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Everything is on the shared file system, and 20 directories are on {@code PATH} and {@code LD_LIBRARY_PATH}: what a start of an MPI program costs a rank there, by
 * cause, with stock {@code java} and with {@code bootcast run}. The table goes to {@code target/site-layout.txt} too.
 */
class SiteLayoutIT {
    private static final int NODES = 2;
    private static final int PER_NODE = 2;
    private static final int MOST_OPENS_ADDED = 12;

    @RegisterExtension
    static final TestBed BED = new TestBed(NODES);

    private static Site site;
    private static Path mount;
    private static Homes homes;

    @BeforeAll
    static void makeSite() throws IOException, URISyntaxException {
        Path backing = BED.directory().resolve("backing");
        Path mpiJar = Path.of(mpi.MPI
                .class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        site = Site.make(backing, BED, mpiJar);
        mount = BED.share("site", backing, "entry=600", "attr=600");
        homes = new Homes(
                mount + "/jdk",
                List.of(mount + "/bootcast", mount + "/app"),
                List.of(mount + "/openmpi"),
                site.libraryPath(mount));
    }

    private static SystemCalls trace(String name, List<String> words) throws IOException {
        Path traces = BED.directory().resolve("traces-" + name);
        Map<String, String> environment = new LinkedHashMap<>(site.environment(mount));
        environment.put("BOOTCAST_TESTBED_TRACE_BYTES", "0");
        Result result = BED.job(NODES, PER_NODE, environment, BED.traced(traces, words))
                .with("PATH", site.path(mount))
                .with("HOME", mount + "/home")
                .with("MPIRUN_OPTIONS", "--wdir " + mount + "/home")
                .in(Path.of("/"))
                .within(Duration.ofSeconds(80))
                .run()
                .expect(0);
        if (name.equals("sh")) {
            assertEquals("", result.out());
        } else {
            List<String> lines = result.lines().stream().sorted().toList();
            assertEquals(List.of("rank 0 of 4", "rank 1 of 4", "rank 2 of 4", "rank 3 of 4"), lines);
        }
        return SystemCalls.read(traces, mount + "/home", homes).below(mount.toString());
    }

    @Test
    void ranksWhenEverythingIsSharedAddFewOpensAndNoFailedOnes() throws IOException {
        List<String> application = List.of("-cp", mount + "/app/lib/*:" + mount + "/app/classes", "example.MpiHello");
        List<String> stockWords = new ArrayList<>(List.of(mount + "/jdk/bin/java"));
        stockWords.addAll(application);
        List<String> runWords = new ArrayList<>(List.of(mount + "/bootcast/bin/bootcast", "run"));
        runWords.addAll(application);

        SystemCalls stock = trace("stock", stockWords);
        SystemCalls run = trace("run", runWords);
        SystemCalls shell = trace("sh", List.of("/bin/sh", "-c", "true"));

        StringBuilder report = new StringBuilder();
        for (int rank = 1; rank < NODES * PER_NODE; rank++) {
            report.append(table(rank, stock.ofRank(rank), run.ofRank(rank), shell.ofRank(rank)));
        }
        System.out.println(report);
        Files.writeString(BED.checkout().resolve("benchmarks/target/site-layout.txt"), report);
        for (int rank = 1; rank < NODES * PER_NODE; rank++) {
            check(stock.ofRank(rank), run.ofRank(rank), shell.ofRank(rank));
        }
    }

    /** The class path is what is saved; the rest is what Bootcast may add to. */
    private static SystemCalls withoutClassPath(SystemCalls calls) {
        return calls.where(call -> !call.isBelow(mount + "/app"));
    }

    /** The search of the shell's own libraries, which the kernel's {@code #!} brings with it whatever the script does. */
    private static SystemCalls linkerOfShell(SystemCalls calls) {
        return calls.by(Cause.LINKER).where(call -> !call.program().endsWith("/java"));
    }

    private static SystemCalls opens(SystemCalls calls) {
        return calls.of(Call.Kind.OPEN);
    }

    private static void check(SystemCalls stock, SystemCalls run, SystemCalls shell) {
        SystemCalls stockOpens = opens(withoutClassPath(stock));
        SystemCalls runOpens = opens(run);

        assertEquals(0, run.below(mount + "/app").count(), () -> run.below(mount + "/app")
                .toString());
        assertEquals(
                opens(shell).failed().count(),
                linkerOfShell(runOpens).failed().count(),
                "the shell looks for its libraries as a bare sh -c true does");
        SystemCalls own = runOpens.where(call -> call.cause() == Cause.WRAPPER || call.cause() == Cause.BOOTCAST);
        assertEquals("", own.failed().toString());
        int failedAdded = runOpens.failed().count()
                - linkerOfShell(runOpens).failed().count()
                - stockOpens.failed().count();
        assertEquals(
                0,
                failedAdded,
                () -> "stock\n" + stockOpens.failed().byPath() + "\nrun\n"
                        + runOpens.failed().byPath());
        int added = runOpens.succeeded().count() - stockOpens.succeeded().count();
        assertTrue(
                added <= MOST_OPENS_ADDED,
                () -> "added=" + added + "\nstock\n" + stockOpens.succeeded().byPath() + "\nrun\n"
                        + runOpens.succeeded().byPath());
    }

    private static String table(int rank, SystemCalls stock, SystemCalls run, SystemCalls shell) {
        StringBuilder text = new StringBuilder("rank " + rank + ", calls on the shared file system, JDK "
                + Runtime.version().feature() + ": stock java | bootcast run\n");
        text.append(CallTable.head());
        SystemCalls stockPath = stock.below(mount + "/app");
        text.append(CallTable.row("class path", stockPath, run.below(mount + "/app")));
        for (Cause cause : Cause.values()) {
            SystemCalls ofRun = withoutClassPath(run.by(cause));
            if (cause == Cause.LINKER) {
                text.append(CallTable.row("linker, of the shell", stock.where(call -> false), linkerOfShell(run)));
                ofRun = ofRun.where(call -> call.program().endsWith("/java"));
            }
            text.append(CallTable.row(
                    cause.name().toLowerCase(java.util.Locale.ROOT), withoutClassPath(stock.by(cause)), ofRun));
        }
        text.append(CallTable.row("all", stock, run));
        int added = opens(run).succeeded().count()
                - opens(withoutClassPath(stock)).succeeded().count();
        int shellFailed = linkerOfShell(opens(run)).failed().count();
        int failed = opens(run).failed().count()
                - opens(withoutClassPath(stock)).failed().count();
        text.append("added by wrapper and Bootcast: opens " + added + ", failed opens " + (failed - shellFailed)
                + ", and " + shellFailed + " failed ones of the shell's linker (a bare sh -c true makes "
                + opens(shell).failed().count() + ")\n\n");
        return text.toString();
    }
}
