package io.bootcast.leftover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URL;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** Runs small classes of tests under the extension, as JUnit finds it: each leaves one kind of thing, and the last ones nothing. */
class LeftoverExtensionTest {
    private static final String LEFT = "left behind: ";

    /** What the small tests left; {@link #tidy} takes it away, or this class would fail itself. */
    private static RandomAccessFile open;

    private static Thread waiting;
    private static CountDownLatch end;
    private static MappedByteBuffer mapped;
    private static Path made;

    @BeforeEach
    void forget() {
        open = null;
        waiting = null;
        mapped = null;
        made = null;
    }

    @AfterEach
    void tidy() throws Exception {
        mapped = null;
        if (open != null) {
            open.close();
        }
        if (waiting != null) {
            end.countDown();
            waiting.join();
        }
        if (made != null) {
            try (Stream<Path> files = Files.walk(made)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    @Test
    void fileWhenLeftOpenFailsTheTest() {
        assertEquals(List.of("test: " + LEFT + "file=" + SmallTest.FILE), failures(OpensAFile.class));
    }

    @Test
    void fileWhenLeftOpenByAllTestsFailsTheClass() {
        assertEquals(
                List.of("container: " + LEFT + "file=" + SmallTest.FILE + " by=" + OpensAFileForAll.class.getName()),
                failures(OpensAFileForAll.class));
    }

    @Test
    void fileWhenLeftToTheCollectorAndLostIsNoFailure() {
        List<String> failures = failures(LosesAFile.class);

        assertEquals(List.of(), failures);
    }

    @Test
    void fileWhenLeftToTheCollectorButHeldFailsTheTest() {
        List<String> failures = failures(HoldsAFile.class);

        assertEquals(List.of("test: " + LEFT + "file=" + SmallTest.FILE), failures);
    }

    @Test
    void jarWhenReadThroughAUrlIsNoFailure() {
        List<String> failures = failures(ReadsAJarThroughAUrl.class);

        assertEquals(List.of(), failures);
    }

    @Test
    void threadWhenItGoesOnFailsTheTest() {
        List<String> failures = failures(StartsAThread.class);

        assertEquals(List.of("test: " + LEFT + "thread=waiting#" + id(waiting)), failures);
    }

    @Test
    void directoryWhenLeftFailsTheTest() {
        List<String> failures = failures(MakesADirectory.class);

        assertEquals(List.of("test: " + LEFT + "temporary=" + made), failures);
    }

    @Test
    void storeWhenLeftFailsTheTest() {
        List<String> failures = failures(MakesAStore.class);

        assertEquals(List.of("test: " + LEFT + "store=" + made), failures);
    }

    @Test
    void storeWhenOfAnotherJobIsNoFailure() {
        List<String> failures = failures(MakesAStoreFromElsewhere.class);

        assertEquals(List.of(), failures);
    }

    @Test
    void mappingWhenKeptFailsTheClassAndNamesTheTest() {
        List<String> failures = failures(KeepsAMapping.class);

        assertEquals(List.of("container: " + LEFT + "mapping=" + SmallTest.FILE + " by=test test()"), failures);
    }

    @Test
    void mappingWhenOfAllTestsAndClearedAfterThemIsNoFailure() {
        List<String> failures = failures(SharesAMapping.class);

        assertEquals(List.of(), failures);
    }

    @Test
    void mappingWhenOnlyTheInstanceHoldsItIsNoFailure() {
        List<String> failures = failures(MapsInAField.class);

        assertEquals(List.of(), failures);
    }

    @Test
    void temporaryDirectoryWhenJUnitsIsNoFailure() {
        List<String> failures = failures(TakesTemporaryDirectories.class);

        assertEquals(List.of(), failures);
    }

    @Test
    void threadWhenItIsAboutToEndIsNoFailure() {
        List<String> failures = failures(TellsItsThreadToEnd.class);

        assertEquals(List.of(), failures);
    }

    @SuppressWarnings("deprecation") // threadId() came with JDK 19
    private static long id(Thread thread) {
        return thread.getId();
    }

    /** How the tests of {@code small} failed: what kind of node, and its message. */
    private static List<String> failures(Class<?> small) {
        List<String> failures = new ArrayList<>();
        EngineTestKit.engine("junit-jupiter")
                .enableImplicitConfigurationParameters(true)
                .selectors(selectClass(small))
                .execute()
                .allEvents()
                .filter(event -> event.getType() == EventType.FINISHED)
                .forEach(event -> failure(event, failures));
        return failures;
    }

    private static void failure(Event event, List<String> failures) {
        event.getPayload(TestExecutionResult.class)
                .flatMap(TestExecutionResult::getThrowable)
                .ifPresent(thrown -> failures.add(
                        (event.getTestDescriptor().isTest() ? "test: " : "container: ") + thrown.getMessage()));
    }

    /** A file to open or map, in the tests' own temporary directory. */
    static class SmallTest {
        static final File FILE = new File(System.getProperty("java.io.tmpdir"), "leftover-extension-test");

        @BeforeAll
        static void write() throws IOException {
            Files.write(FILE.toPath(), new byte[1]);
        }

        @AfterAll
        static void delete() throws IOException {
            Files.delete(FILE.toPath());
        }

        static MappedByteBuffer map() throws IOException {
            try (FileChannel channel = FileChannel.open(FILE.toPath())) {
                return channel.map(FileChannel.MapMode.READ_ONLY, 0, 1);
            }
        }
    }

    static final class OpensAFile extends SmallTest {
        @Test
        void test() throws IOException {
            open = new RandomAccessFile(FILE, "r");
        }
    }

    static final class LosesAFile extends SmallTest {
        @Test
        @LeavesToCollector("this test")
        void test() throws IOException {
            assertEquals(0, new RandomAccessFile(FILE, "r").read());
        }
    }

    static final class HoldsAFile extends SmallTest {
        @Test
        @LeavesToCollector("this test")
        void test() throws IOException {
            open = new RandomAccessFile(FILE, "r");
        }
    }

    static final class ReadsAJarThroughAUrl {
        @Test
        void test(@TempDir Path directory) throws IOException {
            Path jar = directory.resolve("a.jar");
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
                out.putNextEntry(new JarEntry("entry"));
            }
            URL url = new URL("jar:" + jar.toUri() + "!/entry");
            try (InputStream in = url.openStream()) {
                assertEquals(-1, in.read());
            }
        }
    }

    static final class OpensAFileForAll extends SmallTest {
        @BeforeAll
        static void open() throws IOException {
            open = new RandomAccessFile(FILE, "r");
        }

        @Test
        void test() {}
    }

    static final class StartsAThread {
        @Test
        void test() {
            end = new CountDownLatch(1);
            waiting = new Thread(
                    () -> {
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    },
                    "waiting");
            waiting.start();
        }
    }

    static final class TellsItsThreadToEnd {
        @Test
        void test() {
            new StartsAThread().test();
            end.countDown();
        }
    }

    static final class MakesADirectory {
        @Test
        void test() throws IOException {
            made = Files.createTempDirectory("left");
        }
    }

    static final class MakesAStore {
        @Test
        void test() throws IOException {
            makeStore(System.getProperty("java.io.tmpdir"));
        }
    }

    static final class MakesAStoreFromElsewhere {
        @Test
        void test() throws IOException {
            makeStore("/elsewhere");
        }
    }

    /** At the stores' usual place, one with an image of an element in {@code home}. */
    private static void makeStore(String home) throws IOException {
        made = Path.of(
                "/dev/shm/bootcast-left-by-test-" + ProcessHandle.current().pid());
        Files.createDirectories(Path.of(made + "/images/0/root" + home));
    }

    static final class KeepsAMapping extends SmallTest {
        @Test
        void test() throws IOException {
            mapped = map();
        }
    }

    static final class SharesAMapping extends SmallTest {
        @BeforeAll
        static void share() throws IOException {
            mapped = map();
        }

        @Test
        void test() {}

        @AfterAll
        static void letGo() {
            mapped = null;
        }
    }

    static final class MapsInAField extends SmallTest {
        private MappedByteBuffer field;

        @Test
        void test() throws IOException {
            field = map();
            field.get(0);
        }
    }

    static final class TakesTemporaryDirectories {
        @TempDir
        static Path ofAll;

        @TempDir
        Path own;

        @Test
        void test(@TempDir Path parameter) throws IOException {
            Files.write(ofAll.resolve("all"), new byte[1]);
            Files.write(own.resolve("own"), new byte[1]);
            Files.write(parameter.resolve("parameter"), new byte[1]);
        }
    }
}
