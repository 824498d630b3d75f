package io.bootcast.build.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.build.bundle.TestImage.Made;
import io.bootcast.fault.BootcastException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The threads that read and pack are gone when they should be. */
class BundleThreadsTest {
    private static final String OURS = "bootcast-";

    @TempDir
    private Path directory;

    private Path large(String compression) throws IOException {
        TestImage image = new TestImage();
        for (int i = 0; i < 5; i++) {
            image.jar("/app/" + i + ".jar", TestImage.content(4 << 20, i));
        }
        return image.make().write(directory.resolve("large"), directory.resolve("blobs"), Compression.of(compression));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(OURS))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd:1", "gzip:1", "lz4", "none"})
    void readerWhenClosedInTheMiddleEndsItsThreads(String compression) throws IOException {
        BundleReader reader = new BundleReader(large(compression).toFile());
        reader.next();
        reader.next();
        List<String> during = threads();

        reader.close();

        assertFalse(during.isEmpty());
        assertEquals(List.of(), threads());
        assertThrows(IOException.class, () -> Unbundled.content(reader));
    }

    @Test
    void readerWhenClosedAtOnceEndsItsThreads() throws IOException {
        BundleReader reader = new BundleReader(large("zstd:1").toFile());

        reader.close();

        assertEquals(List.of(), threads());
    }

    @Test
    void readerWhenClosedTwiceStaysClosed() throws IOException {
        BundleReader reader = new BundleReader(large("zstd:1").toFile());

        reader.close();
        reader.close();

        assertThrows(IOException.class, reader::launchList);
    }

    @Test
    void readerWhenClosedByAnotherThreadLetsTheWaitingOneGo() throws Exception {
        BundleReader reader = new BundleReader(large("zstd:1").toFile());
        FutureTask<Integer> reading = new FutureTask<>(() -> {
            int blobs = 0;
            while (!reader.next().isEmpty()) {
                blobs++;
            }
            return blobs;
        });
        Thread thread = new Thread(reading, "test-reader");
        thread.start();

        reader.close();
        thread.join();

        try {
            assertTrue(reading.get() <= 6); // it was through before
        } catch (ExecutionException e) {
            assertTrue(e.getCause() instanceof IOException, e.toString());
        }
        assertEquals(List.of(), threads());
    }

    @Test
    void readerWhenTheFileIsRefusedEndsItsThreads() throws IOException {
        Path file = large("zstd:1");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThrows(BootcastException.class, () -> Unbundled.read(file));

        assertEquals(List.of(), threads());
    }

    @Test
    void writerWhenItFailsEndsItsThreads() throws IOException {
        TestImage image = new TestImage();
        for (int i = 0; i < 4; i++) {
            image.jar("/app/" + i + ".jar", TestImage.content(4 << 20, i));
        }
        Made made = image.make();
        BundleWriter.Blobs files = made.files(directory.resolve("blobs"));
        String last = made.blobs().keySet().stream()
                .filter(digest -> !digest.equals(made.list().indexDigest()))
                .reduce((a, b) -> b)
                .orElseThrow();
        Files.delete(files.file(last));
        BundleWriter writer = new BundleWriter(Compression.of("zstd:1"));

        assertThrows(
                IOException.class, () -> writer.write(directory.resolve("x"), made.list(), made.manifest(), files));

        assertEquals(List.of(), threads());
        assertFalse(Files.exists(directory.resolve("x")));
    }
}
