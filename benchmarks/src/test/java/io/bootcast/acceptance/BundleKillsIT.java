package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.acceptance.Command.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/**
 * Whenever {@code stage} is killed, the next one makes it good, and {@code clean} removes all. The points are system calls, chosen by a seeded random number out of those that a
 * traced run has made: strace sends SIGKILL where the call begins. Each run has a {@code /dev/shm} and a temporary directory of its own.
 */
class BundleKillsIT {
    private static final long SEED = 4;
    private static final int SIGKILL_EXIT = 128 + 9;
    private static final List<String> NODES = List.of("node0/shm", "node1/shm");
    private static final int JARS = 5;
    private static final int LARGE_BYTES = 6 << 20;
    /** Of a blob, and not of a control message. */
    private static final long LEAST_SENT_BYTES = 64 << 10;

    private static final Path STORE = Path.of("/dev/shm/bootcast-" + userId());
    private static final String IN_PLACE = "mount --bind \"$0\" /dev/shm && exec \"$@\"";
    /** The words of a rank; those of rank 0 are the trace's first. */
    private static final String RANK =
            """
            node=$0/node$OMPI_COMM_WORLD_RANK/shm
            trace=$1
            shift
            [ "$OMPI_COMM_WORLD_RANK" = 0 ] || trace=
            exec unshare -m sh -c 'mount --bind "$0" /dev/shm && exec "$@"' "$node" $trace "$@"
            """;

    @TempDir
    static Path directory;

    private static List<String> app;
    private static Path packed;
    private static Path unpacked;
    private static String expected;

    private final Random random = new Random(SEED);
    private final Path place = directory.resolve("place");

    /** Where the process is killed: a system call on certain files. */
    enum Point {
        READ("read", 3),
        WRITE("write", 3),
        RENAME("rename", 2),
        LINK("link", 1);

        private final String call;
        private final int times;

        Point(String call, int times) {
            this.call = call;
            this.times = Boolean.getBoolean("bootcast.full") ? 4 * times : times;
        }

        /** What the traced call names. */
        String file(Path bundle) {
            return this == READ ? bundle.toString() : STORE + "/";
        }
    }

    @BeforeAll
    static void build() throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new TestAbortedException("only the superuser can give a process a /dev/shm of its own");
        }
        Path home = directory.resolve("app");
        Jars jars = Jars.make(home, JARS, example.CallsApp.class);
        byte[] content = new byte[LARGE_BYTES];
        new Random(SEED).nextBytes(content);
        Path large = home.resolve("lib/large.jar");
        try (OutputStream out = Files.newOutputStream(large);
                JarOutputStream zip = new JarOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("large.bin"));
            zip.write(content);
        }
        app = List.of("-cp", jars.classPath(home) + ":" + large, "example.CallsApp", Integer.toString(JARS));
        packed = directory.resolve("packed.tar.zst");
        unpacked = directory.resolve("unpacked.tar");
        starts(packed).build(List.of("--no-archives"), app).run().expect(0);
        starts(unpacked)
                .build(List.of("--no-archives", "--compression", "none"), app)
                .run()
                .expect(0);
        expected = Command.of(LocalStarts.stock(List.of(), app)).run().expect(0).out();
    }

    private static BundleStarts starts(Path bundle) {
        return new BundleStarts(bundle, STORE);
    }

    private static String userId() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void makePlace() throws IOException {
        for (String name : List.of("shm", "tmp", "node0/shm", "node1/shm")) {
            Files.createDirectories(place.resolve(name));
        }
    }

    @AfterEach
    void removePlace() throws IOException {
        TestBed.delete(place);
    }

    @ParameterizedTest
    @EnumSource
    void stageWhenItWasKilledBeforeMakesItGoodAndCleanLeavesNothing(Point point) throws IOException {
        Path bundle = point == Point.WRITE ? unpacked : packed;
        List<String> only = point == Point.READ ? List.of("-P", bundle.toString()) : List.of();
        stageInPlace(bundle, strace(point.call, only)).run().expect(0);
        List<Integer> calls = calls(point, bundle).ordinals(0);
        Map<String, String> whole = image(bundle, "shm");
        assertNothingLeftByClean(bundle, "shm");
        for (int ordinal : chosen(calls, point.times)) {
            System.out.println("BundleKillsIT: killed in " + point.call + " " + ordinal + " of " + calls.size());

            stageInPlace(bundle, kill(point.call, ordinal, only)).run().expect(SIGKILL_EXIT);

            assertTrue(calls(point, bundle).endsInside(), () -> "not killed in the store's calls: " + ordinal);
            stageInPlace(bundle, List.of()).run().expect(0);
            assertEquals(whole, image(bundle, "shm"));
            assertEquals(expected, output(bundle, "shm"));
            assertNothingLeftByClean(bundle, "shm");
        }
    }

    /** zstd's library is unpacked before a bundle is read. */
    @Test
    void stageWhenItWasKilledWhileItUnpacksZstdLeavesNoLibrary() throws IOException {
        stageInPlace(packed, strace("write", List.of())).run().expect(0);
        List<Integer> calls = CountedCalls.of(trace(), "write", "libzstd").ordinals(0);
        assertNothingLeftByClean(packed, "shm");
        int ordinal = chosen(calls, 1).get(0);

        stageInPlace(packed, kill("write", ordinal, List.of())).run().expect(SIGKILL_EXIT);

        assertTrue(CountedCalls.of(trace(), "write", "libzstd").endsInside());
        stageInPlace(packed, List.of()).run().expect(0);
        assertNothingLeftByClean(packed, "shm");
    }

    /** Two nodes, and TCP between them: what is sent are system calls then. */
    @Test
    void stageOfTwoNodesWhenRootWasKilledWhileItSendsMakesItGood() throws IOException {
        stageOnNodes(strace("writev", List.of())).run().expect(0);
        List<Integer> calls = CountedCalls.of(trace(), "writev", "<socket:").ordinals(LEAST_SENT_BYTES);
        Map<String, String> whole = image(packed, "node0/shm");
        assertEquals(whole, image(packed, "node1/shm"));
        for (String node : NODES) {
            assertNothingLeftByClean(packed, node);
        }
        int ordinal = chosen(calls, 1).get(0);
        System.out.println("BundleKillsIT: killed in writev " + ordinal + " of those that send: " + calls);

        Result killed = stageOnNodes(kill("writev", ordinal, List.of())).run();

        assertNotEquals(0, killed.exitCode(), killed::toString);
        assertTrue(CountedCalls.of(trace(), "writev", "<socket:").endsInside(), killed::toString);
        stageOnNodes(List.of()).run().expect(0);
        for (String node : NODES) {
            assertEquals(whole, image(packed, node));
            assertEquals(expected, output(packed, node));
            assertNothingLeftByClean(packed, node);
        }
    }

    private List<Integer> chosen(List<Integer> calls, int times) {
        List<Integer> shuffled = new ArrayList<>(calls);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, times);
    }

    // ---- commands ---------------------------------------------------------------------------------------------------

    private static Path trace() {
        return directory.resolve("trace");
    }

    private static CountedCalls calls(Point point, Path bundle) throws IOException {
        return CountedCalls.of(trace(), point.call, point.file(bundle));
    }

    private static List<String> strace(String call, List<String> more) {
        List<String> words = new ArrayList<>(List.of("strace", "-f", "-y", "-s", "0", "-o", trace().toString()));
        words.addAll(List.of("-e", "trace=" + call));
        words.addAll(more);
        return words;
    }

    /** strace counts each thread by itself; with --seccomp-bpf its kill does not come. */
    private static List<String> kill(String call, int ordinal, List<String> more) {
        List<String> words = strace(call, more);
        words.addAll(List.of("-e", "inject=" + call + ":signal=KILL:when=" + ordinal));
        return words;
    }

    private Command stageInPlace(Path bundle, List<String> tracer) {
        return in("shm", starts(bundle).stage().after(tracer.toArray(new String[0])));
    }

    /** {@code command} with {@code name} as its /dev/shm. */
    private Command in(String name, Command command) {
        return command.after(
                        "unshare",
                        "-m",
                        "sh",
                        "-c",
                        IN_PLACE,
                        place.resolve(name).toString())
                .with("TMPDIR", place.resolve("tmp").toString())
                .with("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + place.resolve("tmp"));
    }

    private Command stageOnNodes(List<String> tracer) {
        return starts(packed)
                .stage()
                .after(
                        "mpirun",
                        "-n",
                        "2",
                        "--oversubscribe",
                        "--allow-run-as-root",
                        "--mca",
                        "pml",
                        "ob1",
                        "--mca",
                        "btl",
                        "tcp,self",
                        "sh",
                        "-c",
                        RANK,
                        place.toString(),
                        String.join(" ", tracer))
                .with("TMPDIR", place.resolve("tmp").toString())
                .with("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + place.resolve("tmp"));
    }

    private String output(Path bundle, String node) {
        List<String> program = List.of("example.CallsApp", Integer.toString(JARS));
        return in(node, starts(bundle).java(List.of(BundleStarts.NO_PERF_DATA), program))
                .run()
                .expect(0)
                .out();
    }

    // ---- what is there ----------------------------------------------------------------------------------------------

    /** The digests of the image's files. Those of the launch list are compared with it here. */
    private Map<String, String> image(Path bundle, String node) throws IOException {
        Path store = place.resolve(node).resolve(STORE.getFileName());
        Path image = new BundleStarts(bundle, store).image();
        Map<String, String> found = BundleStarts.content(image);
        for (String line : Files.readAllLines(image.resolve("launch/list"))) {
            String[] fields = line.split("\t");
            if (fields[0].equals("file")) {
                assertEquals(fields[1], found.get(fields[4]), line);
            }
        }
        found.keySet().removeAll(List.of("stamps", "lease", "keep"));
        return found;
    }

    /** Removes the store as users do; nothing of it, and nothing else, is there afterwards. */
    private void assertNothingLeftByClean(Path bundle, String node) throws IOException {
        in(node, starts(bundle).clean()).run().expect(0);
        assertEquals(Map.of("", "directory"), BundleStarts.content(place.resolve(node)));
        assertEquals(List.of(), temporaryFiles());
    }

    /** JVMs without -XX:-UsePerfData, such as that of clean, leave an empty directory; files are what counts. */
    private List<String> temporaryFiles() throws IOException {
        return BundleStarts.content(place.resolve("tmp")).entrySet().stream()
                .filter(file -> !file.getValue().equals("directory"))
                .map(Map.Entry::getKey)
                .toList();
    }
}
