package io.bootcast.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bytes of version 1 never change; a damaged header, a cut file and a file of another index are refused when it is opened. */
class HotBlobTest {
    private static final int CRC_AT = 60;
    private static final int SLOTS_AT = 64;
    private static final int SLOT_BYTES = 12;

    private final Index index = GoldenHotBlob.index();

    private static byte[] golden() throws IOException {
        try (InputStream in = HotBlobTest.class.getResourceAsStream("hot-v1.bin")) {
            return in.readAllBytes();
        }
    }

    private static ByteBuffer fields(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, CRC_AT);
        return (int) crc.getValue();
    }

    /** {@code bytes} with the number at {@code at} replaced and the header's CRC right again. */
    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        fields(changed).putInt(at, value);
        fields(changed).putInt(CRC_AT, crc(changed));
        return changed;
    }

    private void assertRefused(String facts, byte[] bytes) {
        BootcastException refused = assertThrows(
                BootcastException.class, () -> HotBlob.open(ByteBuffer.wrap(bytes), "/i/launch/hot", index), facts);
        assertEquals(
                "hot blob cannot be used: file=/i/launch/hot " + facts
                        + "; remove it with bootcast clean, or build the bundle again",
                refused.getMessage());
        assertEquals(Fault.FORMAT, refused.fault());
    }

    private static byte[] content(HotBlob blob, int place) {
        ByteBuffer content = blob.content(blob.find(place));
        byte[] copy = new byte[content.remaining()];
        content.get(copy);
        return copy;
    }

    @Test
    void writerWhenGivenTheSameClassesMakesTheGoldenFile() throws IOException {
        byte[] expected = golden();

        byte[] made = GoldenHotBlob.bytes();

        assertArrayEquals(expected, made);
    }

    @Test
    void headerWhenReadByTheTableOfTheFormatHoldsItsValues() throws IOException {
        ByteBuffer bytes = fields(golden());

        byte[] magic = new byte[8];
        bytes.get(magic);

        assertArrayEquals(new byte[] {'B', 'C', 'H', 'O', 'T', 'B', 'L', '\n'}, magic);
        assertEquals(1, bytes.getInt(8));
        assertEquals(16, bytes.getInt(12));
        assertEquals(SLOTS_AT + 16 * SLOT_BYTES + 305, bytes.getLong(16));
        assertEquals(bytes.limit(), bytes.getLong(16));
        assertEquals(3, bytes.getInt(24));
        assertEquals(index.fingerprint(), bytes.getInt(28));
        assertEquals(0, bytes.position(32).get());
        assertEquals(crc(bytes.array()), bytes.getInt(CRC_AT));
    }

    @Test
    void readerWhenGivenTheGoldenFileFindsItsClasses() throws IOException {
        HotBlob blob = HotBlob.open(ByteBuffer.wrap(golden()), "hot-v1.bin", index);

        assertEquals(3, blob.size());
        assertArrayEquals(
                GoldenHotBlob.content(300, 7).array(), content(blob, GoldenHotBlob.place(index, "pkg/Main.class")));
        assertArrayEquals(GoldenHotBlob.content(5, 1).array(), content(blob, GoldenHotBlob.place(index, "é.txt")));
        assertArrayEquals(new byte[0], content(blob, GoldenHotBlob.place(index, "java/sql/Extra.class")));
        assertEquals(0, blob.find(GoldenHotBlob.place(index, "META-INF/MANIFEST.MF")));
        assertEquals(0, blob.find(index.place(index.find("pkg/Main.class"), 1)));
    }

    /** In load order, one behind the other, whatever the table's order is. */
    @Test
    void contentWhenClassesAreManyLiesInLoadOrder() throws IOException {
        List<Integer> places = new ArrayList<>();
        for (int i = 4000; i > 0; i--) {
            places.add(i * 4);
        }
        HotWriter writer = new HotWriter(index);
        for (int place : places) {
            assertTrue(writer.add(place, GoldenHotBlob.content(place % 50, place)));
        }

        HotBlob blob = HotBlob.open(ByteBuffer.wrap(bytes(writer)), "hot", index);

        int at = SLOTS_AT + 8192 * SLOT_BYTES;
        for (int place : places) {
            ByteBuffer content = blob.content(blob.find(place));
            assertEquals(at, content.position(), () -> "place=" + place);
            assertEquals(GoldenHotBlob.content(place % 50, place), content);
            at = content.limit();
        }
        assertEquals(4000, blob.size());
        for (int absent = 1; absent < 4; absent++) {
            assertEquals(0, blob.find(4000 * 4 + absent));
        }
    }

    private static byte[] bytes(HotWriter writer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(out);
        return out.toByteArray();
    }

    @Test
    void writerWhenNothingWasAddedMakesABlobThatHasNothing() throws IOException {
        HotBlob blob = HotBlob.open(ByteBuffer.wrap(bytes(new HotWriter(index))), "hot", index);

        assertEquals(0, blob.size());
        assertEquals(0, blob.find(GoldenHotBlob.place(index, "pkg/Main.class")));
    }

    @Test
    void writerWhenAPlaceIsAddedTwiceKeepsTheFirst() throws IOException {
        HotWriter writer = new HotWriter(index);

        boolean first = writer.add(8, GoldenHotBlob.content(3, 1));
        boolean second = writer.add(8, GoldenHotBlob.content(9, 2));

        assertTrue(first);
        assertFalse(second);
        assertEquals(1, writer.classCount());
        assertEquals(3, writer.contentBytes());
    }

    /** What no longer fits stays out; a smaller one after it may still come in. */
    @Test
    void writerWhenTheFileIsFullLeavesTheRestOut() throws IOException {
        int most = SLOTS_AT + 16 * SLOT_BYTES + 100;
        HotWriter writer = new HotWriter(index, most);

        boolean fits = writer.add(4, GoldenHotBlob.content(60, 1));
        boolean tooLong = writer.add(8, GoldenHotBlob.content(41, 1));
        boolean exact = writer.add(12, GoldenHotBlob.content(40, 1));

        assertTrue(fits);
        assertFalse(tooLong);
        assertTrue(exact);
        assertEquals(most, bytes(writer).length);
    }

    /** The ninth class doubles the table. */
    @Test
    void writerWhenTheTableWouldNotFitLeavesTheRestOut() throws IOException {
        HotWriter writer = new HotWriter(index, SLOTS_AT + 16 * SLOT_BYTES + 100);

        for (int place = 4; place <= 4 * 12; place += 4) {
            boolean added = writer.add(place, GoldenHotBlob.content(1, 1));

            assertEquals(place <= 4 * 8, added);
        }
        assertEquals(
                8, HotBlob.open(ByteBuffer.wrap(bytes(writer)), "hot", index).size());
    }

    @Test
    void openWhenFileIsCutIsRefused() throws IOException {
        byte[] whole = golden();
        for (int length = 0; length < whole.length; length++) {
            String expected = length < SLOTS_AT ? "at least 64" : String.valueOf(whole.length);

            assertRefused("bytes=" + length + " expected=" + expected, Arrays.copyOf(whole, length));
        }
        assertRefused(
                "bytes=" + (whole.length + 1) + " expected=" + whole.length, Arrays.copyOf(whole, whole.length + 1));
    }

    @Test
    void openWhenAnyBitOfTheHeaderIsFlippedIsRefused() throws IOException {
        for (int bit = 0; bit < SLOTS_AT * 8; bit++) {
            byte[] flipped = golden();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            String expected;
            if (bit < 64) {
                expected = "magic=" + Long.toHexString(fields(flipped).getLong(0)) + " expected=a4c42544f484342";
            } else if (bit < 96) {
                expected = "version=" + fields(flipped).getInt(8) + " expected=1";
            } else {
                expected = "headerCrc=" + fields(flipped).getInt(CRC_AT) + " expected=" + crc(flipped);
            }

            assertRefused(expected, flipped);
        }
    }

    /** The body is covered by the digest of the launch list: here only that no flip makes a search endless or leads out of the file. */
    @Test
    @Timeout(30)
    void lookupWhenAnyBitOfTheTableIsFlippedEnds() throws IOException {
        byte[] whole = golden();
        int refused = 0;
        for (int bit = SLOTS_AT * 8; bit < (SLOTS_AT + 16 * SLOT_BYTES) * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            HotBlob blob = HotBlob.open(ByteBuffer.wrap(flipped), "/i/launch/hot", index);
            for (String name : List.of("pkg/Main.class", "é.txt", "java/sql/Extra.class", "META-INF/MANIFEST.MF")) {
                int found = blob.find(GoldenHotBlob.place(index, name));
                try {
                    assertTrue(found == 0 || blob.content(found).limit() <= whole.length);
                } catch (BootcastException e) {
                    assertEquals(Fault.FORMAT, e.fault());
                    assertTrue(e.getMessage().contains("file=/i/launch/hot content="), e.getMessage());
                    refused++;
                }
            }
        }

        assertTrue(refused > 100, "refused: " + refused);
    }

    @Test
    void openWhenVersionIsOneTooNewIsRefused() throws IOException {
        assertRefused("version=2 expected=1", with(golden(), 8, 2));
    }

    @Test
    void openWhenItIsAnIndexIsRefused() {
        assertRefused("magic=a5845444e494342 expected=a4c42544f484342", GoldenIndex.bytes());
    }

    @Test
    void openWhenTheTableCannotBeThereIsRefused() throws IOException {
        for (int slots : new int[] {0, -1, 15, 24, 1 << 30, 1 << 31, 4, 64}) {
            assertRefused("slots=" + slots + " expected=a power of two that fits", with(golden(), 12, slots));
        }
    }

    /** Of the same name and lengths: the first two differ in the blob's digest only. */
    @Test
    void openWhenItBelongsToAnotherIndexIsRefused() throws IOException {
        Set<Integer> fingerprints = new HashSet<>();
        for (int seed = 1; seed < 4; seed++) {
            IndexWriter writer = new IndexWriter(seed == 3 ? 21 : 17);
            ElementFacts jar = new ElementFacts(ElementFacts.JAR, "/a.jar", "root/a.jar");
            jar.blob(writer.blob(GoldenIndex.digest(seed), 1000, 0));
            writer.entry(writer.element(jar), "p/C.class", JarEntryFacts.stored(100, 50), 0);
            Index other = Index.open(writer.finish(), "other");
            fingerprints.add(other.fingerprint());
            HotWriter hot = new HotWriter(other);

            assertRefused("index=" + other.fingerprint() + " expected=" + index.fingerprint(), bytes(hot));
            assertNotEquals(index.fingerprint(), other.fingerprint());
        }
        assertEquals(3, fingerprints.size());
    }
}
