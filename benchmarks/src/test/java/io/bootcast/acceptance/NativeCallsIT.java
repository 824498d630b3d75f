package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.acceptance.Command.Result;
import io.bootcast.bench.Call;
import io.bootcast.bench.Homes;
import io.bootcast.bench.SystemCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Native libraries and files on the shared directory: rank 0 alone asks for them, and opens each once. Counted by each rank's system calls, those of the dynamic linker
 * among them, and by the file system's server.
 */
class NativeCallsIT {
    @RegisterExtension
    static final TestBed BED = new TestBed(2);

    private static Path shared;

    @BeforeAll
    static void makeApplication() throws IOException {
        Path backing = BED.directory().resolve("backing");
        NativeFiles.make(BED.checkout(), backing);
        shared = BED.share("shared", backing, "entry=600", "attr=600");
    }

    private static Result job(Path traces, List<String> java, String... options) {
        List<String> words = new java.util.ArrayList<>(java);
        words.addAll(List.of(options));
        words.addAll(List.of("-cp", shared + "/lib/app.jar:" + shared + "/classes", "example.NativeApp"));
        words.addAll(List.of("load:nativetop", "answer", "load:nativelink", "other:nativejar"));
        words.addAll(List.of("resource:libs/libnativeres.so", "child:nativetop", "conf:resource", "maps"));
        Map<String, String> environment = Map.of("JAVA_HOME", BED.javaHome(), "BOOTCAST_TESTBED_TRACE_BYTES", "0");
        return BED.job(2, 1, environment, BED.traced(traces, words))
                .in(Path.of("/"))
                .run()
                .expect(0);
    }

    /** By {@code java.library.path} the JVM asks for MPI's own library there, before anything could be carried, and for nothing else. */
    @ParameterizedTest
    @CsvSource({"--native=,0", "-Djava.library.path=,1"})
    void librariesAndFilesWhenSharedAreAskedForByRankZeroOnly(String option, int lookupsOfMpi) throws IOException {
        Path traces = BED.directory().resolve("traces" + lookupsOfMpi);
        BED.resetRequests();

        Result result = job(
                traces,
                List.of(BED.bootcast(), "run", "--transport=mpi"),
                "--with-files=" + shared + "/conf",
                option + shared + "/native");

        Map<String, Integer> ofMpi = lookupsOfMpi == 0 ? Map.of() : Map.of(shared + "/native/libmpi_java.so", 1);
        assertEquals(
                lookupsOfMpi == 0 ? Map.of() : Map.of("lookup_neg", 1L), BED.requests(2), "of the node without root");
        SystemCalls calls = SystemCalls.read(traces, "/", Homes.NONE).below(shared.toString());
        assertEquals(ofMpi, calls.ofRank(1).byPath());
        Map<String, Integer> opens = new HashMap<>(calls.of(Call.Kind.OPEN).byPath());
        calls.of(Call.Kind.LIST).list().forEach(call -> opens.remove(call.path()));
        assertEquals(expectedOpens(), opens);
        assertEquals(2, count(result, "answer 111"));
        assertEquals(2, count(result, "conf configured"));
        assertEquals(
                2,
                result.lines().stream()
                        .filter(line -> line.startsWith("maps ") && !line.contains(" " + shared))
                        .count());
        System.out.println("NativeCallsIT, " + option + ": rank 0 "
                + calls.ofRank(0).count() + " calls " + calls.ofRank(0).byKind() + ", rank 1 "
                + calls.ofRank(1).byPath());
    }

    private static long count(Result result, String expected) {
        return result.lines().stream().filter(expected::equals).count();
    }

    /** Each file once. Links to files are not opened. */
    private static Map<String, Integer> expectedOpens() {
        Map<String, Integer> expected = new HashMap<>();
        for (String name : List.of(
                "lib/app.jar",
                "lib/libnativejar.so",
                "native/libnativetop.so",
                "pkg/libnativelinked.so.1",
                "classes/libs/libnativeres.so",
                "dep/libnativemid.so.1.0",
                "dep/deeper/libnativeleaf.so",
                "conf/app.txt")) {
            expected.put(shared + "/" + name, 1);
        }
        // A link to a directory: opened by its own name, and listed under that of the directory.
        expected.put(shared + "/resdep", 1);
        return expected;
    }

    /** Whoever reads this test shall know that its program asks for files where they are not carried. */
    @Test
    void librariesWhenStockAreAskedForByEveryRank() throws IOException {
        Path traces = BED.directory().resolve("traces-stock");

        job(traces, List.of(BED.java()), "-Djava.library.path=" + shared + "/native:" + shared + "/lib");

        SystemCalls calls = SystemCalls.read(traces, "/", Homes.NONE).below(shared.toString());
        assertEquals(Set.of(0, 1), calls.ranks());
        assertTrue(calls.of(Call.Kind.OPEN).byPath().containsKey(shared + "/native/libnativetop.so"));
        System.out.println("NativeCallsIT: stock java: each rank "
                + calls.ofRank(1).count() + " calls " + calls.ofRank(1).byKind());
    }
}
