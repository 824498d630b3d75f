package io.bootcast.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexTest {
    private static final int FEATURE = 17;

    private final IndexWriter writer = new IndexWriter(FEATURE);

    private int jar(String path) {
        return writer.element(new ElementFacts(ElementFacts.JAR, path, "root" + path));
    }

    private void put(int element, String name, long offset) {
        writer.entry(element, name, JarEntryFacts.stored(offset, 10), 0);
    }

    private Index open() {
        return Index.open(writer.finish(), "test");
    }

    private static List<Long> offsets(Index index, String name) {
        List<Long> offsets = new ArrayList<>();
        int entry = index.find(name);
        for (int i = 0; entry != 0 && i < index.placeCount(entry); i++) {
            offsets.add(index.offset(index.place(entry, i)));
        }
        return offsets;
    }

    @Test
    void findWhenNameIsThereGivesAllThatWasWritten() {
        writer.element(new ElementFacts(ElementFacts.ABSENT, "/absent.jar", ""));
        JarEntryFacts facts = new JarEntryFacts();
        facts.method = IndexFormat.METHOD_DEFLATED;
        facts.offset = 0x1_2345_6789L;
        facts.storedBytes = 0x7FFF_FFFEL;
        facts.contentBytes = 0x7FFF_FFFFL;
        facts.release = 11;
        facts.inJdk = true;
        writer.entry(jar("/a.jar"), "a/b/C.class", facts, 1_700_000_000_123L);

        Index index = open();
        int entry = index.find("a/b/C.class");
        int place = index.firstPlace(entry);

        assertEquals("a/b/C.class", index.name(entry));
        assertEquals(1, index.placeCount(entry));
        assertEquals(1, index.element(place));
        assertTrue(index.isDeflated(place));
        assertEquals(0x1_2345_6789L, index.offset(place));
        assertEquals(0x7FFF_FFFE, index.storedBytes(place));
        assertEquals(0x7FFF_FFFF, index.contentBytes(place));
        assertEquals(11, index.release(place));
        assertTrue(index.isInJdk(place));
        assertFalse(index.isDirectoryAlias(place));
        assertEquals(1_700_000_000_123L, index.mtimeMillis(place));
        assertEquals(FEATURE, index.feature());
    }

    @Test
    void findWhenNameDiffersInOneCharacterGivesNothing() {
        put(jar("/a.jar"), "pkg/resource.txt", 1);

        Index index = open();

        assertNotEquals(0, index.find("pkg/resource.txt"));
        for (int i = 0; i < "pkg/resource.txt".length(); i++) {
            StringBuilder other = new StringBuilder("pkg/resource.txt");
            other.setCharAt(i, (char) (other.charAt(i) + 1));
            assertEquals(0, index.find(other.toString()), other.toString());
        }
        for (String other :
                new String[] {"", "pkg", "pkg/", "pkg/resource.tx", "pkg/resource.txt/", "/pkg/resource.txt"}) {
            assertEquals(0, index.find(other), other);
        }
    }

    @Test
    void findWhenIndexIsEmptyGivesNothing() {
        Index index = open();

        assertEquals(0, index.size());
        assertEquals(0, index.find("a"));
        assertEquals(0, index.find(""));
        assertEquals(0, index.findClass("a.B"));
        assertEquals(0, index.elementCount());
        assertEquals(0, index.blobCount());
    }

    @Test
    void findWhenIndexIsLargeFindsEachNameAndNoOther() {
        int element = jar("/a.jar");
        for (int i = 0; i < 20_000; i++) {
            put(element, "p" + i % 37 + "/C" + i + ".class", i);
        }

        Index index = open();

        assertEquals(20_000, index.size());
        for (int i = 0; i < 20_000; i++) {
            assertEquals(i, index.offset(index.firstPlace(index.find("p" + i % 37 + "/C" + i + ".class"))));
            assertEquals(i, index.offset(index.firstPlace(index.findClass("p" + i % 37 + ".C" + i))));
            assertEquals(0, index.find("p" + i % 37 + "/D" + i + ".class"));
            assertEquals(0, index.findClass("p" + i % 37 + ".D" + i));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"é", "p/Grüße.txt", "包/类.class", "p/\uD83D\uDE00.txt", "p/é/", "\u0080", "\u07FF", "\uFFFD"})
    void findWhenNameIsNotAsciiFindsIt(String name) {
        put(jar("/a.jar"), name, 7);

        Index index = open();

        assertEquals(List.of(7L), offsets(index, name));
        assertEquals(name, index.name(index.find(name)));
        assertEquals(0, index.find(name.replace('é', 'e') + "x"));
    }

    @Test
    void findClassWhenNameIsNotAsciiFindsIt() {
        put(jar("/a.jar"), "包/类.class", 7);

        Index index = open();

        assertEquals(7, index.offset(index.firstPlace(index.findClass("包.类"))));
        assertEquals(0, index.findClass("包.米"));
    }

    @Test
    void findWhenHashesOfAsciiAndOtherNamesAreEqualTellsThemApart() {
        String ascii = "(P'";
        String other = "\u9FFF";
        assertEquals(ascii.hashCode(), other.hashCode());
        int element = jar("/a.jar");
        put(element, ascii, 1);

        assertEquals(0, open().find(other));

        put(element, other, 2);
        Index index = open();
        assertEquals(List.of(1L), offsets(index, ascii));
        assertEquals(List.of(2L), offsets(index, other));
    }

    @Test
    void findWhenAllHashesAreEqualFindsEachName() {
        int element = jar("/a.jar");
        List<String> names = colliding(9);
        for (int i = 0; i < names.size(); i++) {
            put(element, names.get(i), i);
        }

        Index index = open();

        assertEquals(1, new HashSet<>(names.stream().map(String::hashCode).toList()).size());
        for (int i = 0; i < names.size(); i++) {
            assertEquals(List.of((long) i), offsets(index, names.get(i)));
        }
        assertEquals(0, index.find("Aa".repeat(8) + "C#"));
    }

    /** All names of {@code pairs} times "Aa" or "BB", whose hashes are equal. */
    private static List<String> colliding(int pairs) {
        List<String> names = new ArrayList<>(List.of(""));
        for (int i = 0; i < pairs; i++) {
            List<String> longer = new ArrayList<>();
            for (String name : names) {
                longer.add(name + "Aa");
                longer.add(name + "BB");
            }
            names = longer;
        }
        return names;
    }

    @Test
    void findClassWhenHashesAreEqualTellsClassesApart() {
        int element = jar("/a.jar");
        put(element, "p/Aa.class", 1);

        assertEquals(0, open().findClass("p.BB"));

        put(element, "p/BB.class", 2);
        Index index = open();
        assertEquals(1, index.offset(index.firstPlace(index.findClass("p.Aa"))));
        assertEquals(2, index.offset(index.firstPlace(index.findClass("p.BB"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.B",
                "a/B",
                "a.B$C",
                "B",
                "",
                "[La.B;",
                "[a.B",
                "a.B.class",
                "a/B.class",
                ".a.B",
                "a..B",
                "a.B.",
                "a.b",
                "A.B",
                "é.B",
                "a.B;",
                "java.lang.Object",
                "\0",
                "a\0B"
            })
    void findClassWhenAskedForAnyNameAgreesWithFind(String name) {
        int element = jar("/a.jar");
        for (String entry :
                new String[] {"a/B.class", "a/B$C.class", "B.class", ".class", "é/B.class", "[La/B;.class"}) {
            put(element, entry, 1);
        }

        Index index = open();

        assertEquals(index.find(name.replace('.', '/') + ".class"), index.findClass(name));
    }

    @Test
    void placesWhenSeveralElementsHaveANameAreInClassPathOrder() {
        for (int i = 0; i < 300; i++) {
            int element = jar("/" + i + ".jar");
            put(element, "own" + i, 1000 + i);
            put(element, "common", i);
        }

        Index index = open();

        int entry = index.find("common");
        assertEquals(300, index.placeCount(entry));
        for (int i = 0; i < 300; i++) {
            assertEquals(i, index.element(index.place(entry, i)));
            assertEquals(i, index.offset(index.place(entry, i)));
            assertEquals(List.of(1000L + i), offsets(index, "own" + i));
        }
    }

    @Test
    void entryWhenOneElementHasANameTwiceIsTheLast() {
        int element = jar("/a.jar");
        put(element, "twice", 1);
        put(element, "other", 2);
        put(element, "twice", 3);
        put(jar("/b.jar"), "twice", 4);

        Index index = open();

        assertEquals(List.of(3L, 4L), offsets(index, "twice"));
    }

    @Test
    void findWhenDirectoryIsNamedWithoutSlashGivesItsAlias() {
        put(jar("/a.jar"), "p/", 5);

        Index index = open();

        assertFalse(index.isDirectoryAlias(index.firstPlace(index.find("p/"))));
        assertTrue(index.isDirectoryAlias(index.firstPlace(index.find("p"))));
        assertEquals(List.of(5L), offsets(index, "p"));
        assertEquals(2, index.size());
    }

    @Test
    void aliasWhenElementHasAFileOfThatNameGivesWay() {
        int first = jar("/directory-first.jar");
        put(first, "p/", 1);
        put(first, "p", 2);
        int second = jar("/file-first.jar");
        put(second, "p", 3);
        put(second, "p/", 4);

        Index index = open();

        assertEquals(List.of(2L, 3L), offsets(index, "p"));
        assertEquals(List.of(1L, 4L), offsets(index, "p/"));
        assertFalse(index.isDirectoryAlias(index.place(index.find("p"), 0)));
        assertFalse(index.isDirectoryAlias(index.place(index.find("p"), 1)));
    }

    @Test
    void elementsWhenReadAreAsWritten() {
        byte[] digest = GoldenIndex.digest(1);
        ElementFacts jar = new ElementFacts(ElementFacts.JAR, "/lib/ä b.jar", "root/lib/ä b.jar");
        jar.blob(writer.blob(digest, 1L << 40, 1_700_000_000_000_000_123L));
        jar.multiRelease = true;
        jar.signed = true;
        writer.element(jar);
        writer.element(new ElementFacts(ElementFacts.DIRECTORY, "/classes", "root/classes"));
        writer.element(new ElementFacts(ElementFacts.LIVE, "/live", ""));
        writer.element(new ElementFacts(ElementFacts.ABSENT, "/absent", ""));

        Index index = open();

        int[] kinds = {ElementFacts.JAR, ElementFacts.DIRECTORY, ElementFacts.LIVE, ElementFacts.ABSENT};
        String[] paths = {"/lib/ä b.jar", "/classes", "/live", "/absent"};
        String[] mirrors = {"root/lib/ä b.jar", "root/classes", "", ""};
        assertEquals(4, index.elementCount());
        for (int element = 0; element < 4; element++) {
            assertEquals(kinds[element], index.kind(element));
            assertEquals(paths[element], index.originalPath(element));
            assertEquals(mirrors[element], index.mirrorPath(element));
            assertEquals(element == 0 ? 0 : -1, index.blobOf(element));
            assertEquals(element == 0, index.isMultiRelease(element));
            assertEquals(element == 0, index.isSigned(element));
            assertEquals(0, index.packageValues(element, "p").length);
        }
        assertEquals(1, index.blobCount());
        assertArrayEquals(digest, index.blobDigest(0));
        assertEquals(1L << 40, index.blobBytes(0));
        assertEquals(1_700_000_000_000_000_123L, index.blobMtimeNanos(0));
    }

    @Test
    void packageValuesWhenThereIsASectionPutItBeforeTheMainOne() {
        ElementFacts facts = new ElementFacts(ElementFacts.JAR, "/a.jar", "root/a.jar");
        facts.sections.add(new String[] {"", "main title", "1", "vendor", null, null, "", "true"});
        facts.sections.add(new String[] {"p/q/", "own title", null, null, "impl", null, null, "false"});
        facts.sections.add(new String[] {"é/", null, null, null, null, "2", null, null});
        int element = writer.element(facts);

        Index index = open();

        assertArrayEquals(
                new String[] {"main title", "1", "vendor", null, null, "", "true"}, index.packageValues(element, "p"));
        assertArrayEquals(
                new String[] {"own title", "1", "vendor", "impl", null, "", "false"},
                index.packageValues(element, "p.q"));
        assertArrayEquals(
                new String[] {"main title", "1", "vendor", null, "2", "", "true"}, index.packageValues(element, "é"));
        assertArrayEquals(index.packageValues(element, "none"), index.packageValues(element, "p.q.r"));
    }

    @Test
    void slotsWhenWalkedMeetEachNameOnce() {
        int element = jar("/a.jar");
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            put(element, "n" + i, i);
            expected.add("n" + i);
        }

        Index index = open();
        List<String> met = new ArrayList<>();
        for (int slot = 0; slot < index.slots(); slot++) {
            if (index.entryInSlot(slot) != 0) {
                met.add(index.name(index.entryInSlot(slot)));
            }
        }

        assertEquals(100, met.size());
        assertEquals(expected, new HashSet<>(met));
    }

    @Test
    void elementWhenThereAreTooManyIsRefused() {
        for (int i = 0; i < 0xFFFF; i++) {
            writer.element(new ElementFacts(ElementFacts.ABSENT, "", ""));
        }

        BootcastException refused = assertThrows(
                BootcastException.class, () -> writer.element(new ElementFacts(ElementFacts.ABSENT, "", "")));

        assertEquals(Fault.CLASS_PATH, refused.fault());
        assertEquals(
                "class path has too many elements: found more than 65535; join some of its jars", refused.getMessage());
    }

    @Test
    void findWhenItMissesAllocatesNothing() {
        int element = jar("/a.jar");
        for (int i = 0; i < 1000; i++) {
            put(element, "p/C" + i + ".class", i);
        }
        Index index = open();
        String[] names = new String[1000];
        Arrays.setAll(names, i -> "p/D" + i + ".class");
        String[] classNames = new String[1000];
        Arrays.setAll(classNames, i -> "p.D" + i);

        assertEquals(0, allocatedBytes(names, index::find));
        assertEquals(0, allocatedBytes(classNames, index::findClass));
    }

    /**
     * The fewest bytes that this thread allocates during 100,000 misses, of several times: the JVM itself now and then allocates a little in a thread
     * whose code it replaces, and a lookup that allocates does so every time.
     */
    private static long allocatedBytes(String[] names, ToIntFunction<String> find) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long fewest = Long.MAX_VALUE;
        int found = 0;
        for (int time = 0; time < 5; time++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int round = 0; round < 100; round++) {
                for (String name : names) {
                    found |= find.applyAsInt(name);
                }
            }
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, found);
        return fewest;
    }
}
