package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes by name: which one, by whom, or why not. Oracle: {@code URLClassLoader} over the originals. */
class ClassesTest extends LoaderFixture {
    @Test
    void loaderWhenMadeIsParallelCapableAndBelowThePlatform() throws Exception {
        try (TestImage image = TestImage.of(store, classJar("a.jar", "p.A"))) {
            BroadcastClassLoader loader = image.loader();

            boolean parallel = loader.isRegisteredAsParallelCapable();

            assertEquals(image.stock().isRegisteredAsParallelCapable(), parallel);
            assertTrue(parallel);
            assertTrue(
                    Modifier.isFinal(BroadcastClassLoader.class.getModifiers()), "subclasses would have to register");
            assertSame(ClassLoader.getPlatformClassLoader(), loader.getParent());
        }
    }

    @Test
    void loadClassWhenSeveralElementsHaveItTakesTheFirst() throws Exception {
        Path first = classJar("first.jar", "p.A", "p.Both");
        Path second = classJar("second.jar", "p.B", "p.Both");
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
        Path first = classDirectory("first", both);
        Path second = classDirectory(
                "second", new TestClasses().add("p.B", source("p.B", "second")).compile());
        Path jar = classJar("a.jar", "p.A", "p.C");
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
                // The application class loader, unlike URLClassLoader, keeps the cause to itself.
                assertEquals("java.lang.ClassNotFoundException: p.Unreadable cause null", found);
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
        try (TestImage image = TestImage.of(store, classJar("a.jar", "p.A"))) {
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
        try (TestImage image = TestImage.of(store, classJar("a.jar", "p.A"))) {
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

    /** Mapped or read, stored or inflated, at the start of its buffer or not: what the JVM gets are the bytes of the file. */
    @Test
    void classWhenItsBytesLieAnywhereIsTheSame() throws Exception {
        Map<String, byte[]> classes = new TestClasses()
                .add("p.Stored", source("p.Stored", "stored"))
                .add("p.Deflated", source("p.Deflated", "deflated"))
                .compile();
        byte[] filling = random(300_000);
        for (byte[] more : new byte[][] {filling, new byte[0]}) {
            Path jar = new TestJar()
                    .stored("filling", more)
                    .stored("p/Stored.class", classes.get("p.Stored"))
                    .deflated("p/Deflated.class", classes.get("p.Deflated"))
                    .write(directory.resolve("a.jar"));
            try (TestImage image = TestImage.of(store, jar)) {
                boolean mapped = image.image().bytes(0).isDirect();
                assertEquals(more == filling, mapped);
                assertEquals(mapped, image.image().bytes(0).isReadOnly());

                for (String name : classes.keySet()) {
                    assertEquals(says(image.stock(), name), says(image.loader(), name));
                }
            }
        }
    }

    @Test
    void loadClassWhenParentComesFirstGivesTheSame() throws Exception {
        Path jar = classJar("a.jar", "p.A");
        try (TestImage image = TestImage.of(store, jar);
                BroadcastClassLoader loader = new BroadcastClassLoader(image.image(), /* parentFirst= */ true)) {
            assertEquals("p.A of a.jar", says(loader, "p.A"));
            assertEquals(outcome(image.stock(), "p.Missing"), outcome(loader, "p.Missing"));
            assertSame(java.sql.Driver.class, loader.loadClass("java.sql.Driver"));
        }
    }

    @Test
    void countsWhenClassesAndResourcesAreAskedForCountThem() throws Exception {
        try (TestImage image = TestImage.of(store, classJar("a.jar", "p.A", "p.B"))) {
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
