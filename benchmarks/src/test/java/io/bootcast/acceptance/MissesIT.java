package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.acceptance.Command.Result;
import io.bootcast.bench.Call;
import io.bootcast.bench.Homes;
import io.bootcast.bench.SystemCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is in no jar is looked for in no jar: a miss is answered from the index. */
class MissesIT {
    private static final int MISSES = 10_000;

    /** On its own lib/modules, when a JDK class is loaded at that very moment: seen once in some fifty runs, one call for 20,000 misses. */
    private static final int MOST_OF_THE_JVM = 2;

    @RegisterExtension
    static final TestBed BED = new TestBed(2);

    @Test
    void missesOnARankThatIsNotRootMakeNoCall() throws IOException {
        Path backing = BED.directory().resolve("backing");
        Jars jars = Jars.make(backing, 5, example.MissesApp.class);
        Path shared = BED.share("shared", backing);
        Path traces = BED.directory().resolve("traces");
        List<String> words = List.of(
                BED.bootcast(),
                "run",
                "--transport",
                "mpi",
                "-cp",
                jars.classPath(shared),
                "example.MissesApp",
                Integer.toString(MISSES));

        Result result = BED.job(2, 1, Map.of("JAVA_HOME", BED.javaHome()), BED.traced(traces, words))
                .in(Path.of("/"))
                .run()
                .expect(0);

        String found = "classes=" + MISSES + " resources=" + MISSES;
        assertEquals(List.of(found, found), result.lines());
        SystemCalls calls = SystemCalls.read(traces, "/", Homes.NONE).ofRank(1);
        SystemCalls between = calls.between("/MARK-begin", "/MARK-end");
        SystemCalls onFiles = between.where(Call::usesFile);
        SystemCalls ofTheJvm = onFiles.where(call -> call.path().endsWith("/lib/modules"));
        assertEquals(ofTheJvm.count(), onFiles.count(), onFiles::toString);
        assertTrue(ofTheJvm.count() <= MOST_OF_THE_JVM, onFiles::toString);
        System.out.println("MissesIT: " + found + " absent, rank 1: 0 calls with a path or a descriptor, "
                + between.count() + " others");
    }
}
