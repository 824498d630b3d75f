package io.bootcast.build.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.build.bundle.TestImage.Made;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles that were cut, or in which bits have changed. */
class BundleDamageTest {
    private static final int STRIDE = 17;

    @TempDir
    private Path directory;

    private byte[] small(String compression) throws IOException {
        Made made = TestImage.small().make();
        Path file = made.write(directory.resolve("small"), directory.resolve("blobs"), Compression.of(compression));
        return Files.readAllBytes(file);
    }

    private void assertCutIsRefused(byte[] bundle, int length) throws IOException {
        Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(bundle, length));

        BootcastException thrown = assertThrows(
                BootcastException.class, () -> Unbundled.read(cut), "read although cut to " + length + " bytes");

        assertEquals(Fault.BUNDLE, thrown.fault());
        assertEquals(1, thrown.getMessage().lines().count());
        assertTrue(thrown.getMessage().contains(cut.toString()), thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "gzip", "lz4", "none"})
    void bundleWhenCutAnywhereIsRefused(String compression) throws IOException {
        byte[] bundle = small(compression);
        int last = compression.equals("none") ? bundle.length - BundleFormat.TAR_RECORD_BYTES : bundle.length - 1;

        for (int length = 0; length < last; length += STRIDE) {
            assertCutIsRefused(bundle, length);
        }
        assertCutIsRefused(bundle, last);
    }

    @Test
    void bundleWhenCutAtEachFrameAndInsideIsRefused() throws IOException {
        byte[] content = TestImage.content(9 << 20, 5);
        Path file = new TestImage()
                .jar("/app/a.jar", content)
                .make()
                .write(directory.resolve("large"), directory.resolve("blobs"), Compression.of("zstd:1"));
        byte[] bundle = Files.readAllBytes(file);
        Set<Integer> lengths = new TreeSet<>();
        for (int border : Frames.borders(bundle)) {
            lengths.addAll(Set.of(border, border - 1, border + 1, border + 9, border + 12, border + 13, border + 5000));
        }

        assertEquals(5, Frames.borders(bundle).size());
        for (int length : lengths) {
            if (length >= 0 && length < bundle.length) {
                assertCutIsRefused(bundle, length);
            }
        }
    }

    /** Packed content has a checksum; where there is none the digests tell, which the store compares. A few bits of headers mean nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"zstd", "gzip", "lz4", "none"})
    void bundleWhenABitIsAnotherIsRefusedOrSeenByDigest(String compression) throws IOException {
        byte[] bundle = small(compression);
        Made made = TestImage.small().make();
        int refused = 0;
        int seen = 0;

        for (int at = 0; at < bundle.length; at += STRIDE) {
            byte[] damaged = bundle.clone();
            damaged[at] ^= (byte) (1 << at % Byte.SIZE);
            Path file = Files.write(directory.resolve("damaged"), damaged);
            try {
                Unbundled read = Unbundled.read(file);
                if (read.isIntact()) {
                    assertArrayEquals(made.list().toBytes(), read.launchList());
                    assertEquals(
                            made.blobs().keySet(), new TreeSet<>(read.blobs().keySet()));
                } else {
                    seen++;
                }
            } catch (BootcastException e) {
                assertEquals(Fault.BUNDLE, e.fault());
                refused++;
            }
        }

        assertTrue(refused > 0, "refused: " + refused);
        assertEquals(compression.equals("none"), seen > 0, "seen by digest only: " + seen);
    }
}
