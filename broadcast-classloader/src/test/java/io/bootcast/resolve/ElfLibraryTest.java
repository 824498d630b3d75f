package io.bootcast.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElfLibraryTest {
    private static final Path HOME = Path.of("/app/native");

    private static TestElf elf(boolean wide) {
        return wide ? TestElf.wide() : TestElf.narrow();
    }

    private static ElfLibrary read(byte[] bytes) {
        return ElfLibrary.read(ByteBuffer.wrap(bytes));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void libraryWhenItNeedsOthersNamesThem(boolean wide) {
        byte[] bytes = elf(wide)
                .needs("libm.so.6", "libé.so")
                .runpath("$ORIGIN/../dep:/opt/lib:${ORIGIN}")
                .bytes();

        ElfLibrary library = read(bytes);

        assertEquals(List.of("libm.so.6", "libé.so"), library.needed());
        assertEquals(List.of(Path.of("/app/dep"), HOME), library.searchedFrom(HOME));
        assertTrue(library.hasRunPath());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void libraryWhenItHasBothPathsIsSearchedByRunpath(boolean wide) {
        byte[] runpathLast = elf(wide).rpath("$ORIGIN/r").runpath("$ORIGIN/n").bytes();
        byte[] runpathFirst = elf(wide).runpath("$ORIGIN/n").rpath("$ORIGIN/r").bytes();
        byte[] rpathOnly = elf(wide).rpath("$ORIGIN/r").bytes();

        assertEquals(List.of(HOME.resolve("n")), read(runpathLast).searchedFrom(HOME));
        assertEquals(List.of(HOME.resolve("n")), read(runpathFirst).searchedFrom(HOME));
        assertEquals(List.of(HOME.resolve("r")), read(rpathOnly).searchedFrom(HOME));
        assertFalse(read(rpathOnly).hasRunPath());
    }

    @ParameterizedTest
    @CsvSource({
        "$ORIGIN, /app/native",
        "${ORIGIN}/x, /app/native/x",
        "$ORIGIN/$LIB, ''",
        "/usr/lib, ''",
        "relative, ''",
        "'', ''"
    })
    void expansionWhenTextIsNotRelativeToTheFileIsEmpty(String text, String expected) {
        assertEquals(expected, ElfLibrary.expand(text, HOME));
    }

    @Test
    void bufferWhenTheLibraryIsAPartOfItIsReadFromItsPosition() {
        byte[] bytes = TestElf.wide().needs("liba.so").bytes();
        ByteBuffer pack = ByteBuffer.allocate(bytes.length + 20);
        pack.position(10).put(bytes).position(10).limit(10 + bytes.length);

        ElfLibrary library = ElfLibrary.read(pack);

        assertEquals(List.of("liba.so"), library.needed());
        assertEquals(10, pack.position());
    }

    /** Cut or damaged files are answered, whatever the answer: nothing here may throw. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fileWhenItIsCutOrDamagedIsAnswered(boolean wide) {
        byte[] bytes = elf(wide).needs("liba.so").runpath("$ORIGIN").bytes();
        int answered = 0;

        for (int length = 0; length < bytes.length; length++) {
            answered += read(Arrays.copyOf(bytes, length)).needed().size() <= 1 ? 1 : 0;
        }
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            answered += read(flipped).needed().size() <= bytes.length ? 1 : 0;
        }

        assertEquals(bytes.length * 9, answered);
    }

    @Test
    void fileWhenItIsNoElfFileOfThisKindNeedsNothing() {
        byte[] bigEndian = TestElf.wide().needs("liba.so").bytes();
        bigEndian[5] = 2;

        assertSame(ElfLibrary.NONE, read(bigEndian));
        assertSame(ElfLibrary.NONE, read(new byte[100]));
        assertSame(ElfLibrary.NONE, read(new byte[0]));
    }

    /** The oracle is what everybody knows of the JDK's own library. */
    @Test
    void libraryWhenItIsTheJdksNeedsTheJvm() throws IOException {
        Path library = Path.of(System.getProperty("java.home"), "lib/libjava.so");

        ElfLibrary read = read(Files.readAllBytes(library));

        assertTrue(read.needed().contains("libjvm.so"), read.needed()::toString);
        assertTrue(read.searchedFrom(HOME).contains(HOME), read.searchedFrom(HOME)::toString);
    }
}
