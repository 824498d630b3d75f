package io.bootcast.path;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.transport.ThreadTransport;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataPathTest {
    private static final int[] HOSTS = {0, 0, 1, 1, 1, 2};
    private static final int LARGER_THAN_A_CHUNK = Delivery.CHUNK_BYTES + 1000;

    @TempDir
    Path temporary;

    private Path small;
    private Path large;
    private Cluster cluster;

    @BeforeEach
    void makeJars() throws Exception {
        small = TestJar.write(temporary.resolve("app/small.jar"), 1000, 1);
        large = TestJar.write(temporary.resolve("app/large.jar"), LARGER_THAN_A_CHUNK, 2);
        cluster = new Cluster(temporary, HOSTS);
    }

    /** Before the temporary directory goes: a root that failed early may still be reading. */
    @AfterEach
    void joinReaders() throws InterruptedException {
        Cluster.joinReaders();
    }

    private static List<String> alike(String failure) {
        return Collections.nCopies(HOSTS.length, failure);
    }

    @Test
    void ranksWhenStoresAreEmptyAllGetTheImageAndItsBytes() throws Exception {
        List<Cluster.Rank> ranks = Cluster.values(cluster.run(Cluster.settings(small, large)));

        List<String> expected = List.of(TestJar.digest(small), TestJar.digest(large));
        for (Cluster.Rank rank : ranks) {
            assertTrue(rank.hasImage);
            assertEquals(ranks.get(0).outcome, rank.outcome);
            assertEquals(expected, rank.content);
            assertEquals(List.of("root" + small, "root" + large), rank.files);
        }
        assertEquals(Files.size(small) + Files.size(large), ranks.get(0).bytesRead());
        assertEquals(2, ranks.get(0).filesOpened());
        cluster.requireNothingLeft();
    }

    @Test
    void ranksWhenAskedForResourcesFindThemInOneOrder() throws Exception {
        List<Path> classPath = new ArrayList<>();
        for (String name : new String[] {"c", "a", "b"}) {
            classPath.add(new io.bootcast.index.TestJar()
                    .stored("common.txt", name)
                    .stored(name + ".txt", name)
                    .write(temporary.resolve("app/" + name + ".jar")));
        }
        Path classes = Files.createDirectories(temporary.resolve("app/classes"));
        Files.writeString(classes.resolve("common.txt"), "directory");
        classPath.add(1, classes);

        List<Cluster.Rank> ranks = Cluster.values(cluster.run(Cluster.settings(classPath.toArray())));

        String app = temporary.toRealPath() + "/app/";
        String expected = String.format(
                "common.txt [jar:file:%1$sc.jar!/common.txt, file:%1$sclasses/common.txt, jar:file:%1$sa.jar!/common.txt,"
                        + " jar:file:%1$sb.jar!/common.txt]",
                app);
        assertTrue(ranks.get(0).resources.contains(expected), ranks.get(0).resources::toString);
        for (Cluster.Rank rank : ranks) {
            assertEquals(ranks.get(0).resources, rank.resources);
        }
        cluster.requireNothingLeft();
    }

    @Test
    void blobsWhenSomeStoresHaveThemAreSentOnlyIfOneLacksThem() throws Exception {
        Settings first = Cluster.settings(small);
        first.keep = true;
        Settings both = Cluster.settings(small, large);
        both.keep = true;

        long cold = Cluster.values(cluster.run(first)).get(0).bytesSent();
        long warmer = Cluster.values(cluster.run(both)).get(0).bytesSent();
        Cluster.Rank warm = Cluster.values(cluster.run(both)).get(0);
        Files.move(cluster.host(2), temporary.resolve("aside"));
        Files.createDirectory(cluster.host(2));
        long oneEmpty = Cluster.values(cluster.run(both)).get(0).bytesSent();

        long indexOfFirst = cold - Files.size(small);
        long indexOfBoth = warmer - Files.size(large);
        assertTrue(indexOfFirst > 0 && indexOfFirst < 2000, "index bytes " + indexOfFirst);
        assertTrue(indexOfBoth > 0 && indexOfBoth < 2000, "index bytes " + indexOfBoth);
        assertEquals(0, warm.bytesSent());
        assertEquals(0, warm.bytesRead());
        assertEquals(0, warm.filesOpened());
        assertEquals(Files.size(small) + Files.size(large) + indexOfBoth, oneEmpty);
        cluster.clean();
    }

    @Test
    void blobWhenTwoElementsHaveItIsSentOnce() throws Exception {
        Path copy = Files.copy(large, temporary.resolve("app/copy.jar"), StandardCopyOption.COPY_ATTRIBUTES);
        cluster.readAhead();

        Cluster.Rank root =
                Cluster.values(cluster.run(Cluster.settings(large, copy))).get(0);

        assertTrue(root.bytesSent() < Files.size(large) + 2000, "sent " + root.bytesSent());
        assertEquals(List.of(TestJar.digest(large), TestJar.digest(large)), root.content);
        cluster.requireNothingLeft();
    }

    @Test
    void blobWhenItsCopyInAStoreIsDamagedIsSentAgain() throws Exception {
        Settings settings = Cluster.settings(small);
        settings.keep = true;
        Cluster.values(cluster.run(settings));
        File blob = cluster.store(1).resolve("blobs/" + TestJar.digest(small)).toFile();
        try (RandomAccessFile damaged = new RandomAccessFile(blob, "rw")) {
            damaged.seek(100);
            damaged.write(damaged.read() ^ 1);
        }

        List<Cluster.Rank> ranks = Cluster.values(cluster.run(settings));

        assertEquals(Files.size(small), ranks.get(0).bytesSent());
        for (Cluster.Rank rank : ranks) {
            assertTrue(rank.hasImage);
            assertEquals(List.of(TestJar.digest(small)), rank.content);
        }
        cluster.clean();
    }

    @Test
    void ranksWhenRootHasNoStoreBeforeTheTransportStartsFailAlike() throws Exception {
        cluster.breakStore(0);
        cluster.readAhead();

        List<ThreadTransport.Outcome<Cluster.Rank>> outcomes = cluster.run(Cluster.settings(small));

        assertEquals(alike("STORE root has no store: " + noStore(0)), Cluster.failures(outcomes));
    }

    @Test
    void ranksWhenRootCannotReadTheClassPathFailAlike() throws Exception {
        long bytes = Files.readAllBytes(Path.of("/proc/version")).length;

        List<ThreadTransport.Outcome<Cluster.Rank>> outcomes = cluster.run(Cluster.settings(large, "/proc/version"));

        assertEquals(
                alike("CLASS_PATH root cannot read the class path: reason=file changes while it is read:"
                        + " file=/proc/version bytes=" + bytes
                        + " expected=0; is every element readable here?"),
                Cluster.failures(outcomes));
        cluster.requireNothingLeft();
    }

    @Test
    void ranksWhenRootHasNoStoreFailAlike() throws Exception {
        cluster.breakStore(0);

        List<ThreadTransport.Outcome<Cluster.Rank>> outcomes = cluster.run(Cluster.settings(small));

        assertEquals(alike("STORE root has no store: " + noStore(0)), Cluster.failures(outcomes));
        assertEquals(0, cluster.host(1).toFile().list().length);
    }

    private String noStore(int host) throws Exception {
        Path store = cluster.store(host);
        return "store: cannot open: file=" + store + " reason=cannot make directory " + store
                + "/blobs; another place: --store DIR";
    }

    @Test
    void nodeWhenItHasNoStoreFallsBackAndOthersGoOn() throws Exception {
        cluster.breakStore(1);

        List<Cluster.Rank> ranks = Cluster.values(cluster.run(Cluster.settings(small, large)));

        for (int rank = 0; rank < HOSTS.length; rank++) {
            assertEquals(HOSTS[rank] != 1, ranks.get(rank).hasImage, "rank " + rank);
            assertEquals(HOSTS[rank] == 1 ? noStore(1) : ranks.get(0).outcome, ranks.get(rank).outcome, "rank " + rank);
        }
        assertEquals(0, cluster.host(0).toFile().list().length);
    }

    @Test
    void ranksWhenANodeHasNoStoreAndErrorsAbortFailAlike() throws Exception {
        cluster.breakStore(1);
        Settings settings = Cluster.settings(small);
        settings.abortOnError = true;

        List<ThreadTransport.Outcome<Cluster.Rank>> outcomes = cluster.run(settings);

        assertEquals(alike("STORE " + noStore(1)), Cluster.failures(outcomes));
        assertEquals(0, cluster.host(0).toFile().list().length);
    }

    @Test
    void ranksWhenOneHasAnotherClassPathFailAlike() throws Exception {
        Settings settings = Cluster.settings(small);
        String common = System.getProperty("java.vm.version") + " bootcast " + Version.CURRENT + " classPath ";

        List<ThreadTransport.Outcome<Cluster.Rank>> outcomes =
                cluster.run((rank, own) -> own.classPath += rank == 3 ? ":/other.jar" : "", settings);

        String other = common + Integer.toHexString((settings.classPath + ":/other.jar").hashCode());
        String own = common + Integer.toHexString(settings.classPath.hashCode());
        assertEquals(
                alike("RANKS_DIFFER ranks were started differently: rank=3 found=[" + other + "] expected=[" + own
                        + "]; start all ranks with one java, one Bootcast and one class path"),
                Cluster.failures(outcomes));
    }

    @Test
    void settingsWhenARankHasOthersAreRoots() throws Exception {
        Settings settings = Cluster.settings(small);
        settings.maxBytes = 10;

        List<Cluster.Rank> ranks = Cluster.values(cluster.run((rank, own) -> own.maxBytes += rank, settings));

        for (Cluster.Rank rank : ranks) {
            assertEquals(ranks.get(0).outcome, rank.outcome);
            assertEquals(List.of(), rank.content);
        }
        assertTrue(
                ranks.get(0).line.endsWith("\nbootcast: LIVE " + small + " (beyond --max-bytes)"), ranks.get(0).line);
        cluster.requireNothingLeft();
    }

    @Test
    void chunkWhenAlteredOnItsWayIsAFaultAndNothingIsPublished() throws Exception {
        int at = Delivery.CHUNK_BYTES;
        byte[] tail = new byte[(int) Files.size(large) - at];
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "r")) {
            file.seek(at);
            file.readFully(tail);
        }
        cluster.job().wire((rank, region) -> {
            if (rank == 2 && region.remaining() == tail.length) {
                region.put(7, (byte) (region.get(7) ^ 4));
            }
        });

        List<ThreadTransport.Outcome<Cluster.Rank>> outcomes = cluster.run(Cluster.settings(large));

        String expected = crc(tail);
        tail[7] ^= 4;
        String message = "FORMAT blob was altered on its way: blob=" + TestJar.digest(large) + " at=" + at + " crc32c="
                + crc(tail) + " expected=" + expected + "; check the network";
        List<String> failures = Cluster.failures(outcomes);
        assertEquals(List.of(message, message, message), failures.subList(2, 5));
        for (int rank : new int[] {0, 1, 5}) {
            assertTrue(failures.get(rank).startsWith("TRANSPORT rank is gone: "), failures.get(rank));
        }
        assertEquals(0, cluster.host(1).toFile().list().length);
    }

    private static String crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Integer.toHexString((int) crc.getValue());
    }

    @Test
    void reportWhenAskedForIsJson() throws Exception {
        Path odd = TestJar.write(temporary.resolve("app/a\"b\\c.jar"), 100, 1);
        Settings settings = Cluster.settings(small, odd, temporary.resolve("miss\ting.jar"));
        settings.report = temporary.resolve("report.json").toString();

        Cluster.Rank root = Cluster.values(cluster.run(settings)).get(0);

        Map<?, ?> report = (Map<?, ?>) StrictJson.parse(Files.readString(Path.of(settings.report)));
        assertEquals(
                List.of(
                        "bootcast",
                        "java",
                        "transport",
                        "ranks",
                        "image",
                        "filesOpened",
                        "bytesRead",
                        "bytesSent",
                        "files",
                        "libraries",
                        "rootLookups",
                        "notes",
                        "stepMillis"),
                new ArrayList<>(report.keySet()));
        assertEquals(Version.CURRENT, report.get("bootcast"));
        assertEquals(6.0, report.get("ranks"));
        assertEquals(root.outcome, report.get("image"));
        assertEquals(2.0, report.get("filesOpened"));
        assertEquals((double) root.bytesRead(), report.get("bytesRead"));
        assertEquals(
                List.of("ABSENT " + temporary.resolve("miss\ting.jar") + " (does not exist)"), report.get("notes"));
        assertEquals(
                "{classHits=1.0, classMisses=2.0, resourceHits=3.0, resourceMisses=4.0, libraryHits=5.0, libraryMisses=6.0}",
                report.get("rootLookups").toString());
        assertEquals(
                "[start, resolve, index, offer, broadcast, publish, open]",
                ((Map<?, ?>) report.get("stepMillis")).keySet().toString());
        for (Object step : ((Map<?, ?>) report.get("stepMillis")).values()) {
            Map<?, ?> times = (Map<?, ?>) step;
            assertTrue((Double) times.get("min") <= (Double) times.get("mean"), times.toString());
            assertTrue((Double) times.get("mean") <= (Double) times.get("max"), times.toString());
        }
        cluster.requireNothingLeft();
    }

    @Test
    void nodesWhenFilesTravelHaveThemAll() throws Exception {
        Path app = temporary.toRealPath().resolve("app");
        Path conf = Files.createDirectories(app.resolve("conf"));
        Files.writeString(conf.resolve("file.txt"), "content");
        Path unreadable = Files.writeString(conf.resolve("secret.txt"), "s");
        Files.setPosixFilePermissions(unreadable, Set.of());
        byte[] library = new byte[2 << 20];
        library[7] = 1;
        Files.createDirectories(app.resolve("native"));
        Files.write(app.resolve("native/liba.so.1"), library);
        Files.createSymbolicLink(app.resolve("native/liba.so"), Path.of("liba.so.1"));
        Settings settings = Cluster.settings(small);
        settings.withFiles = List.of(conf.toString());
        settings.nativeDirectories = List.of(app + "/native");
        settings.keep = true;

        List<Cluster.Rank> ranks = Cluster.values(cluster.run(settings));

        for (int host = 0; host < 3; host++) {
            String root = cluster.store(host) + "/images/" + ranks.get(5).outcome + "/root" + app;
            assertEquals("content", Files.readString(Path.of(root + "/conf/file.txt")));
            assertArrayEquals(library, Files.readAllBytes(Path.of(root + "/native/liba.so")));
            assertEquals(
                    "liba.so.1",
                    Files.readSymbolicLink(Path.of(root + "/native/liba.so")).toString());
            assertEquals(isSuperuser(), Files.exists(Path.of(root + "/conf/secret.txt")));
        }
        assertEquals(!isSuperuser(), ranks.get(0).line.contains("left out: " + unreadable));
        cluster.clean();
    }

    /** Who may read everything. */
    private boolean isSuperuser() throws IOException {
        return (Integer) Files.getAttribute(temporary, "unix:uid") == 0;
    }

    @Test
    void nodesWhenTheyKeepTheImageHaveTheSameFiles() throws Exception {
        Path classes = Files.createDirectories(temporary.resolve("classes/deep/er"));
        Files.writeString(classes.resolve("file.txt"), "content");
        Files.writeString(temporary.resolve("classes/empty"), "");
        Settings settings = Cluster.settings(small, temporary.resolve("classes"));
        settings.keep = true;

        Cluster.Rank rank = Cluster.values(cluster.run(settings)).get(5);

        for (int host = 0; host < 3; host++) {
            Path image = cluster.store(host).resolve("images/" + rank.outcome);
            assertEquals("content", Files.readString(Path.of(image + "/root" + classes + "/file.txt")));
            assertEquals(0, Files.size(Path.of(image + "/root" + temporary + "/classes/empty")));
            assertEquals(-1, Files.mismatch(small, Path.of(image + "/root" + small)));
            assertEquals(Files.getLastModifiedTime(small), Files.getLastModifiedTime(Path.of(image + "/root" + small)));
        }
        cluster.clean();
    }
}
