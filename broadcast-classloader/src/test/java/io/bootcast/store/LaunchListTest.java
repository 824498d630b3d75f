package io.bootcast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchListTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final String OTHER = "fedcba9876543210".repeat(4);

    /** The form of version 1: it must stay readable. */
    private static final String GOLDEN =
            "bootcast-launch\t1\nset\tmain\tp.Main\nset\toption.0000\t-Da=b c\nindex\t" + DIGEST
                    + "\t7\nfile\t" + OTHER + "\t0\tr\tboot/a b.jar\nfile\t" + DIGEST
                    + "\t12\tx\truntime/bin/java\nlink\truntime/lib/l\t../bin/java\nend\n";

    private static LaunchList list() {
        return new LaunchList.Builder()
                .link("runtime/lib/l", "../bin/java")
                .file("runtime/bin/java", DIGEST, 12, /* executable= */ true)
                .file("boot/a b.jar", OTHER, 0, /* executable= */ false)
                .set(LaunchList.OPTION + "0000", "-Da=b c")
                .set(LaunchList.MAIN, "p.Main")
                .index(DIGEST, 7)
                .build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void listWhenWrittenHasOneForm() {
        byte[] written = list().toBytes();

        assertEquals(GOLDEN, new String(written, StandardCharsets.UTF_8));
    }

    @Test
    void listWhenReadHasWhatWasWritten() {
        LaunchList read = LaunchList.of(bytes(GOLDEN));

        assertEquals(Map.of("main", "p.Main", "option.0000", "-Da=b c"), read.settings());
        assertEquals("", read.setting("absent"));
        assertEquals(DIGEST + " 7", read.indexDigest() + " " + read.indexBytes());
        assertEquals(3, read.items().size());
        assertEquals("boot/a b.jar", read.items().get(0).name());
        assertFalse(read.items().get(0).isExecutable());
        assertTrue(read.items().get(1).isExecutable());
        assertEquals(12, read.items().get(1).lengthBytes());
        assertEquals("../bin/java", read.items().get(2).target());
        assertTrue(read.hasRuntime());
        assertArrayEquals(bytes(GOLDEN), read.toBytes());
    }

    @Test
    void listWhenCutAnywhereIsRefused() {
        byte[] whole = bytes(GOLDEN);

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            BootcastException thrown = assertThrows(BootcastException.class, () -> LaunchList.of(cut));
            assertEquals(Fault.BUNDLE, thrown.fault());
        }
    }

    /** A flipped bit gives another list, which has another digest, or none. */
    @Test
    void listWhenABitIsFlippedIsAnotherOrRefused() {
        byte[] whole = bytes(GOLDEN);

        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertArrayEquals(flipped, LaunchList.of(flipped).toBytes());
            } catch (BootcastException e) {
                assertEquals(Fault.BUNDLE, e.fault());
            }
        }
    }

    @Test
    void listWithoutAnIndexIsRefused() {
        BootcastException thrown =
                assertThrows(BootcastException.class, () -> LaunchList.of(bytes("bootcast-launch\t1\nend\n")));

        assertEquals(
                "launch list: there is no index: found=none expected=one; build the bundle again", thrown.getMessage());
    }

    @Test
    void listOfALaterVersionIsRefused() {
        BootcastException thrown = assertThrows(
                BootcastException.class, () -> LaunchList.of(bytes(GOLDEN.replace("launch\t1", "launch\t2"))));

        assertEquals("launch list: another version: found=2 expected=1; build the bundle again", thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "..",
                "../x",
                "a/../../x",
                "a/..",
                "./a",
                "a/./b",
                "a//b",
                "a/",
                "",
                "a\\b",
                "a\u0000b",
                "a\tb",
                "a\nb"
            })
    void nameThatLeadsOutOfTheImageIsRefused(String name) {
        LaunchList.Builder builder = new LaunchList.Builder();

        assertThrows(BootcastException.class, () -> builder.file(name, DIGEST, 1, false));
        assertThrows(BootcastException.class, () -> builder.link(name, "x"));
    }

    @ParameterizedTest
    @CsvSource({"a, ..", "a, ../b", "a, /etc", "d/a, ../../b", "d/a, ../b/../../c", "a, b/../../c", "a, b/../c", "a, ''"
    })
    void linkThatLeadsOutOfTheImageIsRefused(String name, String target) {
        LaunchList.Builder builder = new LaunchList.Builder();

        assertThrows(BootcastException.class, () -> builder.link(name, target));
    }

    @ParameterizedTest
    @CsvSource({"d/a, ../b", "d/a, .", "d/e/a, ../../b", "d/a, ./../b"})
    void linkThatStaysInTheImageIsTaken(String name, String target) {
        LaunchList.Builder builder = new LaunchList.Builder().index(DIGEST, 1);

        LaunchList list = builder.link(name, target).build();

        assertEquals(target, list.items().get(0).target());
    }

    @Test
    void nameThatIsThereTwiceIsRefused() {
        LaunchList.Builder builder = new LaunchList.Builder().file("a", DIGEST, 1, false);

        assertThrows(BootcastException.class, () -> builder.file("a", OTHER, 1, false));
        assertThrows(BootcastException.class, () -> builder.link("a", "b"));
    }

    /** What is written through a link, or below a file, would be somewhere else. */
    @Test
    void nameBelowAFileOrALinkIsRefused() {
        LaunchList.Builder throughLink =
                new LaunchList.Builder().index(DIGEST, 1).link("d", "e").file("d/a", DIGEST, 1, false);
        LaunchList.Builder belowFile = new LaunchList.Builder()
                .index(DIGEST, 1)
                .file("d", DIGEST, 1, false)
                .file("d/e/a", DIGEST, 1, false);

        assertThrows(BootcastException.class, throughLink::build);
        assertThrows(BootcastException.class, belowFile::build);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0123", "0123456789ABCDEF", "../../../../../../../../../../../../../../../../../../../etc/x"
            })
    void digestThatIsNoneIsRefused(String digest) {
        LaunchList.Builder builder = new LaunchList.Builder();

        assertThrows(BootcastException.class, () -> builder.file("a", digest, 1, false));
        assertThrows(BootcastException.class, () -> builder.index(digest, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file\tX\t1\tr\ta\n",
                "file\tDIGEST\t-1\tr\ta\n",
                "file\tDIGEST\tone\tr\ta\n",
                "file\tDIGEST\t01\tr\ta\n",
                "file\tDIGEST\t1\trx\ta\n",
                "file\tDIGEST\t1\tr\ta\tb\n",
                "device\ta\n",
                "set\ta\n",
                "end\n",
                "\n"
            })
    void lineThatIsNotWhatTheFormatSaysIsRefused(String line) {
        String text = "bootcast-launch\t1\nindex\t" + DIGEST + "\t7\n" + line.replace("DIGEST", DIGEST) + "end\n";

        assertThrows(BootcastException.class, () -> LaunchList.of(bytes(text)));
    }
}
