package io.bootcast.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The bytes of version 1 never change: images with it lie in kept stores and in bundles. */
class GoldenIndexTest {
    private static byte[] golden() throws IOException {
        return golden("index-v1.bin");
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = GoldenIndexTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void writerWhenGivenTheSameFactsMakesTheGoldenFile() throws IOException {
        byte[] expected = golden();

        byte[] made = GoldenIndex.bytes();

        assertArrayEquals(expected, made);
    }

    @Test
    void writerWhenGivenFilesMakesTheGoldenFile() throws IOException {
        byte[] expected = golden("index-v1-files.bin");

        byte[] made = GoldenIndex.bytesOfFiles();

        assertArrayEquals(expected, made);
    }

    @Test
    void readerWhenGivenTheGoldenFileReadsFiles() throws IOException {
        Index index = Index.open(ByteBuffer.wrap(golden("index-v1-files.bin")), "index-v1-files.bin");

        StringBuilder files = new StringBuilder();
        for (int element = 0; element < index.elementCount(); element++) {
            files.append(index.kind(element)).append(' ').append(index.blobOf(element));
            files.append(' ').append(index.mirrorPath(element)).append('\n');
            for (FileFacts file : index.files(element)) {
                files.append(file.isDirectory() ? "d" : file.isLink() ? "l" : file.isBlob() ? "b" : "f");
                files.append(file.isExecutable() ? "x " : "- ").append(file.name());
                files.append(' ').append(file.offset()).append(' ').append(file.lengthBytes());
                files.append(' ').append(file.mtimeNanos()).append('\n');
            }
        }

        assertEquals(
                "4 0 root/home/user/native\n"
                        + "d-  0 0 1700000000000000003\n"
                        + "d- sub/ 0 0 1700000000000000004\n"
                        + "f- sub/é.txt 0 300 1700000000000000005\n"
                        + "fx sub/tool 300 690 -1\n"
                        + "l- liba.so 990 10 0\n"
                        + "4 1 root/home/user/native\n"
                        + "b- liba.so.1 0 2000000000 1700000000000000006\n",
                files.toString());
        assertEquals(6, index.fileCount());
        assertEquals(0, index.size());
    }

    @Test
    void readerWhenGivenTheGoldenFileReadsLibraries() throws IOException {
        Index index = Index.open(ByteBuffer.wrap(golden("index-v1-files.bin")), "index-v1-files.bin");
        Index without = Index.open(ByteBuffer.wrap(golden()), "index-v1.bin");

        int carried = index.findLibrary("liba.so");
        int atHome = index.findLibrary("libhome.so");
        int directory = index.findLibrary("../native/");

        assertEquals(3, index.libraryCount());
        assertEquals("/home/user/native/liba.so", index.libraryOriginalPath(carried));
        assertEquals("root/home/user/native/liba.so", index.libraryMirrorPath(carried));
        assertEquals("/home/user/live/libhome.so", index.libraryOriginalPath(atHome));
        assertEquals("", index.libraryMirrorPath(atHome));
        assertEquals("root/home/user/native", index.libraryMirrorPath(directory));
        assertEquals(0, index.findLibrary("liba.so.1"));
        assertEquals(0, index.findLibrary(""));
        assertEquals(0, without.findLibrary("liba.so"));
        assertEquals(0, without.libraryCount());
        assertEquals(0, without.fileCount());
    }

    @Test
    void headerWhenReadByTheTableOfTheFormatHoldsItsValues() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(golden()).order(java.nio.ByteOrder.LITTLE_ENDIAN);

        byte[] magic = new byte[8];
        bytes.get(magic);

        assertArrayEquals(new byte[] {'B', 'C', 'I', 'N', 'D', 'E', 'X', '\n'}, magic);
        assertEquals(1, bytes.getInt(8));
        assertEquals(GoldenIndex.FEATURE, bytes.getInt(12));
        assertEquals(bytes.limit(), bytes.getLong(16));
        assertEquals(16, bytes.getInt(24));
        assertEquals(7, bytes.getInt(28));
        assertEquals(64, bytes.getInt(32));
        assertEquals(64 + 16 * 8 + 3 * 48, bytes.getInt(36));
        assertEquals(5, bytes.getInt(40));
        assertEquals(64 + 16 * 8, bytes.getInt(44));
        assertEquals(3, bytes.getInt(48));
        assertEquals(0, bytes.getLong(52));
    }

    @Test
    void readerWhenGivenTheGoldenFileReadsEntries() throws IOException {
        Index index = Index.open(ByteBuffer.wrap(golden()), "index-v1.bin");

        int main = index.findClass("pkg.Main");
        int fromJar = index.place(main, 0);
        int fromDirectory = index.place(main, 1);

        assertEquals(GoldenIndex.FEATURE, index.feature());
        assertEquals(7, index.size());
        assertEquals(2, index.placeCount(main));
        assertEquals("0 true 300 1000 2000 11 0", place(index, fromJar));
        assertEquals("2 false 0 400 400 0 1700000000001", place(index, fromDirectory));
        assertEquals(
                "3 true 1999999000 10 2000000000 0 0",
                place(index, index.place(index.find("META-INF/MANIFEST.MF"), 1)));
        assertEquals("2 false 400 100 100 0 1700000000002", place(index, index.firstPlace(index.find("é.txt"))));
        assertEquals("2 false 0 0 0 0 1700000000000", place(index, index.firstPlace(index.find(""))));
        assertTrue(index.isDirectoryAlias(index.firstPlace(index.find("pkg"))));
        assertTrue(index.isInJdk(index.firstPlace(index.findClass("java.sql.Extra"))));
        assertEquals(0, index.findClass("pkg.Other"));
    }

    private static String place(Index index, int place) {
        return index.element(place) + " " + index.isDeflated(place) + " " + index.offset(place) + " "
                + index.storedBytes(place) + " " + index.contentBytes(place) + " " + index.release(place) + " "
                + index.mtimeMillis(place);
    }

    @Test
    void readerWhenGivenTheGoldenFileReadsElementsAndBlobs() throws IOException {
        Index index = Index.open(ByteBuffer.wrap(golden()), "index-v1.bin");

        StringBuilder elements = new StringBuilder();
        for (int element = 0; element < index.elementCount(); element++) {
            elements.append(index.kind(element))
                    .append(' ')
                    .append(index.blobOf(element))
                    .append(' ');
            elements.append(index.isMultiRelease(element))
                    .append(' ')
                    .append(index.isSigned(element))
                    .append(' ');
            elements.append(index.originalPath(element))
                    .append(' ')
                    .append(index.mirrorPath(element))
                    .append('\n');
        }

        assertEquals(
                "0 0 true false /home/user/lib/a.jar root/home/user/lib/a.jar\n"
                        + "3 -1 false false /home/user/lib/absent.jar \n"
                        + "1 1 false false /home/user/classes root/home/user/classes\n"
                        + "0 2 false true /home/user/lib/signed.jar root/home/user/lib/signed.jar\n"
                        + "2 -1 false false /home/user/live \n",
                elements.toString());
        assertArrayEquals(
                new String[] {"Title", "2.0", "Vendor", "Implementation", "1.0.1", "Implementor", "true"},
                index.packageValues(0, "pkg"));
        assertArrayEquals(GoldenIndex.digest(3), index.blobDigest(2));
        assertEquals(2_000_000_000, index.blobBytes(2));
        assertEquals(-1, index.blobMtimeNanos(2));
    }
}
