package io.bootcast.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bootcast.transport.ChildJvm;
import io.bootcast.transport.ThreadTransport;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong in the middle: a root that reads slowly or not at all, a rank that dies, a node without room. */
class DataPathFailuresTest {
    private static final int[] HOSTS = {0, 0, 1, 1};
    private static final long SECONDS = 60;

    @TempDir
    Path temporary;

    private Path fifo() throws Exception {
        Path fifo = temporary.resolve("slow.jar");
        ChildJvm.Ended made = ChildJvm.run(List.of("mkfifo", fifo.toString()), Map.of(), SECONDS);
        assumeTrue(made.exitCode == 0, "skipped: no mkfifo: " + made.err);
        return fifo;
    }

    /** Lets the reader of {@code fifo} go on: it finds an empty file. */
    private static void release(Path fifo) {
        try {
            new FileOutputStream(fifo.toFile()).close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void ranksWhenRootReadsSlowlyHearPulsesUntilItIsDone() throws Exception {
        int beforeDelivery = 2; // settings and the node's token
        int pulses = 3;
        Path fifo = fifo();
        Path jar = TestJar.write(temporary.resolve("app.jar"), 1000, 1);
        Cluster cluster = new Cluster(temporary, HOSTS);
        Settings settings = Cluster.settings(fifo, jar);
        settings.timeoutSeconds = 4;
        AtomicInteger heard = new AtomicInteger();
        AtomicInteger leadersHeard = new AtomicInteger();
        cluster.job().listener((rank, call) -> {
            if (rank == 2 && call.equals("broadcast")) {
                leadersHeard.incrementAndGet();
            }
            if (rank == 1 && call.equals("broadcast") && heard.incrementAndGet() == beforeDelivery + pulses) {
                release(fifo);
            }
        });

        List<Cluster.Rank> ranks = Cluster.values(cluster.run(settings));

        for (Cluster.Rank rank : ranks) {
            assertEquals(List.of(TestJar.digest(jar)), rank.content);
        }
        assertTrue(heard.get() > beforeDelivery + pulses, "the pulses were not the last word");
        assertTrue(leadersHeard.get() > beforeDelivery + pulses, "leaders hear, too: " + leadersHeard);
        assertTrue(ranks.get(0).line.contains("ABSENT " + fifo + " (is no jar: "), ranks.get(0).line);
        cluster.requireNothingLeft();
    }

    @Test
    void ranksWhenRootReadsNothingForTooLongFailAlike() throws Exception {
        Path fifo = fifo();
        Cluster cluster = new Cluster(temporary, HOSTS);
        Settings settings = Cluster.settings(fifo);
        settings.timeoutSeconds = 1;

        List<ThreadTransport.Outcome<Cluster.Rank>> outcomes = cluster.run(settings);

        release(fifo);
        Cluster.joinReaders();
        assertEquals(
                Collections.nCopies(
                        HOSTS.length,
                        "TIMEOUT root reads nothing: file=" + fifo
                                + " seconds=1; is the file system stuck? a longer wait: --timeout SECONDS"),
                Cluster.failures(outcomes));
        assertEquals(0, cluster.host(1).toFile().list().length);
    }

    /** Rank by rank: a follower, the leader of another node, a follower there, and root; each dies in each of its collective calls. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 0})
    void ranksWhenOneDiesInAnyCallEndInsteadOfHanging(int dying) throws Exception {
        Path jar = TestJar.write(temporary.resolve("app.jar"), 1000, 1);
        int calls = 0;
        boolean died = true;
        while (died) {
            calls++;
            int last = calls;
            Cluster cluster = new Cluster(temporary.resolve("run-" + last), HOSTS);
            AtomicInteger made = new AtomicInteger();
            cluster.job().listener((rank, call) -> {
                if (rank == dying && made.incrementAndGet() == last) {
                    throw new IllegalStateException("killed");
                }
            });

            List<String> failures = Cluster.failures(cluster.run(Cluster.settings(jar)));

            Cluster.joinReaders();
            died = failures.get(dying).equals("java.lang.IllegalStateException: killed");
            for (int rank = 0; rank < HOSTS.length; rank++) {
                String failure = failures.get(rank);
                assertTrue(
                        failure.equals("none") && (rank != dying || !died)
                                || failure.startsWith("TRANSPORT rank is gone: call=")
                                || rank == dying && died,
                        "call " + last + " rank " + rank + ": " + failure);
            }
        }

        assertTrue(calls > 6, "calls " + calls);
    }

    @Test
    void nodeWhenItHasNoRoomFallsBackAndOthersGoOn() throws Exception {
        ChildJvm.Ended ended = onFullNode(1, "fallback");

        String store = temporary + "/host-1/bootcast-" + Files.getAttribute(temporary, "unix:uid");
        String reason = "store " + store + ": cannot write a blob: No space left on device";
        assertEquals(
                "exit 0\n--- out\nimage\nimage\n" + reason + "\n" + reason + "\nleft []\nleft []\n--- err\n"
                        + "bootcast: a node loads from the plain class path: " + reason + "\n",
                ended.toString());
    }

    @Test
    void ranksWhenANodeHasNoRoomAndErrorsAbortFailAlike() throws Exception {
        ChildJvm.Ended ended = onFullNode(1, "abort");

        String store = temporary + "/host-1/bootcast-" + Files.getAttribute(temporary, "unix:uid");
        String failure = "STORE store " + store + ": cannot write a blob: No space left on device\n";
        assertEquals("exit 0\n--- out\n" + failure.repeat(4) + "left []\nleft []\n--- err\n", ended.toString());
    }

    @Test
    void ranksWhenRootHasNoRoomFallBack() throws Exception {
        ChildJvm.Ended ended = onFullNode(0, "fallback");

        String store = temporary + "/host-0/bootcast-" + Files.getAttribute(temporary, "unix:uid");
        String reason = "store " + store + ": cannot write a blob: No space left on device\n";
        assertEquals(
                "exit 0\n--- out\n" + reason.repeat(4) + "left []\nleft []\n--- err\n"
                        + "bootcast: a node loads from the plain class path: " + reason,
                ended.toString());
    }

    @Test
    void ranksWhenRootHasNoRoomAndErrorsAbortFailAlike() throws Exception {
        ChildJvm.Ended ended = onFullNode(0, "abort");

        String store = temporary + "/host-0/bootcast-" + Files.getAttribute(temporary, "unix:uid");
        String failure = "STORE store " + store + ": cannot write a blob: No space left on device\n";
        assertEquals("exit 0\n--- out\n" + failure.repeat(4) + "left []\nleft []\n--- err\n", ended.toString());
    }

    @Test
    void processWhenItIsAloneAndHasNoRoomFallsBack() throws Exception {
        ChildJvm.Ended ended = onFullNode(0, "alone");

        String store = temporary + "/host-0/bootcast-" + Files.getAttribute(temporary, "unix:uid");
        String reason = "store " + store + ": cannot write a blob: No space left on device\n";
        assertEquals(
                "exit 0\n--- out\n" + reason + "left []\n--- err\nbootcast: loads from the plain class path: " + reason,
                ended.toString());
    }

    private ChildJvm.Ended onFullNode(int host, String mode) throws Exception {
        ChildJvm.Ended able = ChildJvm.run(List.of("unshare", "-m", "true"), Map.of(), SECONDS);
        assumeTrue(able.exitCode == 0, "skipped: unshare -m is not allowed here: " + able.err);
        Path jar = TestJar.write(temporary.resolve("app.jar"), 3 << 20, 1);
        Path small = Files.createDirectory(temporary.resolve("host-" + host));
        List<String> command = new ArrayList<>(List.of(
                "unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=1m none " + small + " && exec \"$@\"", "sh"));
        command.addAll(ChildJvm.command(FullNodeMain.class, temporary.toString(), jar.toString(), mode));
        return ChildJvm.run(command, Map.of(), SECONDS);
    }
}
