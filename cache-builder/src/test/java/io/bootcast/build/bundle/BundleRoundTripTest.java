package io.bootcast.build.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.build.bundle.TestImage.Made;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written is what is read, and the same gives the same. */
class BundleRoundTripTest {
    private static final int PIECE = BundleFormat.PIECE_BYTES;

    @TempDir
    private static Path blobs;

    private static Made ofAllLengths = TestImage.small().make();
    private static BundleWriter.Blobs files = digest -> blobs.resolve(digest);

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeBlobs() throws IOException {
        TestImage image = new TestImage();
        for (int length : new int[] {0, 1, PIECE - 1, PIECE, PIECE + 1, 30 << 20}) {
            image.file("launch/" + length, TestImage.content(length, length));
        }
        ofAllLengths = image.jar("/app/a.jar", TestImage.content(1000, 7)).make();
        files = ofAllLengths.files(blobs);
    }

    @AfterAll
    static void forgetBlobs() {
        ofAllLengths = TestImage.small().make();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "gzip:1", "lz4", "none"})
    void blobsOfAllLengthsWhenReadAreThoseThatWereWritten(String compression) throws IOException {
        Made made = ofAllLengths;
        Path bundle = directory.resolve("app.tar");

        new BundleWriter(Compression.of(compression)).write(bundle, made.list(), made.manifest(), files);
        Unbundled read = Unbundled.read(bundle);

        assertArrayEquals(made.list().toBytes(), read.launchList());
        List<String> order = new ArrayList<>(new TreeSet<>(made.blobs().keySet()));
        order.remove(made.list().indexDigest());
        order.add(0, made.list().indexDigest());
        assertEquals(order, List.copyOf(read.blobs().keySet()));
        made.blobs()
                .forEach((digest, content) ->
                        assertArrayEquals(content, read.blobs().get(digest)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "zstd:7", "gzip", "lz4", "none"})
    void sameContentWhenFilesHaveOtherTimesAndOrderGivesSameBytes(String compression) throws IOException {
        byte[] one = TestImage.content(5 << 20, 1);
        byte[] two = TestImage.content(100, 2);
        Made first = new TestImage()
                .jar("/a.jar", one)
                .file("launch/x", one)
                .file("launch/y", two)
                .make();
        Made second = new TestImage()
                .file("launch/y", two)
                .jar("/a.jar", one)
                .file("launch/x", one)
                .make();
        BundleWriter.Blobs files = first.files(directory.resolve("1"));
        BundleWriter.Blobs aged = second.files(directory.resolve("2"));
        for (String digest : second.blobs().keySet()) {
            Files.setLastModifiedTime(aged.file(digest), FileTime.fromMillis(1_000_000_000_000L));
        }

        Path a = directory.resolve("a");
        Path b = directory.resolve("b");
        new BundleWriter(Compression.of(compression), 1).write(a, first.list(), first.manifest(), files);
        new BundleWriter(Compression.of(compression), 3).write(b, second.list(), second.manifest(), aged);

        assertEquals(-1, Files.mismatch(a, b));
    }

    @Test
    void headWhenReadNeedsNothingBehindIt() throws IOException {
        Made made =
                new TestImage().jar("/app/a.jar", TestImage.content(9 << 20, 7)).make();
        Path bundle = made.write(directory.resolve("app.tar.zst"), directory.resolve("blobs"), Compression.DEFAULT);
        byte[] bytes = Files.readAllBytes(bundle);
        int firstFrame = BundleFormat.PZSTD_HEADER_BYTES + Frames.lengthBytes(bytes, 0);
        Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(bytes, firstFrame));

        try (BundleReader reader = new BundleReader(cut.toFile())) {
            assertArrayEquals(made.list().toBytes(), reader.launchList());
            assertEquals(made.manifest(), Manifest.of(reader.manifest()));
        }
    }

    @Test
    void blobWhenItIsNotReadToItsEndIsPassedOver() throws IOException {
        Made made = new TestImage()
                .jar("/app/a.jar", TestImage.content(9 << 20, 7))
                .jar("/app/b.jar", TestImage.content(9 << 20, 8))
                .make();
        Path bundle = made.write(directory.resolve("app"), directory.resolve("blobs"), Compression.DEFAULT);

        List<String> digests = new ArrayList<>();
        try (BundleReader reader = new BundleReader(bundle.toFile())) {
            byte[] few = new byte[10];
            for (String digest = reader.next(); !digest.isEmpty(); digest = reader.next()) {
                digests.add(digest);
                assertEquals(few.length, reader.read(few, 0, few.length));
            }
        }

        assertEquals(new TreeSet<>(made.blobs().keySet()), new TreeSet<>(digests));
    }

    @Test
    void writerWhenABlobIsNotWhatItIsCalledLeavesNothing() throws IOException {
        Made made = TestImage.small().make();
        BundleWriter.Blobs files = made.files(directory.resolve("blobs"));
        String digest = Digest.hex(Digest.sha256().digest(TestImage.content(700, 2)));
        Files.write(files.file(digest), TestImage.content(700, 3));
        Path target = directory.resolve("out/app.tar.zst");
        Files.createDirectories(target.getParent());

        BootcastException thrown = assertThrows(BootcastException.class, () -> new BundleWriter(Compression.DEFAULT)
                .write(target, made.list(), made.manifest(), files));

        assertEquals(Fault.BUNDLE, thrown.fault());
        assertTrue(thrown.getMessage().startsWith("bundle: a file changed while it was packed: file="));
        try (Stream<Path> left = Files.list(target.getParent())) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void writerWhenABundleIsThereReplacesIt() throws IOException {
        Path target = Files.writeString(directory.resolve("app.tar.zst"), "old");
        Made made = TestImage.small().make();

        made.write(target, directory.resolve("blobs"), Compression.DEFAULT);

        assertTrue(Unbundled.read(target).isIntact());
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(2, left.count());
        }
    }

    @Test
    void writerWhenAlmostAllIsRepetitionSaysSo() throws IOException {
        Made made = new TestImage()
                .file("launch/zeros", new byte[BundleFormat.PIECE_BYTES * 20])
                .make();
        Path target = directory.resolve("app.tar.zst");

        BootcastException thrown = assertThrows(
                BootcastException.class,
                () -> made.write(target, directory.resolve("blobs"), Compression.of("zstd:1")));

        assertTrue(thrown.getMessage().contains("almost all is repetition"), thrown.getMessage());
        assertFalse(Files.exists(target));
    }
}
