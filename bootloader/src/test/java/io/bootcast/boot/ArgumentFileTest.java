package io.bootcast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The launcher is the oracle: what it makes of an argument file, and what {@link ArgumentFile} does. */
class ArgumentFileTest {
    @TempDir
    static Path probe;

    @BeforeAll
    static void compileProbe() throws Exception {
        Child.compile(
                probe,
                "Probe",
                "public class Probe { public static void main(String[] a) {"
                        + " System.out.print(\"[\" + System.getProperty(\"java.class.path\") + \"]\"); } }");
    }

    static List<String> files() {
        return List.of(
                "-cp /a:/b",
                "-classpath /a\n",
                "--class-path /a\r\n",
                "--class-path=/a -Dx=y",
                "  -cp\t/a\f-Dx=y\n\n",
                "-cp \"/a b:/c\"",
                "-cp '/a b:/c'",
                "-cp \"/a\\\\b\\tc\\\"d\\qe\"",
                "-cp '/it\\'s'",
                "-cp /plain\\b",
                "-cp /a\" \"b'c d'e",
                "# comment -cp /no\n-cp /a # -cp /no\n-Dx=y",
                "-cp /a#b\n/c -Dx=y",
                "-cp \"/a\"b#c\n/d -Dx=y",
                "-cp /a -Dx=y#b",
                "-cp \"/a#b\"",
                "-cp #\n/a",
                "-cp \"/a:\\\n    /b:\\\n\t/c\"",
                "-cp \"/a:\\\r\n  /b\"",
                "-cp \"/open\n-Dx=y",
                "-cp 'open",
                "-cp \"\" -Dx=y",
                "-cp /a -cp /b",
                "--class-path=/a -cp /b --class-path /c",
                "-cp \"/a\"\"/b\"",
                "-cp /ä€",
                "-cp /a\\\n-Dx=y",
                "\"-cp\" /a",
                "-Dx=\"-cp /no\" -cp /a");
    }

    private static String launcher(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("-Xbootclasspath/a:" + probe));
        command.addAll(List.of(arguments));
        command.add("Probe");
        return Child.java(environment, command).replaceFirst("NOTE: Picked up JDK_JAVA_OPTIONS: .*\n", "");
    }

    @ParameterizedTest
    @MethodSource("files")
    void classPathWhenInAFileIsWhatTheLauncherFinds(String content, @TempDir Path temporary) throws Exception {
        Path file = Files.writeString(temporary.resolve("args"), content);
        String expected = launcher(Map.of("LC_ALL", "C.UTF-8"), "@" + file);

        String found = ArgumentFile.classPathOf(file.toString());

        assertEquals(expected, "exit 0\n--- out\n[" + found + "]--- err\n");
    }

    @Test
    void classPathWhenInJdkJavaOptionsIsWhatTheLauncherFinds(@TempDir Path temporary) throws Exception {
        Path file = Files.writeString(temporary.resolve("args"), "-cp /from/file");
        Map<String, String> found = new LinkedHashMap<>();
        Map<String, String> expected = new LinkedHashMap<>();

        for (String options : new String[] {
            "-cp /a",
            "-Dx=y --class-path=/b",
            "-cp '/c d'",
            "-cp \"/e f\"",
            "@" + file,
            "-cp /g @" + file,
            "@" + file + " -cp /h"
        }) {
            expected.put(options, launcher(Map.of("JDK_JAVA_OPTIONS", options)));
            found.put(options, "exit 0\n--- out\n[" + ArgumentFile.classPathIn(options) + "]--- err\n");
        }

        assertEquals(expected, found);
    }

    @Test
    void classPathWhenThereAreNoOptionsIsEmpty() {
        String none = ArgumentFile.classPathIn(null);
        String other = ArgumentFile.classPathIn("-Dx=y -cp");

        assertEquals("", none);
        assertEquals("", other);
    }
}
