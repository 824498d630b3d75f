package io.bootcast.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code SystemCalls} says of programs whose calls are known. */
class SystemCallsOfRealProgramsTest {
    @TempDir
    Path directory;

    private Path shared;
    private Path traces;

    @BeforeEach
    void makeFiles() throws IOException {
        assumeTrue(new File("/usr/bin/strace").canExecute(), "needs strace");
        directory = directory.toRealPath();
        shared = Files.createDirectories(directory.resolve("shared"));
        traces = directory.resolve("traces");
        Files.writeString(shared.resolve("a file"), "hello\n");
        Files.createSymbolicLink(directory.resolve("link"), shared.resolve("a file"));
    }

    private SystemCalls trace(Homes homes, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(script().toString(), traces.toString()));
        all.addAll(List.of(words));
        Process process = new ProcessBuilder(all)
                .directory(shared.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        boolean ended = process.waitFor(30, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended, "deadline passed");
        return SystemCalls.read(traces, shared.toString(), homes);
    }

    private static Path script() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("scripts/testbed/trace"))) {
            at = at.getParent();
        }
        return at.resolve("scripts/testbed/trace");
    }

    @Test
    void catWhenGivenRelativePathsAndLinksIsSeenToReachTheFiles() throws Exception {
        SystemCalls calls =
                trace(Homes.NONE, "cat", "a file", "../link", "none").below(shared.toString());

        assertEquals(
                Map.of("a file", 2, "none", 1),
                Map.of(
                        "a file",
                                calls.of(Call.Kind.OPEN)
                                        .below(shared + "/a file")
                                        .count(),
                        "none",
                                calls.of(Call.Kind.OPEN)
                                        .failed()
                                        .below(shared + "/none")
                                        .count()));
        assertEquals(3, calls.of(Call.Kind.OPEN).count(), calls::toString);
        assertEquals(4, calls.of(Call.Kind.READ).count(), "two reads per file: the text and the end");
        assertEquals(2, calls.of(Call.Kind.CLOSE).count());
    }

    @Test
    void shellWhenItChangesDirectoryAndForksIsFollowed() throws Exception {
        SystemCalls calls = trace(Homes.NONE, "sh", "-c", "cd ..; (cd shared; cat 'a file'); test -e 'shared/a file'");

        SystemCalls found = calls.below(shared + "/a file");
        assertEquals(1, found.of(Call.Kind.OPEN).count(), found::toString);
        assertEquals(
                1,
                found.where(call -> call.path().equals(shared + "/a file")
                                        && call.name().contains("stat")
                                || call.name().contains("access"))
                        .where(call -> call.program().endsWith("sh"))
                        .count(),
                found::toString);
    }

    @Test
    void javaWhenItRunsAClassOpensItsJdkAndTheClass() throws Exception {
        String home = System.getProperty("java.home");
        Path type = Files.createDirectories(shared.resolve("example")).resolve("Hello.class");
        try (var in = getClass().getResourceAsStream("/example/Hello.class")) {
            Files.copy(in, type);
        }
        Homes homes = new Homes(home, List.of(shared.toString()), List.of(), List.of());

        SystemCalls calls = trace(homes, home + "/bin/java", "-cp", ".", "example.Hello");

        assertEquals("hello" + System.lineSeparator(), Files.readString(directory.resolve("output")));
        assertEquals(1, calls.of(Call.Kind.OPEN).below(type.toString()).count());
        assertEquals(1, calls.of(Call.Kind.OPEN).below(home + "/lib/modules").count());
        assertEquals(0, calls.by(Cause.WRAPPER).count(), calls.by(Cause.WRAPPER)::toString);
        assertEquals(0, calls.by(Cause.OPEN_MPI).count(), calls.by(Cause.OPEN_MPI)::toString);
        assertTrue(calls.by(Cause.LINKER).failed().count() > 0, "libraries are looked for in the JDK first");
    }
}
