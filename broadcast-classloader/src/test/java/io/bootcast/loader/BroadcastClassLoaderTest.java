package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import io.bootcast.resolve.StockJava;
import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes. Oracle: {@code URLClassLoader} over the originals; for packages of the JDK a real {@code java -cp}. */
class BroadcastClassLoaderTest {
    @TempDir
    Path temporary;

    private Path directory;
    private Path store;

    @BeforeEach
    void resolveLinks() throws Exception {
        directory = temporary.toRealPath();
        store = directory.resolve("store");
    }

    private static String source(String name, String says) {
        int dot = name.lastIndexOf('.');
        return "package " + name.substring(0, dot) + "; public class " + name.substring(dot + 1)
                + " implements java.util.function.Supplier<String> { public String get() { return \"" + says
                + "\"; } }";
    }

    private Path jar(String file, String... classes) throws Exception {
        TestClasses sources = new TestClasses();
        for (String name : classes) {
            sources.add(name, source(name, name + " of " + file));
        }
        return new TestJar().manifest().classes(sources.compile()).write(directory.resolve(file));
    }

    private static String says(ClassLoader loader, String name) throws Exception {
        Object made = loader.loadClass(name).getConstructor().newInstance();
        return String.valueOf(((Supplier<?>) made).get());
    }

    private static String outcome(ClassLoader loader, String name) {
        try {
            Class<?> loaded = loader.loadClass(name);
            return loaded + " by " + (loaded.getClassLoader() == loader ? "loader" : loaded.getClassLoader());
        } catch (Throwable e) {
            return e + " cause " + e.getCause();
        }
    }

    /** Puts {@code classes} below {@code root} as files. */
    private Path classes(String root, Map<String, byte[]> classes) throws Exception {
        Path made = Files.createDirectories(directory.resolve(root));
        for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
            Path file = made.resolve(entry.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
        return made;
    }

    @Test
    void loaderWhenMadeIsParallelCapableAndBelowThePlatform() throws Exception {
        try (TestImage image = TestImage.of(store, jar("a.jar", "p.A"))) {
            BroadcastClassLoader loader = image.loader();

            boolean parallel = loader.isRegisteredAsParallelCapable();

            assertTrue(parallel);
            assertSame(ClassLoader.getPlatformClassLoader(), loader.getParent());
        }
    }

    @Test
    void loadClassWhenSeveralElementsHaveItTakesTheFirst() throws Exception {
        Path first = jar("first.jar", "p.A", "p.Both");
        Path second = jar("second.jar", "p.B", "p.Both");
        try (TestImage image = TestImage.of(store, first, second)) {
            for (String name : new String[] {"p.A", "p.B", "p.Both"}) {
                String expected = says(image.stock(), name);

                assertEquals(expected, says(image.loader(), name));
                assertSame(image.loader(), image.loader().loadClass(name).getClassLoader());
            }
            assertEquals("p.Both of first.jar", says(image.loader(), "p.Both"));
        }
    }

    @Test
    void loadClassWhenElementsAreDirectoriesIsAsStock() throws Exception {
        Map<String, byte[]> both =
                new TestClasses().add("p.A", source("p.A", "directory")).compile();
        Path first = classes("first", both);
        Path second = classes(
                "second", new TestClasses().add("p.B", source("p.B", "second")).compile());
        Path jar = jar("a.jar", "p.A", "p.C");
        try (TestImage image = TestImage.of(store, first, second + "/", jar)) {
            for (String name : new String[] {"p.A", "p.B", "p.C"}) {
                String expected = says(image.stock(), name);

                assertEquals(expected, says(image.loader(), name));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p.A",
                "p.Missing",
                "missing.A",
                "A",
                "p/A",
                "p/Missing",
                "[Lp.A;",
                "[p.A",
                "[I",
                "",
                ".",
                "p.",
                ".A",
                "p..A",
                "p.A.class",
                "p.a",
                "P.A",
                "p.WrongCase",
                "p.Truncated",
                "p.NoClass",
                "p.TooNew",
                "p.Empty",
                "p.NeedsMissing",
                "java.lang.String",
                "java.lang.Missing",
                "java.sql.Driver",
                "p.A;",
                "p\0A",
                "ä.Ö",
                "p.Unreadable"
            })
    void loadClassWhenAskedForAnyNameEndsAsStock(String name) throws Exception {
        Map<String, byte[]> classes = new TestClasses()
                .empty("p.A")
                .add("ä.Ö", "package ä; public class Ö {}")
                .add("p.Gone", "package p; public class Gone {}")
                .add("p.NeedsMissing", "package p; public class NeedsMissing extends Gone {}")
                .compile();
        byte[] sound = classes.get("p.A");
        classes.remove("p.Gone");
        classes.put("p.WrongCase", sound);
        classes.put("p.Truncated", Arrays.copyOf(sound, sound.length / 2));
        classes.put("p.NoClass", "this is no class file".getBytes());
        classes.put("p.Empty", new byte[0]);
        byte[] tooNew = sound.clone();
        tooNew[7] = 99;
        classes.put("p.TooNew", tooNew);
        Path jar = new TestJar()
                .classes(classes)
                .deflated("p/Unreadable.class", sound)
                .write(directory.resolve("a.jar"));
        damageLocalHeader(jar, "p/Unreadable.class");
        try (TestImage image = TestImage.of(store, jar)) {
            String expected = outcome(image.stock(), name);

            String found = outcome(image.loader(), name);

            if (name.equals("p.Unreadable")) {
                assertTrue(
                        expected.startsWith(
                                "java.lang.ClassNotFoundException: p.Unreadable cause java.util.zip.ZipException"),
                        expected);
                assertTrue(
                        found.startsWith(
                                "java.lang.ClassNotFoundException: p.Unreadable cause java.util.zip.ZipException: entry is cut: element="),
                        found);
            } else {
                assertEquals(expected, found);
            }
        }
    }

    /** Flips a bit of the signature in front of the entry's name. */
    private static void damageLocalHeader(Path jar, String name) throws Exception {
        byte[] bytes = Files.readAllBytes(jar);
        int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(name);
        bytes[at - 30] ^= 1;
        Files.write(jar, bytes);
    }

    @Test
    void loadClassWhenNameIsNullThrowsAsStock() throws Exception {
        try (TestImage image = TestImage.of(store, jar("a.jar", "p.A"))) {
            assertThrows(NullPointerException.class, () -> image.stock().loadClass(null));
            assertThrows(NullPointerException.class, () -> image.loader().loadClass(null));
            assertThrows(NullPointerException.class, () -> image.loader().getResource(null));
        }
    }

    @Test
    void classWhenItNeedsAMissingOneFailsAsStock() throws Exception {
        Map<String, byte[]> classes = new TestClasses()
                .empty("p.Gone")
                .add("p.User", "package p; public class User { public static Object use() { return new Gone(); } }")
                .compile();
        classes.remove("p.Gone");
        Path jar = new TestJar().classes(classes).write(directory.resolve("a.jar"));
        try (TestImage image = TestImage.of(store, jar)) {
            List<String> messages = new ArrayList<>();
            for (ClassLoader loader : new ClassLoader[] {image.stock(), image.loader()}) {
                Throwable thrown = assertThrows(
                                java.lang.reflect.InvocationTargetException.class, () -> loader.loadClass("p.User")
                                        .getMethod("use")
                                        .invoke(null))
                        .getCause();
                messages.add(thrown + " cause " + thrown.getCause());
            }

            assertEquals(
                    "java.lang.NoClassDefFoundError: p/Gone cause java.lang.ClassNotFoundException: p.Gone",
                    messages.get(1));
            assertEquals(messages.get(0), messages.get(1));
        }
    }

    @Test
    void findClassWhenCalledTwiceGivesTheSameClass() throws Exception {
        try (TestImage image = TestImage.of(store, jar("a.jar", "p.A"))) {
            Class<?> first = image.loader().findClass("p.A");

            assertSame(first, image.loader().findClass("p.A"));
            assertSame(first, image.loader().loadClass("p.A"));
            assertSame(first, image.loader().findClass(null, "p.A"));
            assertNull(image.loader().findClass("some.module", "p.A"));
            assertNull(image.loader().findClass(null, "p.Missing"));
            assertEquals(
                    "p.Missing",
                    assertThrows(ClassNotFoundException.class, () -> image.loader()
                                    .findClass("p.Missing"))
                            .getMessage());
        }
    }

    @Test
    void classesWhenTheyAreNestmatesLambdasAndRecordsWork() throws Exception {
        String source = "package p; public class Modern implements java.util.function.Supplier<String> {"
                + " sealed interface Shape permits Dot {} record Dot(int x) implements Shape {}"
                + " private static class Inner { private int hidden = 3; }"
                + " public String get() { java.util.function.IntSupplier one = () -> new Inner().hidden;"
                + " return one.getAsInt() + \" \" + new Dot(4) + \" \" + java.lang.reflect.Proxy.newProxyInstance("
                + "Modern.class.getClassLoader(), new Class<?>[] {Runnable.class}, (a, b, c) -> \"proxy\"); } }";
        Path jar = new TestJar()
                .classes(new TestClasses().add("p.Modern", source).compile())
                .write(directory.resolve("a.jar"));
        try (TestImage image = TestImage.of(store, jar)) {
            String expected = says(image.stock(), "p.Modern");

            assertEquals("3 Dot[x=4] proxy", expected);
            assertEquals(expected, says(image.loader(), "p.Modern"));
        }
    }

    @Test
    void packageWhenTwoJarsShareItIsOneAtRunTime() throws Exception {
        Map<String, byte[]> classes = new TestClasses()
                .add("p.Hidden", "package p; class Hidden { static String word() { return \"shared\"; } }")
                .add(
                        "p.User",
                        "package p; public class User implements java.util.function.Supplier<String> { public String get() { return Hidden.word(); } }")
                .compile();
        Path first =
                new TestJar().classes(Map.of("p.User", classes.get("p.User"))).write(directory.resolve("first.jar"));
        Path second = new TestJar()
                .classes(Map.of("p.Hidden", classes.get("p.Hidden")))
                .write(directory.resolve("second.jar"));
        try (TestImage image = TestImage.of(store, first, second)) {
            String said = says(image.loader(), "p.User");

            assertEquals("shared", said);
        }
    }

    @Test
    void assertionsWhenSwitchedOnAreOn() throws Exception {
        Path jar = jar("a.jar", "p.A", "q.B");
        try (TestImage image = TestImage.of(store, jar)) {
            image.loader().setPackageAssertionStatus("p", true);

            assertTrue(image.loader().loadClass("p.A").desiredAssertionStatus());
            assertFalse(image.loader().loadClass("q.B").desiredAssertionStatus());
        }
    }

    @Test
    void classesWhenTheirPackageIsTheJdksNeverComeFromTheClassPath() throws Exception {
        Map<String, byte[]> classes = new TreeMap<>();
        for (String name : new String[] {
            "java.sql.Extra",
            "javax.annotation.processing.Extra",
            "com.sun.source.tree.Extra",
            "java.util.Extra",
            "javax.annotation.Extra"
        }) {
            classes.put(name, TestClasses.emptyInAnyPackage(name));
        }
        Path jar = new TestJar().classes(classes).write(directory.resolve("a.jar"));
        Path root = classes("classes", classes);
        String[] names = classes.keySet().toArray(new String[0]);
        List<String> expected =
                StockJava.run(directory, directory.resolve("output"), jar.toString(), ClassProbe.class, names);

        assertEquals(5, expected.size());
        for (boolean parentFirst : new boolean[] {false, true}) {
            for (List<String> live : List.of(List.<String>of(), List.of(jar.toString()), List.of(root.toString()))) {
                Path element = live.contains(root.toString()) ? root : jar;
                try (TestImage image = TestImage.ofLive(live, store, element);
                        BroadcastClassLoader loader = new BroadcastClassLoader(image.image(), parentFirst)) {
                    List<String> found = new ArrayList<>();
                    for (String name : names) {
                        found.add(ClassProbe.describe(loader, name));
                    }
                    assertEquals(expected, found, "parentFirst=" + parentFirst + " live=" + live);
                }
            }
        }
    }

    @Test
    void loadClassWhenParentComesFirstGivesTheSame() throws Exception {
        Path jar = jar("a.jar", "p.A");
        try (TestImage image = TestImage.of(store, jar);
                BroadcastClassLoader loader = new BroadcastClassLoader(image.image(), /* parentFirst= */ true)) {
            assertEquals("p.A of a.jar", says(loader, "p.A"));
            assertEquals(outcome(image.stock(), "p.Missing"), outcome(loader, "p.Missing"));
            assertSame(java.sql.Driver.class, loader.loadClass("java.sql.Driver"));
        }
    }

    @Test
    void codeSourceWhenAskedIsTheOriginal() throws Exception {
        Path jar = jar("sub dir/a b+c.jar", "p.A", "p.B");
        Path root = classes("classes", new TestClasses().empty("q.C").compile());
        try (TestImage image = TestImage.of(store, jar, root)) {
            for (String name : new String[] {"p.A", "q.C"}) {
                URL expected = image.stock()
                        .loadClass(name)
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation();

                URL found = image.loader()
                        .loadClass(name)
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation();

                assertEquals(expected.toString(), found.toString());
            }
        }
    }

    @Test
    void protectionDomainWhenElementsDifferIsOneEach() throws Exception {
        Path first = jar("first.jar", "p.A", "p.B");
        Path second = jar("second.jar", "p.C");
        try (TestImage image = TestImage.of(store, first, second)) {
            var ofA = image.loader().loadClass("p.A").getProtectionDomain();
            var ofB = image.loader().loadClass("p.B").getProtectionDomain();
            var ofC = image.loader().loadClass("p.C").getProtectionDomain();

            assertSame(ofA, ofB);
            assertNotSame(ofA, ofC);
            assertSame(image.loader(), ofA.getClassLoader());
            assertNull(ofA.getCodeSource().getCertificates());
        }
    }

    @Test
    void multiReleaseJarWhenLoadedFromGivesTheRunningRelease() throws Exception {
        TestJar jar = new TestJar().manifest("Multi-Release: true");
        jar.classes(new TestClasses().add("p.A", source("p.A", "base")).compile());
        Map<String, byte[]> eleven = new TestClasses()
                .add("p.A", source("p.A", "eleven"))
                .add("p.New", source("p.New", "only in eleven"))
                .compile();
        eleven.forEach(
                (name, bytes) -> jar.deflated("META-INF/versions/11/" + name.replace('.', '/') + ".class", bytes));
        Map<String, byte[]> future =
                new TestClasses().add("p.A", source("p.A", "future")).compile();
        jar.deflated("META-INF/versions/999/p/A.class", future.get("p.A"));
        try (TestImage image = TestImage.of(store, jar.write(directory.resolve("a.jar")))) {
            for (String name : new String[] {"p.A", "p.New"}) {
                String expected = says(image.stock(), name);

                assertEquals(expected, says(image.loader(), name));
            }
            assertEquals("eleven", says(image.loader(), "p.A"));
        }
    }

    @Test
    void serviceLoaderWhenProvidersAreInSeveralJarsFindsThemInOrder() throws Exception {
        String service = "META-INF/services/java.util.function.Supplier";
        Path first = new TestJar()
                .classes(new TestClasses().add("p.A", source("p.A", "A")).compile())
                .deflated(service, "# comment\np.A # of this jar\n\np.B\np.A\n")
                .write(directory.resolve("first.jar"));
        Path second = new TestJar()
                .classes(new TestClasses()
                        .add("p.B", source("p.B", "B"))
                        .add("p.C", source("p.C", "C"))
                        .compile())
                .deflated(service, "p.C\np.B\n")
                .deflated("META-INF/versions/11/" + service, "p.Never\n")
                .manifest("Multi-Release: true")
                .write(directory.resolve("second.jar"));
        try (TestImage image = TestImage.of(store, first, second)) {
            List<String> expected = providers(image.stock());

            assertEquals(List.of("A", "B", "C"), expected);
            assertEquals(expected, providers(image.loader()));
        }
    }

    private static List<String> providers(ClassLoader loader) {
        return StreamSupport.stream(
                        java.util.ServiceLoader.load(Supplier.class, loader).spliterator(), false)
                .map(one -> String.valueOf(one.get()))
                .toList();
    }

    @Test
    void ownPackagesWhenTheClassPathHasThemTooComeFromBootcast() throws Exception {
        Path jar = new TestJar()
                .classes(new TestClasses()
                        .empty("io.bootcast.loader.BroadcastClassLoader")
                        .add("io.bootcast.app.Users", source("io.bootcast.app.Users", "the user's"))
                        .compile())
                .write(directory.resolve("a.jar"));
        try (TestImage image = TestImage.of(store, jar)) {
            assertSame(BroadcastClassLoader.class, image.loader().loadClass("io.bootcast.loader.BroadcastClassLoader"));
            assertEquals("the user's", says(image.loader(), "io.bootcast.app.Users"));
        }
    }

    @Test
    void elementsWhenTheyStayAtHomeAreAskedInTheirTurn() throws Exception {
        Path first = jar("first.jar", "p.A", "p.FirstAndLive");
        Path live = classes(
                "live",
                new TestClasses()
                        .add("p.FirstAndLive", source("p.FirstAndLive", "live"))
                        .add("p.LiveAndLast", source("p.LiveAndLast", "live"))
                        .compile());
        Path last = jar("last.jar", "p.LiveAndLast", "p.Last");
        try (TestImage image = TestImage.ofLive(List.of(live.toString()), store, first, live, last)) {
            for (String name : new String[] {"p.A", "p.FirstAndLive", "p.LiveAndLast", "p.Last"}) {
                String expected = says(image.stock(), name);

                assertEquals(expected, says(image.loader(), name));
            }
            assertEquals(outcome(image.stock(), "p.Late"), outcome(image.loader(), "p.Late"));

            classes(
                    "live",
                    new TestClasses()
                            .add("p.Late", source("p.Late", "written later"))
                            .compile());
            assertEquals("written later", says(image.loader(), "p.Late"));
            assertEquals(
                    "file:" + live + "/",
                    image.loader()
                            .loadClass("p.Late")
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toString());
        }
    }

    @Test
    void closeWhenItIsOverNothingMoreIsFound() throws Exception {
        Path jar = jar("a.jar", "p.A", "p.B");
        Path live = jar("live.jar", "p.C");
        try (TestImage image = TestImage.ofLive(List.of(live.toString()), store, jar, live)) {
            Class<?> before = image.loader().loadClass("p.A");
            URL url = image.loader().getResource("p/B.class");
            assertNotNull(image.loader().getResource("p/C.class"));
            image.stock().loadClass("p.A");

            image.stock().close();
            image.loader().close();

            assertSame(before, image.loader().loadClass("p.A"));
            assertEquals(outcome(image.stock(), "p.B"), outcome(image.loader(), "p.B"));
            assertEquals(outcome(image.stock(), "p.C"), outcome(image.loader(), "p.C"));
            assertNull(image.loader().getResource("p/B.class"));
            assertNull(image.loader().getResourceAsStream("p/B.class"));
            assertNull(image.loader().getResource("p/C.class"));
            assertFalse(image.loader().getResources("p/B.class").hasMoreElements());
            assertTrue(url.openStream().readAllBytes().length > 0);
        }
    }

    @Test
    void urlsWhenAskedAreTheElementsInTheStore() throws Exception {
        Path jar = jar("a.jar", "p.A");
        Path root = classes("classes", Map.of());
        Path live = jar("live.jar", "p.C");
        try (TestImage image =
                TestImage.ofLive(List.of(live.toString()), store, jar, directory.resolve("absent.jar"), root, live)) {
            URL[] urls = image.loader().getURLs();

            assertEquals(3, urls.length);
            assertEquals("file:" + jar, image.original(urls[0]));
            assertEquals("file:" + root + "/", image.original(urls[1]));
            assertEquals("file:" + live, urls[2].toString());
            assertTrue(urls[0].getPath().startsWith(store + "/images/"), urls[0].toString());
            assertEquals(
                    Arrays.stream(urls)
                            .map(url -> url.getPath().replaceAll("/$", ""))
                            .toList(),
                    image.loader().classPath());
            for (String file : image.loader().classPath()) {
                assertTrue(new File(file).exists(), file);
            }
        }
    }

    @Test
    void countsWhenClassesAndResourcesAreAskedForCountThem() throws Exception {
        try (TestImage image = TestImage.of(store, jar("a.jar", "p.A", "p.B"))) {
            BroadcastClassLoader loader = image.loader();
            loader.loadClass("p.A");
            loader.loadClass("p.A");
            loader.getResource("p/A.class");
            loader.getResource("p/Missing.class");
            outcome(loader, "p.Missing");

            LookupCounts counts = loader.counts();

            // Object and Supplier are asked for when p.A is defined.
            assertEquals(1, counts.classHits());
            assertEquals(3, counts.classMisses());
            assertEquals(1, counts.resourceHits());
            assertEquals(1, counts.resourceMisses());
        }
    }
}
