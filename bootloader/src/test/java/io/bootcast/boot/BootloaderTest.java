package io.bootcast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bootcast.path.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The edge: one line and a named exit code for each fault. */
class BootloaderTest {
    @TempDir
    Path temporary;

    private static String bootcast(Map<String, String> environment, String... arguments) {
        return java(List.of(Child.EXPORTS), environment, arguments);
    }

    private static String java(List<String> options, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of("-cp", Child.ownClassPath(), "io.bootcast.boot.Bootloader"));
        command.addAll(List.of(arguments));
        return Child.java(environment, command);
    }

    private static String ended(int exitCode, String out, String err) {
        return "exit " + exitCode + "\n--- out\n" + out + "--- err\n" + err;
    }

    @Test
    void versionWhenAskedForIsPrinted() {
        String found = bootcast(Map.of(), "version");

        assertEquals(ended(0, "bootcast " + Version.CURRENT + "\n", ""), found);
    }

    @ParameterizedTest
    @CsvSource({
        "fly, unknown command: fly; see bootcast help",
        "'', unknown command: ; see bootcast help",
    })
    void commandWhenUnknownIsAUsageFault(String command, String message) {
        String found = bootcast(Map.of(), command);

        assertEquals(ended(2, "", "bootcast: " + message + "\n"), found);
    }

    @Test
    void faultWhenTheProcessIsARankNamesIt() {
        String found = bootcast(Map.of("PMI_RANK", "3", "PMI_SIZE", "4"), "run", "--bogus", "x");

        assertEquals(ended(2, "", "bootcast: rank 3: unknown option: --bogus; see bootcast help\n"), found);
    }

    @Test
    void storeWhenItCannotBeMadeAndErrorsAbortIsAStoreFault() throws Exception {
        Path file = Files.createFile(temporary.resolve("file"));

        String found = bootcast(
                Map.of(), "run", "--transport", "solo", "--on-error", "abort", "--store", file + "/s", "--", "Main");

        assertEquals(
                ended(
                        65,
                        "",
                        "bootcast: no directory for the store: tried=" + file + "/s reason=is not a directory: " + file
                                + "; name another one with --store\n"),
                found);
    }

    @Test
    void storeWhenItCannotBeMadeIsDoneWithout() throws Exception {
        Path file = Files.createFile(temporary.resolve("file"));
        Child.compile(
                temporary,
                "Main",
                "public class Main { public static void main(String[] a) { System.out.println(\"ran\"); } }");

        String found = bootcast(
                Map.of(),
                "run",
                "--transport",
                "solo",
                "--store",
                file + "/s",
                "--class-path",
                temporary.toString(),
                "--",
                "Main");

        assertEquals(
                ended(
                        0,
                        "ran\n",
                        "bootcast: loads from the plain class path: no directory for the store: tried=" + file
                                + "/s reason=is not a directory: " + file + "; name another one with --store\n"),
                found);
    }

    @Test
    void classPathWhenItChangesWhileItIsReadIsAClassPathFault() throws Exception {
        long bytes = Files.readAllBytes(Path.of("/proc/version")).length;
        Path store = temporary.resolve("store");

        String found = bootcast(
                Map.of(),
                "run",
                "--transport",
                "solo",
                "--store",
                store.toString(),
                "--class-path",
                "/proc/version",
                "--",
                "Main");

        assertEquals(
                ended(
                        64,
                        "",
                        "bootcast: root cannot read the class path: reason=file changes while it is read:"
                                + " file=/proc/version bytes=" + bytes
                                + " expected=0; is every element readable here?\n"),
                found);
        assertEquals(false, Files.exists(store));
    }

    @Test
    void mainWhenTheLaunchersHelpIsNeededAndOutOfReachIsAnInstallationFault() {
        Path store = temporary.resolve("store");

        String found = java(
                List.of(), Map.of("BOOTCAST_STORE", store.toString()), "run", "--transport", "solo", "--", "Missing");

        assertEquals(
                ended(
                        66,
                        "",
                        "bootcast: cannot ask the launcher of this JDK: java.version="
                                + System.getProperty("java.version")
                                + " reason=java.lang.reflect.InaccessibleObjectException: Unable to make public static"
                                + " jdk.internal.access.JavaLangAccess jdk.internal.access.SharedSecrets.getJavaLangAccess()"
                                + " accessible: module java.base does not \"exports jdk.internal.access\" to unnamed module"
                                + " @HASH; start with scripts/bootcast, or with plain java\n"),
                found.replaceAll("@\\w+", "@HASH"));
        assertEquals(false, Files.exists(store));
    }

    @Test
    void imageWhenKeptIsRemovedByClean() throws Exception {
        Path store = temporary.resolve("store");
        Child.compile(temporary, "Main", "public class Main { public static void main(String[] a) { } }");
        String run = bootcast(
                Map.of("BOOTCAST_STORE", store.toString(), "BOOTCAST_KEEP", "1"),
                "run",
                "--transport",
                "solo",
                "--class-path",
                temporary.resolve("Main.class").toString(),
                "--class-path",
                temporary + "/*",
                "--",
                "java.lang.Object");
        boolean kept = Files.exists(store);

        String cleaned = bootcast(Map.of("BOOTCAST_STORE", store.toString()), "clean");

        assertEquals(1, run.charAt("exit ".length()) - '0', run);
        assertEquals(true, kept);
        assertEquals(ended(0, "bootcast: " + store + ": removed\n", ""), cleaned);
        assertEquals(false, Files.exists(store));
    }
}
