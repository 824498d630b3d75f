package io.bootcast.acceptance;

import io.bootcast.acceptance.Command.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * The cluster of {@code scripts/testbed} for one test class, from before its first test until after its last:
 *
 * <pre>
 * &#64;RegisterExtension
 * static final TestBed BED = new TestBed(2);
 * …
 * Path shared = BED.share("shared", backing, "entry=60", "attr=60");
 * BED.job(2, 4, Map.of("JAVA_HOME", BED.javaHome()), List.of(BED.bootcast(), "run", "-cp", shared + "/*", "Main"))
 *     .in(Path.of("/")).run().expect(0);
 * </pre>
 *
 * There is one test bed per host: other test classes and other processes that use this class wait until it is free. A process of its own
 * holds the lock; it takes the test bed down, too, if the tests' JVM is killed. Without root the tests are skipped.
 */
final class TestBed implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
    private static final String LOCK = "/run/bootcast-testbed.lock";
    private static final Path STATE = Path.of("/run/bootcast-testbed");
    private static final Duration WAIT_FOR_OTHERS = Duration.ofMinutes(20);
    /** Waits 3 minutes for a test bed that was made without the lock, says "locked", and takes ours down when its input has ended. */
    private static final String GUARD =
            """
            trap '' TERM INT HUP
            tries=180
            while [ -e "$1" ]; do
              [ $tries -gt 0 ] || { echo "a test bed is up: state=$1 ($0 down)"; exit 1; }
              tries=$((tries - 1))
              sleep 1
            done
            echo locked
            cat >/dev/null
            exec "$0" down""";

    private final int nodes;
    private final Path checkout = findCheckout();
    /** Has {@code bin/bootcast} and {@code lib/}; from the property {@code bootcast.home}, or null for what the checkout has built. */
    private final String otherInstallation = System.getProperty("bootcast.home");

    private Path directory = checkout.resolve("benchmarks/target/testbed");
    private Process guard;

    /** A cluster of {@code nodes} nodes; made by {@link #up}, or by JUnit. */
    TestBed(int nodes) {
        this.nodes = nodes;
    }

    private static Path findCheckout() {
        Path found = Path.of(System.getProperty("bootcast.checkout", "")).toAbsolutePath();
        while (!Files.isDirectory(found.resolve("scripts/testbed"))) {
            found = found.getParent();
            if (found == null) {
                throw new IllegalStateException(
                        "no scripts/testbed above " + Path.of("").toAbsolutePath());
            }
        }
        return found;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        up(context.getRequiredTestClass().getSimpleName());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    /** Brings the nodes up, and makes an empty directory for the files of test {@code name}. */
    void up(String name) {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new TestAbortedException("only the superuser can make the test bed's nodes");
        }
        if (!Files.exists(bootcastJars().resolve("bootcast.jar"))) {
            throw new IllegalStateException("no bootcast.jar in " + bootcastJars() + ": run mvn package");
        }
        try {
            lock();
            directory = directory.resolve(name);
            delete(directory);
            Files.createDirectories(directory);
            script("nodes", "up", Integer.toString(nodes));
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void lock() throws IOException {
        List<String> words = new ArrayList<>(List.of("flock", "-o", "-w", Long.toString(WAIT_FOR_OTHERS.toSeconds())));
        words.addAll(List.of(LOCK, "sh", "-c", GUARD, tool("nodes"), STATE.toString()));
        guard = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader answers =
                new BufferedReader(new InputStreamReader(guard.getInputStream(), StandardCharsets.UTF_8));
        String answer = answers.readLine();
        if (!"locked".equals(answer)) {
            String reason = answer == null ? "the test bed is in use: lock=" + LOCK : answer;
            throw new IllegalStateException(reason + " waited=" + WAIT_FOR_OTHERS);
        }
    }

    /** Takes down the nodes and all that runs there, and lets the next one in. */
    @Override
    public void close() {
        if (guard == null) {
            return;
        }
        try {
            guard.getOutputStream().close();
            int status = guard.waitFor();
            if (status != 0 || Files.exists(STATE)) {
                throw new AssertionError("the test bed is not down: status=" + status + " state=" + STATE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted: the test bed is taken down in the background", e);
        } finally {
            guard = null;
        }
    }

    // ---- places -----------------------------------------------------------------------------------------------------

    Path checkout() {
        return checkout;
    }

    /** The directory for this test's files, empty at first, which host and nodes see under the same path. Left for inspection. */
    Path directory() {
        return directory;
    }

    /** The JDK that runs this test: that of the jobs too. */
    String javaHome() {
        return System.getProperty("java.home");
    }

    String java() {
        return javaHome() + "/bin/java";
    }

    /** The wrapper. It takes its JDK from {@code JAVA_HOME}. */
    String bootcast() {
        return otherInstallation == null
                ? checkout.resolve("scripts/bootcast").toString()
                : otherInstallation + "/bin/bootcast";
    }

    /** The directory of Bootcast's jars. */
    Path bootcastJars() {
        return otherInstallation == null ? checkout.resolve("target/bootcast/lib") : Path.of(otherInstallation, "lib");
    }

    private String tool(String name) {
        return checkout.resolve("scripts/testbed").resolve(name).toString();
    }

    // ---- jobs -------------------------------------------------------------------------------------------------------

    /** {@code words} as one rank of a job under {@code trace}, which writes {@code traces/rankR.PID}; see {@code SystemCalls}. */
    List<String> traced(Path traces, List<String> words) {
        List<String> all = new ArrayList<>(List.of(tool("trace"), traces.toString()));
        all.addAll(words);
        return all;
    }

    /** {@code mpirun} of {@code words} on the first nodes. The ranks get {@code environment}, PATH, HOME and Open MPI's variables only. */
    Command job(int jobNodes, int perNode, Map<String, String> environment, List<String> words) {
        List<String> all = new ArrayList<>(List.of(tool("mpinodes"), "-x", "HOME", "--allow-run-as-root"));
        environment.forEach((name, value) -> all.addAll(List.of("-x", name + "=" + value)));
        all.addAll(List.of("--", Integer.toString(jobNodes), Integer.toString(perNode)));
        all.addAll(words);
        return Command.of(all);
    }

    /** {@code words} in node {@code node} (1 is the first), with the environment of the test. */
    Command onNode(int node, String... words) {
        List<String> all = new ArrayList<>(List.of(tool("nodes"), "sh", Integer.toString(node)));
        all.addAll(List.of(words));
        return Command.of(all);
    }

    /** {@code scripts/testbed/NAME ARGUMENTS}, for what has no method here; fails if it fails. */
    Result script(String name, String... arguments) {
        List<String> all = new ArrayList<>(List.of(tool(name)));
        all.addAll(List.of(arguments));
        return Command.of(all).run().expect(0);
    }

    // ---- the shared directory ---------------------------------------------------------------------------------------

    /** Shows {@code backing} read-only in every node, and returns where: a path below {@link #directory} that only nodes see. */
    Path share(String name, Path backing, String... settings) {
        Path mount = directory.resolve(name);
        List<String> arguments = new ArrayList<>(List.of("up", mount.toString(), backing.toString()));
        arguments.addAll(List.of(settings));
        script("sharedfs", arguments.toArray(new String[0]));
        return mount;
    }

    /** Sets all counts of requests to 0. */
    void resetRequests() {
        script("sharedfs", "reset");
    }

    /** The requests of {@code node} to the shared file system's server by kind, those that came. Bytes and times are no requests: left out. */
    Map<String, Long> requests(int node) {
        Map<String, Long> found = new LinkedHashMap<>();
        for (String line : script("sharedfs", "stat").lines()) {
            String[] fields = line.split(" ");
            if (!fields[0].equals("node" + node)) {
                continue;
            }
            for (String field : List.of(fields).subList(1, fields.length)) {
                String[] pair = field.split("=");
                long value = Long.parseLong(pair[1]);
                if (value != 0 && !pair[0].equals("bytes") && !pair[0].endsWith("_ms")) {
                    found.put(pair[0], value);
                }
            }
        }
        return found;
    }

    /** Removes a file tree, if it is there. */
    static void delete(Path tree) throws IOException {
        if (Files.notExists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
