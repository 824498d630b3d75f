package io.bootcast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code run --record FILE}: what the application loaded, in whatever way it ends. */
class RecordTest {
    private static final String PROGRAM =
            """
            import java.util.ServiceLoader;
            public class Main implements Runnable {
                public void run() { System.out.println("served " + new Used()); }
                public static void main(String[] a) throws Exception {
                    Thread thread = new Thread(() -> ServiceLoader.load(Runnable.class).forEach(Runnable::run));
                    thread.start();
                    thread.join();
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> new Late()));
                    switch (a[0]) {
                        case "return" -> { }
                        case "throw" -> throw new IllegalStateException("on purpose");
                        case "exit" -> System.exit(3);
                        case "halt" -> Runtime.getRuntime().halt(4);
                        case "SIGTERM" -> {
                            ProcessHandle self = ProcessHandle.current();
                            new ProcessBuilder("kill", "-TERM", "" + self.pid()).start().waitFor();
                            Thread.sleep(60_000);
                        }
                    }
                }
            }
            class Used { public String toString() { return "well"; } }
            class Late { }
            class Unused { }
            """;

    private static final String LIST =
            "bootcast-load-list 1\nclass Main.class\nresource META-INF/services/java.lang.Runnable\n"
                    + "class Used.class\nclass Late.class\n";

    @TempDir
    Path directory;

    private Path classes;
    private Path file;

    @BeforeEach
    void compile() throws Exception {
        classes = Files.createDirectories(directory.resolve("classes"));
        file = directory.resolve("load-list");
        Child.compile(classes, "Main", PROGRAM);
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("java.lang.Runnable"), "Main\n");
    }

    private String run(Map<String, String> environment, String store, String how) {
        List<String> command =
                new ArrayList<>(List.of(Child.EXPORTS, "-cp", Child.ownClassPath(), "io.bootcast.boot.Bootloader"));
        command.addAll(List.of("run", "--transport", "solo", "--store", store, "--record", file.toString()));
        command.addAll(List.of("--class-path", classes.toString(), "--", "Main", how));
        return Child.java(environment, command);
    }

    @ParameterizedTest
    @CsvSource({"return, 0", "throw, 1", "exit, 3", "SIGTERM, 143"})
    void loadListWhenTheProcessEndsIsWritten(String how, int exitCode) throws Exception {
        String found = run(Map.of(), directory.resolve("store").toString(), how);

        assertTrue(found.startsWith("exit " + exitCode + "\n--- out\nserved well\n--- err\n"), found);
        assertEquals(LIST, Files.readString(file));
        assertEquals(List.of("classes", "load-list"), names());
    }

    private List<String> names() {
        String[] names = directory.toFile().list();
        java.util.Arrays.sort(names);
        return List.of(names);
    }

    @Test
    void loadListWhenTheProcessIsHaltedIsNotWritten() throws Exception {
        String found = run(Map.of(), directory.resolve("store").toString(), "halt");

        assertEquals("exit 4\n--- out\nserved well\n--- err\n", found);
        assertEquals(false, Files.exists(file));
    }

    /** Without {@code --record} nothing is written, also if a variable of that name is there: the application's own JVMs inherit the environment. */
    @Test
    void loadListWhenAVariableAsksForItIsNotWritten() throws Exception {
        Path other = directory.resolve("other");

        String found = run(
                Map.of("BOOTCAST_RECORD", other.toString(), "BOOTCAST_KEEP", "1"),
                directory.resolve("store").toString(),
                "return");

        assertEquals("exit 0\n--- out\nserved well\n--- err\n", found);
        assertEquals(LIST, Files.readString(file));
        assertEquals(false, Files.exists(other));
    }

    @Test
    void loadListWhenThereIsNoImageIsNotWrittenAndThatIsSaid() throws Exception {
        String found = run(Map.of(), file.getParent().resolve("classes/Main.class") + "/s", "return");

        assertTrue(
                found.contains("\nbootcast: no load list is recorded: file=" + file + " reason=no directory"), found);
        assertEquals(false, Files.exists(file));
    }

    @Test
    void loadListWhenItCannotBeWrittenIsSaidAndTheExitCodeIsTheApplications() throws Exception {
        file = directory.resolve("absent/load-list");

        String found = run(Map.of(), directory.resolve("store").toString(), "exit");

        assertTrue(found.startsWith("exit 3\n--- out\nserved well\n--- err\n"), found);
        assertTrue(found.contains("bootcast: cannot write the load list: file=" + file + " reason="), found);
    }
}
