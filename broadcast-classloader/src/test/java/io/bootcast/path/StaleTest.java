package io.bootcast.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.resolve.TestElf;
import io.bootcast.store.Locks;
import io.bootcast.transport.Launcher;
import io.bootcast.transport.NodeTransport;
import io.bootcast.transport.Transport;
import io.bootcast.transport.Watchdog;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kept image and a class path that changes between two runs: what has changed is seen, and what has not is not read. */
class StaleTest {
    private static final long WATCHDOG_SECONDS = 600;

    /** What a user does to the class path. */
    private interface Change {
        void make() throws Exception;
    }

    @TempDir
    Path temporary;

    private Path app;
    private Path library;
    private Path classes;
    private Cluster cluster;
    private Settings settings;

    @BeforeEach
    void makeClassPath() throws Exception {
        app = TestJar.write(temporary.resolve("app.jar"), 500, 1, "more/target.jar");
        TestJar.write(temporary.resolve("more/target.jar"), 500, 2);
        library = TestJar.write(temporary.resolve("lib/a.jar"), 500, 3);
        classes = Files.createDirectories(temporary.resolve("classes/deep"));
        Files.writeString(classes.resolve("file.txt"), "old");
        cluster = new Cluster(temporary, 0, 0, 1);
        settings = Cluster.settings(
                app, temporary + "/lib/*", temporary.resolve("classes"), temporary.resolve("missing.jar"));
        settings.keep = true;
    }

    private Cluster.Rank root() {
        List<Cluster.Rank> ranks = Cluster.values(cluster.run(settings));
        for (Cluster.Rank rank : ranks) {
            assertTrue(rank.hasImage);
            assertEquals(ranks.get(0).outcome, rank.outcome);
            assertEquals(ranks.get(0).content, rank.content);
        }
        return ranks.get(0);
    }

    /** Runs, changes, and runs again; the second run must have seen it, and the third must read nothing. */
    private Cluster.Rank afterChange(Change change) throws Exception {
        Cluster.Rank before = root();
        change.make();
        Cluster.Rank after = root();
        Cluster.Rank again = root();
        assertNotEquals(before.outcome, after.outcome);
        assertTrue(after.filesOpened() > 0);
        assertEquals(after.outcome, again.outcome);
        assertEquals(0, again.filesOpened());
        cluster.clean();
        return after;
    }

    @Test
    void classPathWhenNothingChangedIsNotRead() throws Exception {
        Cluster.Rank before = root();

        Cluster.Rank after = root();

        assertEquals(4, before.filesOpened());
        assertEquals(before.outcome, after.outcome);
        assertEquals(0, after.filesOpened());
        assertEquals(0, after.bytesRead());
        assertEquals(0, after.bytesSent());
        cluster.clean();
    }

    @Test
    void jarWhenAByteChangedBehindSizeAndMtimeIsSeen() throws Exception {
        Cluster.Rank after = afterChange(() -> {
            FileTime mtime = Files.getLastModifiedTime(library);
            TestJar.write(library, 500, 99);
            Files.setLastModifiedTime(library, mtime);
        });

        assertEquals(TestJar.digest(library), after.content.get(2));
    }

    @Test
    void jarWhenReplacedByAnotherFileOfItsSizeAndMtimeIsSeen() throws Exception {
        Path other = TestJar.write(temporary.resolve("other.jar"), 500, 98);
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(library));

        Cluster.Rank after = afterChange(() -> Files.move(other, library, StandardCopyOption.REPLACE_EXISTING));

        assertEquals(TestJar.digest(library), after.content.get(2));
    }

    @Test
    void jarWhenOnlyNamedByAManifestIsSeen() throws Exception {
        Path target = temporary.resolve("more/target.jar");

        Cluster.Rank after = afterChange(() -> TestJar.write(target, 500, 97));

        assertEquals(TestJar.digest(target), after.content.get(1));
    }

    @Test
    void jarWhenAddedToAWildcardsDirectoryIsSeen() throws Exception {
        Path added = temporary.resolve("lib/b.jar");

        Cluster.Rank after = afterChange(() -> TestJar.write(added, 500, 96));

        assertTrue(after.content.contains(TestJar.digest(added)));
        assertEquals(5, after.content.size());
    }

    @Test
    void fileWhenAddedDeepInADirectoryIsSeen() throws Exception {
        Cluster.Rank after = afterChange(() -> Files.writeString(classes.resolve("added.txt"), "new"));

        assertEquals(4, after.content.size());
    }

    @Test
    void fileWhenChangedInADirectoryBehindItsMtimeIsSeen() throws Exception {
        Path file = classes.resolve("file.txt");
        FileTime mtime = Files.getLastModifiedTime(file);

        Cluster.Rank after = afterChange(() -> {
            Files.writeString(file, "new");
            Files.setLastModifiedTime(file, mtime);
        });

        assertEquals(4, after.content.size());
    }

    @Test
    void fileWhenRemovedFromADirectoryIsSeen() throws Exception {
        Files.writeString(classes.resolve("second.txt"), "x");

        Cluster.Rank after = afterChange(() -> Files.delete(classes.resolve("second.txt")));

        assertEquals(4, after.content.size());
    }

    @Test
    void filesBesideTheClassPathWhenChangedAreSeen() throws Exception {
        Path conf = Files.createDirectories(temporary.resolve("conf/deep"));
        Path file = Files.writeString(conf.resolve("file.txt"), "old");
        Path beside = TestElf.wide().write(temporary.resolve("lib/liba.so"));
        settings.withFiles = List.of(temporary.resolve("conf").toString());

        afterChange(() -> Files.writeString(file, "new"));
        afterChange(() -> Files.writeString(conf.resolve("second.txt"), "x"));
        afterChange(() -> TestElf.wide().needs("libc.so.6").write(beside));
        Cluster.Rank last = afterChange(() -> TestElf.wide().write(temporary.resolve("lib/libb.so")));

        assertEquals(4, last.content.size());
    }

    @Test
    void filesBesideTheClassPathWhenAskedForAreAnotherImage() throws Exception {
        Path conf = Files.createDirectories(temporary.resolve("conf"));
        Files.writeString(conf.resolve("file.txt"), "x");

        Cluster.Rank without = root();
        settings.nativeDirectories = List.of(conf.toString());
        Cluster.Rank asNative = root();
        settings.nativeDirectories = List.of();
        settings.withFiles = List.of(conf.toString());
        Cluster.Rank asFiles = root();

        assertNotEquals(without.outcome, asNative.outcome);
        assertEquals(asNative.outcome, asFiles.outcome);
        assertTrue(asFiles.filesOpened() > 0);
        cluster.clean();
    }

    @Test
    void jarWhenItWasMissingAndAppearsIsSeen() throws Exception {
        Path missing = temporary.resolve("missing.jar");

        Cluster.Rank after = afterChange(() -> TestJar.write(missing, 500, 95));

        assertEquals(TestJar.digest(missing), after.content.get(4));
    }

    @Test
    void jarWhenItDisappearsIsSeen() throws Exception {
        Cluster.Rank after = afterChange(() -> Files.delete(app));

        assertEquals(2, after.content.size());
    }

    @Test
    void imageWhenKeptAndDamagedIsMadeAnew() throws Exception {
        Cluster.Rank before = root();
        Path blob = cluster.store(0).resolve("images/" + before.outcome + "/index");
        try (RandomAccessFile damaged = new RandomAccessFile(blob.toFile(), "rw")) {
            damaged.seek(70);
            damaged.write(0x55);
        }

        Cluster.Rank after = root();
        Cluster.Rank again = root();

        assertEquals(before.outcome, after.outcome);
        assertEquals(before.content, after.content);
        assertEquals(0, again.filesOpened());
        cluster.clean();
    }

    private Prepared alone(String job, Locks locks) {
        Launcher launcher = Launcher.of(Map.of("PMI_RANK", "1", "PMI_SIZE", "2", "PMI_JOBID", job));
        try (Watchdog watchdog = new Watchdog(WATCHDOG_SECONDS, "test");
                Transport transport = new NodeTransport()) {
            Settings own = Settings.of(settings.toBytes());
            own.keep = false;
            Map<String, String> environment =
                    Map.of("SLURM_TMPDIR", cluster.host(0).toString());
            return new DataPath(own, environment, launcher, watchdog, Cluster.NO_BUNDLES, locks).run(transport);
        }
    }

    @Test
    void processOfAJobWhenAnotherOneUsesTheImageDoesNotLookAgain() throws Exception {
        Locks locks = new Locks();
        Prepared first = alone("7", locks);
        TestJar.write(library, 500, 94);

        Prepared second = alone("7", locks);

        assertEquals(first.outcome(), second.outcome());
        second.leave();
        first.leave();
        cluster.requireNothingLeft();
    }

    @Test
    void processOfAnotherJobWhenTheImageIsInUseLooksAgain() throws Exception {
        Locks locks = new Locks();
        Prepared first = alone("7", locks);
        TestJar.write(library, 500, 94);

        Prepared other = alone("8", locks);
        Prepared third = alone("8", locks);

        assertNotEquals(first.outcome(), other.outcome());
        assertEquals(other.outcome(), third.outcome());
        first.leave();
        other.leave();
        third.leave();
        cluster.requireNothingLeft();
    }
}
