package io.bootcast.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.Index;
import io.bootcast.store.LaunchList;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleIntakeTest {
    private static final int[] HOSTS = {0, 0, 1, 1, 1, 2};
    private static final List<Integer> DIFFERENT_HOSTS = List.of(0, 1, 2);

    @TempDir
    Path temporary;

    private Path small;
    private Path large;
    private Path classes;
    private Cluster cluster;
    private TestBundle bundle;

    @BeforeEach
    void makeBundle() throws Exception {
        small = TestJar.write(temporary.resolve("app/small.jar"), 1000, 1);
        large = TestJar.write(temporary.resolve("app/a \"large\".jar"), Delivery.CHUNK_BYTES + 1000, 2);
        classes = Files.createDirectories(temporary.resolve("app/classes"));
        Files.writeString(classes.resolve("here.txt"), "here");
        cluster = new Cluster(temporary, HOSTS);
        bundle = new TestBundle(cluster, small, large, classes);
        bundle.file("boot/bootcast.jar", "jar", /* executable= */ false)
                .file("runtime/bin/java", "java", /* executable= */ true)
                .link("runtime/lib/link", "../bin/java")
                .set(LaunchList.OPTION + "0000", "-Dkey=a \"value\"")
                .set(LaunchList.OPTION + "0001", "-ea");
        cluster.bundles(bundle);
    }

    /** Before the temporary directory goes: a root that failed early may still be reading. */
    @AfterEach
    void joinReaders() throws InterruptedException {
        Cluster.joinReaders();
    }

    private Path image(int host) throws IOException {
        Path store = cluster.store(host);
        String id = Files.readString(store.resolve("staged" + bundle.file)).trim();
        return store.resolve("images/" + id);
    }

    private static List<String> alike(String failure) {
        return Collections.nCopies(HOSTS.length, failure);
    }

    @Test
    void ranksWhenStoresAreEmptyAllGetTheImageOfTheBundle() throws Exception {
        List<Cluster.Rank> ranks = Cluster.values(cluster.run(bundle.settings()));

        List<String> expected = List.of("root" + small, "root" + large, "root" + classes);
        for (Cluster.Rank rank : ranks) {
            assertEquals(ranks.get(0).outcome, rank.outcome);
            assertEquals(expected, rank.files);
            assertEquals(TestJar.digest(large), rank.content.get(1));
        }
        assertEquals(1, bundle.opened.get());
        cluster.clean();
    }

    @Test
    void imageOfABundleHasItsFilesLinksAndArgumentFiles() throws Exception {
        Cluster.values(cluster.run(bundle.settings()));

        for (int host : DIFFERENT_HOSTS) {
            Path image = image(host);
            assertEquals("jar", Files.readString(image.resolve("boot/bootcast.jar")));
            assertFalse(Files.isExecutable(image.resolve("boot/bootcast.jar")));
            assertEquals("java", Files.readString(image.resolve("runtime/lib/link")));
            assertTrue(Files.isExecutable(image.resolve("runtime/bin/java")));
            assertEquals(image.getFileName().toString(), imageIdOf(image.resolve("launch/list")));
            assertEquals(arguments(image.toString()), Files.readString(image.resolve("launch/plain.args")));
            assertEquals(arguments("/proc/self/fd/9"), Files.readString(image.resolve("launch/descriptor.args")));
            for (String file : List.of("boot/bootcast.jar", "root" + small, "root" + large)) {
                assertEquals(
                        FileTime.fromMillis(LaunchList.MTIME_NANOS / 1_000_000),
                        Files.getLastModifiedTime(image.resolve(file)));
            }
        }
        cluster.clean();
    }

    private static String imageIdOf(Path list) throws IOException {
        return io.bootcast.store.Store.imageId(TestBundle.digest(Files.readAllBytes(list)));
    }

    private String arguments(String place) {
        String app = place + "/root" + small.getParent() + "/";
        return "\"-Dkey=a \\\"value\\\"\"\n\"-ea\"\n\"-cp\"\n\"" + app + "small.jar:" + app + "a \\\"large\\\".jar:"
                + app + "classes\"\n";
    }

    @Test
    void bundleWhenAllNodesHaveItIsNeitherOpenedNorSent() throws Exception {
        Cluster.values(cluster.run(bundle.settings()));

        Cluster.Rank root = Cluster.values(cluster.run(bundle.settings())).get(0);

        assertEquals(1, bundle.opened.get());
        assertEquals(0, root.bytesSent());
        assertEquals(0, root.bytesRead());
        cluster.clean();
    }

    @Test
    void bundleWhenOneNodeLacksItIsSentFromRootsStore() throws Exception {
        long cold = Cluster.values(cluster.run(bundle.settings())).get(0).bytesSent();
        Files.move(cluster.host(2), temporary.resolve("aside"));
        Files.createDirectory(cluster.host(2));

        long again = Cluster.values(cluster.run(bundle.settings())).get(0).bytesSent();

        assertEquals(1, bundle.opened.get());
        assertEquals(cold, again);
        assertTrue(Files.exists(image(2).resolve("launch/list")));
        cluster.clean();
    }

    @Test
    void bundleWhenWrittenAnewIsOpenedAgain() throws Exception {
        Cluster.values(cluster.run(bundle.settings()));
        Path before = image(1);
        bundle.file("launch/more", "more", /* executable= */ false);
        Files.writeString(bundle.file, "another");

        Cluster.values(cluster.run(bundle.settings()));

        assertEquals(2, bundle.opened.get());
        assertFalse(before.equals(image(1)));
        assertEquals("more", Files.readString(image(1).resolve("launch/more")));
        cluster.clean();
    }

    @Test
    void jarThatACopyWithAnotherTimeIsThereForIsCopied() throws Exception {
        Settings plain = Cluster.settings(small);
        plain.keep = true;
        String other = Cluster.values(cluster.run(plain)).get(0).outcome;

        Cluster.values(cluster.run(bundle.settings()));

        for (int host : DIFFERENT_HOSTS) {
            Path first = cluster.store(host).resolve("images/" + other + "/root" + small);
            assertEquals(Files.getLastModifiedTime(small), Files.getLastModifiedTime(first));
            assertEquals(
                    FileTime.fromMillis(LaunchList.MTIME_NANOS / 1_000_000),
                    Files.getLastModifiedTime(image(host).resolve("root" + small)));
        }
        cluster.clean();
    }

    // ---- stage ------------------------------------------------------------------------------------------------------

    private String said(Settings settings) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            Cluster.values(cluster.run(settings));
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).replaceAll("slowest node=\\S+ [0-9.]+ ms", "slowest");
    }

    private Settings stage() {
        Settings settings = bundle.settings();
        settings.stages = true;
        return settings;
    }

    @Test
    void stageWhenNodesLackTheBundleSaysWhatItDid() throws Exception {
        Settings plain = Cluster.settings(large);
        plain.keep = true;
        Cluster.values(cluster.run(plain));

        String first = said(stage());
        String second = said(stage());

        assertEquals("bootcast: staged " + bundle.file + ": nodes=3 had all=0 lacked 0 MB in all, slowest\n", first);
        assertEquals("bootcast: staged " + bundle.file + ": nodes=3 had all=3 lacked 0 MB in all, slowest\n", second);
        cluster.clean();
    }

    @Test
    void stageWhenItOnlyTriesSendsNothingAndLeavesNothing() throws Exception {
        Settings settings = stage();
        settings.triesOnly = true;

        String tried = said(settings);

        assertEquals("bootcast: would stage " + bundle.file + ": nodes=3 had all=0 lacked 12 MB in all\n", tried);
        cluster.requireNothingLeft();
    }

    @Test
    void stageWhenOneNodeHasNoStoreFailsEverywhereAndKeepsTheOthers() throws Exception {
        cluster.breakStore(2);

        List<String> failures = Cluster.failures(cluster.run(stage()));

        assertTrue(
                failures.get(0).startsWith("STORE store: cannot open: file=" + cluster.store(2)), failures::toString);
        assertEquals(alike(failures.get(0)), failures);
        assertTrue(Files.exists(image(1).resolve("launch/list")));
    }

    @Test
    void stagedImageIsShownToTheLauncherOncePerNode() throws Exception {
        Cluster.values(cluster.run(stage()));

        assertEquals(
                DIFFERENT_HOSTS.stream().map(this::imageFile).collect(Collectors.toSet()), Set.copyOf(bundle.staged));
        assertEquals(DIFFERENT_HOSTS.size(), bundle.staged.size());
        cluster.clean();
    }

    private File imageFile(int host) {
        try {
            return image(host).toFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- refused ----------------------------------------------------------------------------------------------------

    private void requireRefused(String message) throws Exception {
        List<String> failures = Cluster.failures(cluster.run(bundle.settings()));
        Cluster.joinReaders();

        assertEquals(alike("BUNDLE " + message), failures);
        cluster.clean();
    }

    /** The content of a jar changes; its size and its time of last modification do not. */
    private static void changeUnseen(Path jar) throws IOException {
        FileTime time = Files.getLastModifiedTime(jar);
        byte[] bytes = Files.readAllBytes(jar);
        bytes[bytes.length / 2] ^= 1;
        Files.write(jar, bytes);
        Files.setLastModifiedTime(jar, time);
    }

    @Test
    void bundleWhenAJarHasChangedUnseenIsStale() throws Exception {
        changeUnseen(small);

        requireRefused("the bundle is stale: file=" + small + " has changed since it was built; build it again");
    }

    @Test
    void bundleWhenAJarChangesAfterItWasStagedIsStale() throws Exception {
        Cluster.values(cluster.run(bundle.settings()));
        changeUnseen(large);
        changeUnseen(small);

        requireRefused(
                "the bundle is stale: file=" + small + " has changed since it was built, and 1 more; build it again");
    }

    @Test
    void bundleWhenAFileOfADirectoryHasChangedIsStale() throws Exception {
        Files.writeString(classes.resolve("here.txt"), "gone");

        requireRefused("the bundle is stale: file=" + classes + " has changed since it was built; build it again");
    }

    @Test
    void bundleWhenAFileOfADirectoryHasAnotherNameIsStale() throws Exception {
        Files.move(classes.resolve("here.txt"), classes.resolve("herE.txt"));

        requireRefused("the bundle is stale: file=" + classes + " has changed since it was built; build it again");
    }

    @Test
    void bundleWhenSourcesAreAbsentOrOnlyTouchedIsTaken() throws Exception {
        Files.delete(small);
        Files.setLastModifiedTime(large, FileTime.fromMillis(0));

        List<Cluster.Rank> ranks = Cluster.values(cluster.run(bundle.settings()));

        String note = "sources of the bundle that do not exist here, not checked: 1";
        assertTrue(ranks.get(0).line.contains(note), ranks.get(0).line);
        cluster.clean();
    }

    /** What was noted beside the bundle is believed, or each jar would be read on the shared file system before each staging. */
    @Test
    void jarWhoseStampWasNotedIsNotHashed() throws Exception {
        changeUnseen(small);
        byte[] index = bundle.blobs.values().iterator().next();
        String stamps = SourceStamps.of(Index.open(ByteBuffer.wrap(index), "test"), Long.MAX_VALUE);
        SourceStamps.write(bundle.file.toFile(), stamps);

        List<Cluster.Rank> ranks = Cluster.values(cluster.run(bundle.settings()));

        assertTrue(ranks.get(0).hasImage);
        cluster.clean();
    }

    @Test
    void bundleWhenABlobWasAlteredIsRefused() throws Exception {
        bundle.alter(large);

        List<String> failures = Cluster.failures(cluster.run(bundle.settings()));
        Cluster.joinReaders();

        String start =
                "BUNDLE the bundle was altered: file=" + bundle.file + " blob=" + TestJar.digest(large) + " found=";
        assertTrue(failures.get(0).startsWith(start), failures::toString);
        assertEquals(alike(failures.get(0)), failures);
        cluster.clean();
    }

    @Test
    void bundleWhenABlobIsMissingIsRefused() throws Exception {
        bundle.blobs.remove(TestJar.digest(large));

        requireRefused("the bundle is not complete: file=" + bundle.file + " lacks=1 blobs; copy or build it again");
    }

    @Test
    void bundleWhenItsFirstBlobIsNoIndexIsRefused() throws Exception {
        String index = bundle.blobs.keySet().iterator().next();
        byte[] bytes = bundle.blobs.remove(index);
        bundle.blobs.put(index, bytes);
        String first = bundle.blobs.keySet().iterator().next();

        requireRefused("the bundle's first blob is not its index: found=" + first + " expected=" + index);
    }

    @Test
    void bundleOfAnotherArchitectureIsRefused() throws Exception {
        bundle.set(LaunchList.ARCHITECTURE, "vax");

        requireRefused("the bundle was built for another JVM: os.arch found=[" + System.getProperty("os.arch")
                + "] expected=[vax]; set JAVA_HOME to that JDK, or build the bundle with this one");
    }

    @Test
    void bundleOfAnotherJvmIsTakenIfItBringsThatAlong() throws Exception {
        bundle.set(LaunchList.JVM_VERSION, "0.9");

        List<Cluster.Rank> ranks = Cluster.values(cluster.run(stage()));

        assertTrue(ranks.get(5).hasImage);
        cluster.clean();
    }

    @Test
    void bundleOfAnotherJvmIsNotRunByThisOne() throws Exception {
        bundle.set(LaunchList.JVM_VERSION, "0.9");

        requireRefused("the bundle was built for another JVM: java.vm.version found=["
                + System.getProperty("java.vm.version")
                + "] expected=[0.9]; set JAVA_HOME to that JDK, or build the bundle with this one");
    }

    /** A file of an image is the blob itself, which root would offer to the others. */
    @Test
    void blobThatWasDamagedInRootsStoreIsReadAgain() throws Exception {
        Cluster.values(cluster.run(bundle.settings()));
        Path damaged = image(0).resolve("root" + large);
        FileTime time = Files.getLastModifiedTime(damaged);
        assertTrue(damaged.toFile().setWritable(true));
        try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "rw")) {
            file.seek(5000);
            file.write(file.read() ^ 1);
        }
        Files.setLastModifiedTime(damaged, time);
        bundle.file("launch/more", "more", /* executable= */ false);
        Files.writeString(bundle.file, "another");

        List<Cluster.Rank> ranks = Cluster.values(cluster.run(bundle.settings()));

        for (Cluster.Rank rank : ranks) {
            assertEquals(TestJar.digest(large), rank.content.get(1));
        }
        cluster.clean();
    }

    @Test
    void bundleThatDoesNotExistIsRefused() throws Exception {
        Files.delete(bundle.file);

        requireRefused("there is no such bundle: file=" + bundle.file);
    }

    @Test
    void storeWhenBundlesAreCleanedIsGone() throws Exception {
        Cluster.values(cluster.run(bundle.settings()));
        List<Path> stores = new ArrayList<>();
        for (int host : DIFFERENT_HOSTS) {
            stores.add(cluster.store(host));
        }

        cluster.clean();

        assertEquals(List.of(), stores.stream().filter(Files::exists).toList());
    }

    @Test
    void bundleWhenNotKeptLeavesNothing() throws Exception {
        Settings settings = bundle.settings();
        settings.keep = false;

        Cluster.values(cluster.run(settings));

        cluster.requireNothingLeft();
        try (Stream<Path> left = Files.list(cluster.host(0))) {
            assertEquals(0, left.count());
        }
    }
}
