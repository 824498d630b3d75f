package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which main class and which main method is run, and what is said where there is none: stock {@code java} of the same release is the oracle. */
class MainFormsIT {
    private static final int COMPACT_SOURCE_FILES = 25;
    private static final String HELLO = "example/Hello.class";

    @TempDir
    static Path directory;

    @BeforeAll
    static void makeClassPath() {
        Launch.copy(directory.resolve("classes"), example.MainForms.class, example.Hello.class);
    }

    private static void assertSame(String... words) {
        Launch.in(directory).assertSame(words);
    }

    static Stream<String> forms() {
        return Arrays.stream(example.MainForms.class.getDeclaredClasses())
                .map(Class::getName)
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void mainOfEachFormIsRunOrRefused(String name) {
        assertSame("-cp", "classes", name, "a", "b c", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // other ways to write one that is there
                "example/MainForms$Usual",
                "Example.MainForms$Usual",
                "example.mainforms$usual",
                "example.MainForms$Usual.class",
                "example/MainForms$Usual.class",
                "./example/MainForms$Usual",
                "/example/MainForms$Usual",
                ".example.MainForms$Usual",
                "example..MainForms$Usual",
                "example.MainForms$Usual ",
                "[Lexample.MainForms$Usual;",
                // not there
                "Missing",
                "no.such.Missing",
                "no/such/Missing",
                "Missing.java",
                "",
                " ",
                "[I",
                "int",
                "größe.Maß",
                // of the JDK: in an exported package of the platform, in one that is not exported, without main,
                // missing
                "com.sun.tools.javac.Main",
                "sun.tools.jar.Main",
                "java.util.Collections",
                "java.util.Missing",
            })
    void mainClassIsFoundOrMissedByItsName(String name) {
        assertSame("-cp", "classes", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void mainClassWhenNotAsciiIsFoundByTheRulesOfTheLocale(String locale) {
        Path classes = directory.resolve("classes-" + locale);
        String source = "package größe; public class Maß { public static void main(String[] a) {"
                + " System.out.println(a[0].length() + System.getProperty(\"sun.java.command\")); } }";
        Sources.compile(classes, Map.of("Mass.java", source.replace("public class", "class")));

        Launch.in(directory).with("LC_ALL", locale).assertSame("-cp", classes.toString(), "größe.Maß", "ü");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "de", "zh"})
    void messageIsInTheUsersLanguage(String language) {
        assertSame("-Duser.language=" + language, "-cp", "classes", "Missing");
        assertSame("-Duser.language=" + language, "-cp", "classes", "example.MainForms$None");
    }

    @ParameterizedTest
    @CsvSource({"version, 7, 99", "preview, 4, -1", "magic, 0, 0", "constants, 9, 1", "return, -1, 0xB0"})
    void mainClassWhenItsFileIsDamagedIsRefused(String name, int at, String value) throws IOException {
        byte[] bytes = Files.readAllBytes(directory.resolve("classes").resolve(HELLO));
        byte changed = (byte) Integer.decode(value).intValue();
        if (name.equals("preview")) {
            bytes[5] = changed;
            bytes[7] = (byte) (Runtime.version().feature() + 44);
        }
        bytes[at < 0 ? lastReturn(bytes) : at] = changed;
        Path file = directory.resolve(name).resolve(HELLO);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);

        assertSame("-cp", name, "example.Hello");
    }

    /** Where main returns: after {@code invokevirtual} of {@code println}. */
    private static int lastReturn(byte[] bytes) {
        for (int i = bytes.length - 1; i > 3; i--) {
            if (bytes[i] == (byte) 0xB1 && bytes[i - 3] == (byte) 0xB6) {
                return i;
            }
        }
        throw new AssertionError("no return in " + HELLO);
    }

    @ParameterizedTest
    @CsvSource({
        "other/Hello.class, other.Hello",
        "example/Other.class, example.Other",
        "example/hello.class, example.hello"
    })
    void mainClassWhenItsFileHoldsAnotherIsRefused(String file, String name) throws IOException {
        Path wrong = directory.resolve("wrong").resolve(file);
        Files.createDirectories(wrong.getParent());
        Files.copy(directory.resolve("classes").resolve(HELLO), wrong);

        assertSame("-cp", "wrong", name);
    }

    @Test
    void mainClassWhenItsFileIsEmptyOrShortIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(directory.resolve("classes").resolve(HELLO));
        for (int length : new int[] {0, 3, bytes.length / 2, bytes.length - 1}) {
            Path file = directory.resolve("short" + length).resolve(HELLO);
            Files.createDirectories(file.getParent());
            Files.write(file, Arrays.copyOf(bytes, length));

            assertSame("-cp", "short" + length, "example.Hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Extends", "Implements", "Returns"})
    void mainClassWhenItCannotBeLinkedIsRefused(String name) throws IOException {
        assertSame("-cp", makeLacking().toString(), name);
    }

    /** Documented: the stack of the {@code ClassNotFoundException} shows which loader looked for the class. */
    @ParameterizedTest
    @ValueSource(strings = {"Uses", "InitialisesBy"})
    void mainWhenItNeedsAMissingClassFailsButForTheLoadersFrames(String name) throws IOException {
        String classes = makeLacking().toString();
        Launch.Outcome stock = Launch.in(directory).stock("-cp", classes, name);

        Launch.Outcome bootcast = Launch.in(directory).bootcast("-cp", classes, name);

        assertEquals(withoutLoaderFrames(stock.toString()), withoutLoaderFrames(bootcast.toString()));
        assertTrue(bootcast.err().contains("\tat io.bootcast.loader.BroadcastClassLoader."), bootcast::toString);
    }

    private static String withoutLoaderFrames(String text) {
        String loader =
                "java\\.base/(jdk\\.internal\\.loader\\..*|java\\.lang\\.ClassLoader\\.loadClass)|io\\.bootcast\\.loader\\..*";
        return text.replaceAll("\tat (" + loader + ")\\(.*\\)\n", "");
    }

    /** Classes of which each needs one that is not there. */
    private static Path makeLacking() throws IOException {
        Path classes = Files.createTempDirectory(directory, "lacking");
        String sources =
                """
                class Lost { }
                interface LostInterface { }
                class Extends extends Lost { public static void main(String[] a) { } }
                class Implements implements LostInterface { public static void main(String[] a) { } }
                class Returns { public static void main(String[] a) { } public Lost lost() { return null; } }
                class Uses { public static void main(String[] a) { System.out.println(new Lost()); } }
                class InitialisesBy { static Object o = new Lost(); public static void main(String[] a) { } }
                """;
        Sources.compile(classes, Map.of("All.java", sources));
        Files.delete(classes.resolve("Lost.class"));
        Files.delete(classes.resolve("LostInterface.class"));
        return classes;
    }

    @Test
    void compactSourceFileWhenCompiledIsRun() {
        assumeTrue(
                Runtime.version().feature() >= COMPACT_SOURCE_FILES,
                "compact source files came with JDK " + COMPACT_SOURCE_FILES);
        Sources.compile(
                directory.resolve("compact"), Map.of("Compact.java", "void main() { IO.println(getClass()); }"));

        assertSame("-cp", "compact", "Compact");
    }

    @Test
    void javaFxApplicationWithoutJavaFxIsRefused() {
        Sources.compile(
                directory.resolve("fx"),
                Map.of(
                        "Application.java",
                        "package javafx.application; public class Application { }",
                        "App.java",
                        "public class App extends javafx.application.Application {"
                                + " public static void main(String[] a) { System.out.println(\"not this\"); } }"));

        assertSame("-cp", "fx", "App");
    }

    @Test
    void javaFxApplicationWithJavaFxIsHandedToItsLauncher() {
        makeJavaFx();

        assertSame("-p", "fx-module", "--add-modules", "javafx.graphics", "-cp", "fx-app", "App", "a", "b c");
    }

    /** As much of JavaFX as the launcher knows of it. */
    private static void makeJavaFx() {
        String launcher =
                """
                package com.sun.javafx.application;
                public class LauncherImpl {
                    public static void launchApplication(String name, String mode, String[] args) throws Exception {
                        ClassLoader loader = Thread.currentThread().getContextClassLoader();
                        System.out.println(name + " " + mode + " " + String.join("|", args));
                        System.out.println(Class.forName(name.endsWith(".jar") ? "App" : name, true, loader));
                    }
                }
                """;
        Sources.compile(
                directory.resolve("fx-module"),
                Map.of(
                        "module-info.java",
                                "module javafx.graphics { exports javafx.application; exports com.sun.javafx.application; }",
                        "Application.java", "package javafx.application; public class Application { }",
                        "LauncherImpl.java", launcher));
        Sources.compile(
                directory.resolve("fx-app"),
                Map.of("App.java", "public class App extends javafx.application.Application { }"),
                "-p",
                directory.resolve("fx-module").toString(),
                "--add-modules",
                "javafx.graphics");
    }
}
