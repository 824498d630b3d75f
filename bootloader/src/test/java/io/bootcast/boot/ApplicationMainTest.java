package io.bootcast.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stock {@code java} is the oracle: exit code, standard output and standard error are the same, byte for byte. */
class ApplicationMainTest {
    @TempDir
    Path temporary;

    private Path directory(String name) throws Exception {
        return Files.createDirectories(temporary.resolve(name));
    }

    private String stock(String... arguments) {
        return Child.java(Map.of(), List.of(arguments));
    }

    private String bootcast(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Child.EXPORTS, "-cp", Child.ownClassPath(), "io.bootcast.boot.Bootloader", "run"));
        command.addAll(List.of("--transport", "solo", "--store", temporary + "/store"));
        command.addAll(options);
        command.add("--");
        command.addAll(List.of(arguments));
        return Child.java(Map.of(), command);
    }

    private void assertSame(String classPath, String... mainAndArguments) {
        List<String> stock = new ArrayList<>(List.of("-cp", classPath));
        stock.addAll(List.of(mainAndArguments));

        String expected = stock(stock.toArray(new String[0]));
        String found = bootcast(List.of("--class-path", classPath), mainAndArguments);

        assertEquals(expected, found);
    }

    /** No store may be left, however the application ended; {@code halt} is the exception. */
    @AfterEach
    void storeIsGone() {
        assertArrayEquals(null, temporary.resolve("store").toFile().list());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // an ordinary program
                "public class Main { public static void main(String[] a) { System.out.println(String.join(\"|\", a)"
                        + " + System.getProperty(\"sun.java.command\")); System.err.println(\"e\"); } }",
                "public class Main { public static void main(String[] a) { System.exit(37); } }",
                "public class Main { public static void main(String[] a) { new Thread(() -> System.out.println("
                        + "Thread.currentThread().getName())).start(); } }",
                // exceptions
                "public class Main { public static void main(String[] a) { throw new IllegalStateException(\"x\"); } }",
                "public class Main { static void deep(int n) { if (n > 0) deep(n - 1); else throw new"
                        + " RuntimeException(); } public static void main(String[] a) { try { deep(3); } catch"
                        + " (RuntimeException e) { RuntimeException o = new RuntimeException(\"outer\", e);"
                        + " o.addSuppressed(new java.io.IOException(\"suppressed\", e)); throw o; } } }",
                "public class Main { public static void main(String[] a) throws Exception { RuntimeException e = new"
                        + " RuntimeException(\"itself\"); RuntimeException f = new RuntimeException(e);"
                        + " e.initCause(f); throw e; } }",
                "public class Main { public static void main(String[] a) throws Exception { if (a.length < 3)"
                        + " Main.class.getMethod(\"main\", String[].class).invoke(null, (Object) new String[3]);"
                        + " else throw new Exception(\"reflective\"); } }",
                "public class Main { public static void main(String[] a) throws Exception { Thread t = new Thread(()"
                        + " -> { throw new RuntimeException(\"thread\"); }, \"t\"); t.start(); t.join(); } }",
                "public class Main { static int x = Integer.parseInt(\"x\"); public static void main(String[] a) { } }",
                "public class Main { static { if (true) throw new Error(\"init\"); } public static void main(String[]"
                        + " a) { } }",
                "public class Main { public static void main(String[] a) { Main.main(a); }  static int n = m(); static int m() {"
                        + " throw new StackOverflowError(); } }",
                // where main is
                "class Main { public static void main(String[] a) { System.out.println(\"hidden\"); } }",
                "public class Main extends P { } class P { public static void main(String[] a) {"
                        + " System.out.println(\"inherited\"); throw new Error(); } }",
                "public interface Main { static void main(String[] a) { System.out.println(\"interface\"); throw new"
                        + " Error(); } }",
                "public class Main { private Main() { } public static void main(String... a) throws Exception {"
                        + " System.out.println(\"varargs\"); throw new Exception(); } }",
                // no main that java would run
                "public class Main { }",
                "public class Main { public static int main(String[] a) { return 0; } }",
            })
    void programWhenRunBehavesAsWithStockJava(String source) throws Exception {
        Path classes = directory("classes");
        Child.compile(classes, "Main", source);

        assertSame(classes.toString(), "Main", "a", "b c", "");
    }

    /** JEP 512 changed what these are; each JDK is its own oracle. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "public class Main { public void main(String[] a) { System.out.println(\"instance\"); } }",
                "public class Main { static void main(String[] a) { System.out.println(\"package-private\"); } }",
                "public class Main { public static void main() { System.out.println(\"no arguments\"); } }",
                "class Main { void main() { System.out.println(\"least\"); throw new Error(\"least\"); } }",
                "public class Main { private static void main(String[] a) { } }",
                "public abstract class Main { public void main(String[] a) { } }",
                "public class Main { Main(int i) { } public void main(String[] a) { } }",
                "public class Main { Main() { throw new Error(\"constructor\"); } public void main(String[] a) { } }",
            })
    void mainWhenItIsOfTheNewKindBehavesAsWithStockJava(String source) throws Exception {
        Path classes = directory("classes");
        Child.compile(classes, "Main", source);

        assertSame(classes.toString(), "Main");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Missing", "no.such.Missing", "no/such/Missing", "java.lang.Nothing"})
    void mainClassWhenMissingIsNamedAsByStockJava(String name) throws Exception {
        Path classes = directory("classes");

        assertSame(classes.toString(), name);
    }

    @Test
    void mainClassWhenItsFileHoldsAnotherClassIsRefusedAsByStockJava() throws Exception {
        Path classes = directory("classes");
        Child.compile(classes, "Main", "public class Main { public static void main(String[] a) { } }");
        Files.move(classes.resolve("Main.class"), classes.resolve("Other.class"));

        assertSame(classes.toString(), "Other");
    }

    @ParameterizedTest
    @CsvSource({"7, 99", "0, 0", "9, 1"})
    void mainClassWhenItsFileIsDamagedIsRefusedAsByStockJava(int at, int value) throws Exception {
        Path classes = directory("classes");
        Child.compile(classes, "Main", "public class Main { public static void main(String[] a) { } }");
        byte[] bytes = Files.readAllBytes(classes.resolve("Main.class"));
        bytes[at] = (byte) value;
        Files.write(classes.resolve("Main.class"), bytes);

        assertSame(classes.toString(), "Main");
    }

    @Test
    void mainClassWhenItsSuperclassIsMissingIsRefusedAsByStockJava() throws Exception {
        Path classes = directory("classes");
        Child.compile(
                classes, "Main", "public class Main extends P { public static void main(String[] a) { } } class P { }");
        Files.delete(classes.resolve("P.class"));

        assertSame(classes.toString(), "Main");
    }

    @Test
    void mainClassWhenItsMethodsNameAMissingClassIsRefusedAsByStockJava() throws Exception {
        Path classes = directory("classes");
        Child.compile(
                classes,
                "Main",
                "public class Main { public static void main(String[] a) { } public P p() { return null; } } class P"
                        + " { }");
        Files.delete(classes.resolve("P.class"));

        assertSame(classes.toString(), "Main");
    }

    private Path jar(String name, String mainClass) throws Exception {
        Path classes = directory("classes");
        Child.compile(
                classes,
                "Main",
                "public class Main { public static void main(String[] a) {"
                        + " System.out.println(System.getProperty(\"sun.java.command\")); throw new Error(\"e\"); }"
                        + " }");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!mainClass.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        }
        Path jar = temporary.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            entries.putNextEntry(new ZipEntry("Main.class"));
            Files.copy(classes.resolve("Main.class"), entries);
        }
        return jar;
    }

    @ParameterizedTest
    @CsvSource({"Main", "Missing", "' Main '", "''"})
    void jarWhenRunBehavesAsWithStockJava(String mainClass) throws Exception {
        String jar = jar("app.jar", mainClass).toString();

        String expected = stock("-jar", jar, "x");
        String found = bootcast(List.of("--jar", jar), "x");

        assertEquals(expected, found);
    }

    @Test
    void jarWhenMissingIsNamedAsByStockJava() {
        String jar = temporary + "/missing.jar";

        String expected = stock("-jar", jar);
        String found = bootcast(List.of("--jar", jar));

        assertEquals(expected, found);
    }

    @Test
    void jarWhenItIsNoJarIsNamedAsByStockJava() throws Exception {
        Path jar = Files.writeString(temporary.resolve("text.jar"), "no jar");

        String expected = stock("-jar", jar.toString());
        String found = bootcast(List.of("--jar", jar.toString()));

        assertEquals(expected, found);
    }
}
