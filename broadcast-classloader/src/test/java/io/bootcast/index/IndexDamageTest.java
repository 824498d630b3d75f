package io.bootcast.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** A damaged header or a cut file is refused when it is opened; the body is covered by the blob's digest. */
class IndexDamageTest {
    private static final int EVERY_BYTE_UP_TO = 4096;
    private static final int BLOCK_BYTES = 64;
    private static final int CRC_AT = 60;

    private final byte[] index = largeIndex();

    /** Large enough for cuts beyond the part that is cut at every byte. */
    private static byte[] largeIndex() {
        IndexWriter writer = new IndexWriter(17);
        int element = writer.element(new ElementFacts(ElementFacts.JAR, "/a.jar", "root/a.jar"));
        for (int i = 0; i < 500; i++) {
            writer.entry(element, "p/C" + i + ".class", JarEntryFacts.stored(i, 1), 0);
        }
        return writer.finish().array();
    }

    private static void assertRefused(String facts, byte[] bytes) {
        BootcastException refused =
                assertThrows(BootcastException.class, () -> Index.open(ByteBuffer.wrap(bytes), "/store/index"), facts);
        assertEquals(
                "index cannot be used: file=/store/index " + facts + "; remove it with bootcast clean",
                refused.getMessage());
        assertEquals(Fault.FORMAT, refused.fault());
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, CRC_AT);
        return (int) crc.getValue();
    }

    private static ByteBuffer fields(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void openWhenFileIsCutIsRefused() {
        for (int length = 0; length < index.length; length += length < EVERY_BYTE_UP_TO ? 1 : BLOCK_BYTES) {
            String expected = length < 64 ? "at least 64" : String.valueOf(index.length);

            assertRefused("bytes=" + length + " expected=" + expected, Arrays.copyOf(index, length));
        }
    }

    @Test
    void openWhenBytesAreAddedIsRefused() {
        for (int more = 1; more <= 2 * BLOCK_BYTES; more++) {
            assertRefused(
                    "bytes=" + (index.length + more) + " expected=" + index.length,
                    Arrays.copyOf(index, index.length + more));
        }
    }

    @Test
    void openWhenAnyBitOfTheHeaderIsFlippedIsRefused() {
        for (int bit = 0; bit < 64 * 8; bit++) {
            byte[] flipped = index.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            String expected;
            if (bit < 64) {
                expected = "magic=" + Long.toHexString(fields(flipped).getLong(0)) + " expected=a5845444e494342";
            } else if (bit < 96) {
                expected = "version=" + fields(flipped).getInt(8) + " expected=1";
            } else {
                expected = "headerCrc=" + fields(flipped).getInt(CRC_AT) + " expected=" + crc(flipped);
            }

            assertRefused(expected, flipped);
        }
    }

    @Test
    void openWhenMagicIsWrongIsRefused() {
        byte[] jar = new TestJar().stored("a", "a".repeat(100)).bytes();

        assertRefused("magic=800002d04034b50 expected=a5845444e494342", jar);
    }

    @Test
    void openWhenVersionIsOneTooNewIsRefused() {
        byte[] newer = index.clone();
        fields(newer).putInt(8, IndexFormat.VERSION + 1);
        fields(newer).putInt(CRC_AT, crc(newer));

        assertRefused("version=2 expected=1", newer);
    }

    @Test
    void openWhenLengthIsWrongAndTheHeaderIsSoundIsRefused() {
        byte[] other = index.clone();
        fields(other).putLong(16, (1L << 32) + index.length);
        fields(other).putInt(CRC_AT, crc(other));

        assertRefused("bytes=" + index.length + " expected=" + ((1L << 32) + index.length), other);
    }
}
