package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.HotWriter;
import io.bootcast.index.Index;
import io.bootcast.index.LoadList;
import io.bootcast.index.RealJars;
import io.bootcast.index.TestJar;
import io.bootcast.path.Settings;
import io.bootcast.store.Image;
import java.io.File;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Classes from the hot blob are byte for byte those of the jars; an image without one is as before. */
class HotClassesTest extends LoaderFixture {
    private static LoadList classes(String... names) {
        LoadList.Builder list = new LoadList.Builder();
        for (String name : names) {
            list.addClass(name);
        }
        return list.build();
    }

    /** All classes that the image has, in the order of the index. */
    private static LoadList all(Index index) {
        LoadList.Builder list = new LoadList.Builder();
        for (int slot = 0; slot < index.slots(); slot++) {
            int entry = index.entryInSlot(slot);
            if (entry != 0 && index.name(entry).endsWith(".class")) {
                list.addClass(index.name(entry).replace(".class", "").replace('/', '.'));
            }
        }
        return list.build();
    }

    private static byte[] copyOf(ByteBuffer content) {
        byte[] copy = new byte[content.remaining()];
        content.get(copy);
        return copy;
    }

    /** True if the content of a class is taken from the hot blob. */
    private static boolean isHot(TestImage image, String name) {
        Index index = image.image().index();
        return image.image().hasHot() && image.image().hot().find(index.firstPlace(index.find(name))) != 0;
    }

    /** HotSpot takes a class from a class-data archive only if its bytes have the size and the CRC that they had: oracle is the JDK's reader. */
    @Test
    void contentWhenJarsAreRealOnesIsThatOfTheJdksReader() throws Exception {
        List<Path> jars = RealJars.find(10, 1_500_000);
        Settings settings = TestImage.settings(List.of(), jars.toArray());
        try (TestImage image = TestImage.ofHot(store, cold -> HotClasses.of(all(cold.index()), cold), settings)) {
            Index index = image.image().index();
            EntryBytes bytes = new EntryBytes(image.image());
            int compared = 0;
            for (int element = 0; element < index.elementCount(); element++) {
                File file = new File(index.originalPath(element));
                try (JarFile jar = new JarFile(file, false, ZipFile.OPEN_READ, JarFile.runtimeVersion())) {
                    for (String name : all(index).classes()) {
                        int place = index.firstPlace(index.find(name));
                        if (index.element(place) != element) {
                            continue;
                        }
                        assertEquals(!index.isSigned(element) && !index.isInJdk(place), isHot(image, name), name);
                        if (isHot(image, name)) {
                            byte[] expected =
                                    jar.getInputStream(jar.getJarEntry(name)).readAllBytes();
                            assertArrayEquals(expected, copyOf(bytes.content(place)), name);
                            assertArrayEquals(expected, copyOf(bytes.coldContent(place)), name);
                            compared++;
                        }
                    }
                }
            }

            assertEquals(image.image().hot().size(), compared);
            assertTrue(jars.isEmpty() || compared > 500, "classes compared: " + compared);
        }
    }

    @Test
    void classWhenItIsInTheHotBlobIsWhatStockDefines() throws Exception {
        Path jar = classJar("a.jar", "p.A", "p.B", "p.Cold");
        try (TestImage image = TestImage.hot(store, classes("p.B", "p.A"), jar)) {
            for (String name : List.of("p.A", "p.B", "p.Cold")) {
                assertEquals(says(image.stock(), name), says(image.loader(), name));
                assertEquals(
                        image.stock()
                                .loadClass(name)
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation(),
                        image.loader()
                                .loadClass(name)
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation());
            }
            assertEquals(3, image.loader().counts().classHits());
            assertTrue(isHot(image, "p/A.class") && isHot(image, "p/B.class"));
            assertFalse(isHot(image, "p/Cold.class"));
        }
    }

    /** Only so can it be seen from outside that the bytes come from there. */
    @Test
    void classWhenTheHotBlobSaysOtherwiseIsThatOfTheHotBlob() throws Exception {
        Path jar = classJar("a.jar", "p.A", "p.B");
        byte[] other =
                new TestClasses().add("p.A", source("p.A", "hot")).compile().get("p.A");
        try (TestImage image = TestImage.ofHot(
                store,
                cold -> {
                    HotWriter writer = new HotWriter(cold.index());
                    writer.add(cold.index().firstPlace(cold.index().findClass("p.A")), ByteBuffer.wrap(other));
                    return writer;
                },
                TestImage.settings(List.of(), jar))) {
            assertEquals("hot", says(image.loader(), "p.A"));
            assertEquals("p.B of a.jar", says(image.loader(), "p.B"));
            assertArrayEquals(
                    other, image.loader().getResourceAsStream("p/A.class").readAllBytes());
        }
    }

    @Test
    void classWhenTwoElementsHaveItIsTheFirstOnes() throws Exception {
        Path first = classJar("first.jar", "p.A", "p.B");
        Path second = classJar("second.jar", "p.B", "p.A", "p.C");
        try (TestImage image = TestImage.hot(store, classes("p.C", "p.B", "p.A"), first, second)) {
            for (String name : List.of("p.A", "p.B", "p.C")) {
                assertTrue(isHot(image, name.replace('.', '/') + ".class"), name);
                assertEquals(says(image.stock(), name), says(image.loader(), name));
            }
            assertEquals("p.B of first.jar", says(image.loader(), "p.B"));
            assertEquals(3, image.image().hot().size());
        }
    }

    @Test
    void classWhenItsJarIsMultiReleaseIsTheRunningReleases() throws Exception {
        Map<String, byte[]> old = new TestClasses()
                .add("p.A", source("p.A", "old"))
                .add("p.B", source("p.B", "old"))
                .compile();
        byte[] fresh =
                new TestClasses().add("p.A", source("p.A", "new")).compile().get("p.A");
        byte[] future =
                new TestClasses().add("p.B", source("p.B", "future")).compile().get("p.B");
        Path jar = new TestJar()
                .manifest("Multi-Release: true")
                .classes(old)
                .deflated("META-INF/versions/11/p/A.class", fresh)
                .deflated("META-INF/versions/99/p/B.class", future)
                .write(directory.resolve("a.jar"));
        try (TestImage image = TestImage.hot(store, classes("p.A", "p.B"), jar)) {
            assertTrue(isHot(image, "p/A.class") && isHot(image, "p/B.class"));
            assertEquals("new", says(image.stock(), "p.A"));
            assertEquals("new", says(image.loader(), "p.A"));
            assertEquals("old", says(image.loader(), "p.B"));
        }
    }

    @Test
    void classWhenItsElementIsADirectoryIsHotToo() throws Exception {
        Path root = classDirectory(
                "root", new TestClasses().add("p.A", source("p.A", "file")).compile());
        Path stored = new TestJar()
                .stored("q/B.class", new TestClasses().empty("q.B").compile().get("q.B"))
                .write(directory.resolve("stored.jar"));
        try (TestImage image = TestImage.hot(store, classes("p.A", "q.B"), root, stored)) {
            assertEquals("file", says(image.loader(), "p.A"));
            assertEquals("class q.B by loader", outcome(image.loader(), "q.B"));
            assertTrue(isHot(image, "p/A.class") && isHot(image, "q/B.class"));
        }
    }

    /** What the JDK's reader has to verify, what belongs to the JDK, what stays at home, what is damaged, what is not there. */
    @Test
    void classWhenItIsDefinedFromElsewhereIsNotInTheHotBlob() throws Exception {
        Path signed = Signer.get().sign(classJar("signed.jar", "s.A"), "ONE");
        Path live = classJar("live.jar", "r.D");
        byte[] inJdk = TestClasses.emptyInAnyPackage("java.sql.Extra");
        Path jar = new TestJar()
                .classes(new TestClasses().empty("p.A").compile())
                .classes(Map.of("java.sql.Extra", inJdk))
                .write(directory.resolve("a.jar"));
        LoadList list = classes("s.A", "r.D", "java.sql.Extra", "p.Absent", "p.A");
        Settings settings = TestImage.settings(List.of(live.toString()), signed, live, jar);
        try (TestImage image = TestImage.ofHot(store, cold -> HotClasses.of(list, cold), settings)) {
            assertEquals(1, image.image().hot().size());
            assertTrue(isHot(image, "p/A.class"));
            for (String type : List.of("s.A", "r.D", "p.Absent", "p.A")) {
                assertEquals(outcome(image.stock(), type), outcome(image.loader(), type));
            }
            assertEquals(1, image.loader().loadClass("s.A").getSigners().length);
        }
    }

    @Test
    void classWhenItsEntryIsDamagedIsAnsweredAsWithoutHotBlob() throws Exception {
        Path jar = classJar("a.jar", "p.A", "p.B");
        byte[] bytes = Files.readAllBytes(jar);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("p/A.class") + 9;
        Arrays.fill(bytes, at, at + 40, (byte) 0xFF);
        Files.write(jar, bytes);
        String cold;
        try (TestImage image = TestImage.of(store, jar)) {
            cold = outcome(image.loader(), "p.A");
            Image opened = image.image();
            int place = opened.index().firstPlace(opened.index().findClass("p.A"));
            assertThrows(ZipException.class, () -> new EntryBytes(opened).coldContent(place));
        }
        try (TestImage image = TestImage.hot(store, classes("p.A", "p.B"), jar)) {
            assertEquals(1, image.image().hot().size());
            assertEquals(cold, outcome(image.loader(), "p.A"));
            assertEquals("p.B of a.jar", says(image.loader(), "p.B"));
        }
    }

    @Test
    void resourceWhenItIsAClassOfTheHotBlobIsAsStock() throws Exception {
        Path jar = classJar("a.jar", "p.A");
        Path stored = new TestJar()
                .stored("q/B.class", new TestClasses().empty("q.B").compile().get("q.B"))
                .write(directory.resolve("stored.jar"));
        try (TestImage image = TestImage.hot(store, classes("p.A", "q.B"), jar, stored)) {
            assertTrue(isHot(image, "p/A.class") && isHot(image, "q/B.class"));
            assertResourcesAsStock(image, "p/A.class", "q/B.class");
            for (String name : List.of("p/A.class", "q/B.class")) {
                try (InputStream hot = image.loader().getResourceAsStream(name);
                        InputStream stock = image.stock().getResourceAsStream(name)) {
                    assertEquals(stock.available(), hot.available());
                    assertEquals(stock.markSupported(), hot.markSupported());
                    assertEquals(stock.read(), hot.read());
                    assertEquals(stock.skip(3), hot.skip(3));
                    assertArrayEquals(stock.readAllBytes(), hot.readAllBytes());
                    assertEquals(stock.read(), hot.read());
                }
            }
        }
    }

    /** Large enough to be mapped and not read. */
    @Test
    void classWhenTheHotBlobIsMappedIsTheSame() throws Exception {
        byte[] template = new TestClasses().empty("p.C000").compile().get("p.C000");
        Map<String, byte[]> many = new TreeMap<>();
        for (int i = 100; i < 500; i++) {
            many.put("p.C" + i, TestClasses.renamed(template, "p/C000", "p/C" + i));
        }
        Path jar = new TestJar().classes(many).write(directory.resolve("a.jar"));
        LoadList list = classes(many.keySet().toArray(new String[0]));
        try (TestImage image = TestImage.hot(store, list, jar)) {
            assertEquals(400, image.image().hot().size());
            assertTrue(image.image()
                    .hot()
                    .content(image.image().hot().find(first(image)))
                    .isDirect());
            for (String name : many.keySet()) {
                assertEquals("class " + name + " by loader", outcome(image.loader(), name));
            }
        }
    }

    private static int first(TestImage image) {
        Index index = image.image().index();
        return index.firstPlace(index.findClass("p.C100"));
    }

    @Test
    void hotBlobWhenTheListDiffersDiffersAndTheOutcomeDoesNot() throws Exception {
        Path jar = classJar("a.jar", "p.A", "p.B", "p.C");
        List<byte[]> blobs = new ArrayList<>();
        List<String> outcomes = new ArrayList<>();
        for (LoadList list : List.of(classes("p.A", "p.B"), classes("p.B", "p.A"), classes("p.C"), classes())) {
            try (TestImage image = TestImage.ofHot(
                    store,
                    cold -> {
                        HotWriter writer = HotClasses.of(list, cold);
                        assertEquals(list.classes().size(), writer.classCount());
                        return writer;
                    },
                    TestImage.settings(List.of(), jar))) {
                blobs.add(TestImage.bytes(HotClasses.of(list, image.image())));
                assertArrayEquals(blobs.get(blobs.size() - 1), TestImage.bytes(HotClasses.of(list, image.image())));
                outcomes.add(says(image.loader(), "p.C")
                        + says(image.loader(), "p.A")
                        + says(image.loader(), "p.B")
                        + outcome(image.loader(), "p.D"));
            }
        }

        assertEquals(4, blobs.stream().map(ByteBuffer::wrap).distinct().count());
        assertEquals(1, outcomes.stream().distinct().count());
    }

    @Test
    void imageWhenItHasNoHotBlobIsAsBefore() throws Exception {
        Path jar = classJar("a.jar", "p.A");
        try (TestImage image = TestImage.of(store, jar)) {
            assertFalse(image.image().hasHot());
            assertEquals("p.A of a.jar", says(image.loader(), "p.A"));
        }
    }

    @Test
    void imageWhenItsHotBlobBelongsToAnotherIsRefused() throws Exception {
        Path jar = classJar("a.jar", "p.A");
        Path same = classJar("other/a.jar", "p.A", "p.B");
        byte[] other;
        try (TestImage image = TestImage.of(store, same)) {
            other = TestImage.bytes(HotClasses.of(classes("p.A"), image.image()));
        }

        BootcastException refused = assertThrows(
                BootcastException.class,
                () -> TestImage.ofHotBytes(store, cold -> other, TestImage.settings(List.of(), jar)));

        assertEquals(Fault.FORMAT, refused.fault());
        assertTrue(refused.getMessage().startsWith("hot blob cannot be used: file=" + store), refused.getMessage());
        assertTrue(refused.getMessage().contains("/launch/hot index="), refused.getMessage());
    }
}
