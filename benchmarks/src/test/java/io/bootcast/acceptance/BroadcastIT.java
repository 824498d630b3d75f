package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The demo's blobs to 4 nodes, against a bare {@code MPI_Bcast} of the same jars with the same chunk size into fresh tmpfs files. Root's store is kept and the
 * others' are emptied before each round, so that the broadcast is measured and not root's reading.
 */
@Tag("once") // for one JDK: what it measures is MPI's and the store's
class BroadcastIT {
    private static final int NODES = 4;
    private static final boolean FULL = Boolean.getBoolean("bootcast.full");
    private static final int ROUNDS = FULL ? 11 : 3;

    /** The bound itself is held by the median of eleven rounds; of three on a shared machine the best only finds what has gone wrong. */
    private static final double LEAST = FULL ? 0.80 : 0.60;

    private static final String CHUNK_BYTES = Integer.toString(4 << 20);

    @RegisterExtension
    static final TestBed BED = new TestBed(NODES);

    @Test
    void broadcastWhenThreeNodesLackAllIsNearlyAsFastAsBareMpi() throws IOException {
        HibernateApp app = HibernateApp.in(BED.checkout());
        double[] bare = new double[ROUNDS];
        double[] hashed = new double[ROUNDS];
        double[] ours = new double[ROUNDS];
        run(app);

        for (int round = 0; round < ROUNDS; round++) {
            bare[round] = bare(app);
            for (int node = 2; node <= NODES; node++) {
                BED.onNode(node, "rm", "-rf", "/dev/shm/bootcast-0").run().expect(0);
            }
            ours[round] = run(app);
            hashed[round] = bare(app, "hash");
        }

        double[] ratios = Cpu.ratios(ours, bare);
        System.out.printf(
                "broadcast to %d nodes, MB/s: bootcast %.0f, bare MPI_Bcast %.0f (with SHA-256 at each end %.0f); ratio %s%n",
                NODES, Cpu.median(ours), Cpu.median(bare), Cpu.median(hashed), Cpu.summary(ratios));
        double held = FULL ? Cpu.median(ratios) : Arrays.stream(ratios).max().orElseThrow();
        assertTrue(held >= LEAST, () -> "ratio=" + held + " expected at least " + LEAST);
    }

    /** Megabytes per second of the bare broadcast. */
    private static double bare(HibernateApp app, String... more) {
        String classes =
                BED.checkout().resolve("benchmarks/target/test-classes").toString();
        List<String> words = new java.util.ArrayList<>(List.of(
                BED.java(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes + ":" + BED.checkout().resolve("target/bootcast/lib/mpi.jar") + ":"
                        + BED.checkout().resolve("target/bootcast/lib/bootcast.jar"),
                "example.BareBroadcast",
                app.directory().resolve("lib").toString(),
                CHUNK_BYTES));
        words.addAll(List.of(more));
        String line = BED.job(NODES, 1, Map.of(), words)
                .in(Path.of("/"))
                .run()
                .expect(0)
                .lines()
                .get(0);
        String[] fields = line.split(" ");
        assertEquals("bytes", fields[0], line);
        return Double.parseDouble(fields[1]) * 1000 / Double.parseDouble(fields[3]);
    }

    /** Megabytes per second of Bootcast's broadcast step, at the slowest leader. */
    private static double run(HibernateApp app) throws IOException {
        Path report = BED.directory().resolve("report.json");
        List<String> words = List.of(
                BED.bootcast(),
                "run",
                "--keep",
                "--report",
                report.toString(),
                "-cp",
                app.classPath(),
                HibernateApp.MAIN,
                "quiet");
        BED.job(NODES, 1, Map.of("JAVA_HOME", BED.javaHome()), words)
                .in(Path.of("/"))
                .within(Duration.ofMinutes(2))
                .run()
                .expect(0);
        String json = Files.readString(report);
        return number(json, "\"bytesSent\": (\\d+)") / 1000 / number(json, "\"broadcast\": .*\"max\": ([0-9.]+)");
    }

    private static double number(String json, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(json);
        assertTrue(matcher.find(), json);
        return Double.parseDouble(matcher.group(1));
    }
}
