package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a program ends, its standard output and its standard error are, byte by byte, those that it has under stock {@code java}, and so is its exit code. */
class CleanOutputIT {
    /** What {@code mpirun} itself says of a rank that ended with another exit code than 0: all that is not compared. */
    private static final Pattern MPIRUN = Pattern.compile("-{74}\n"
            + "(?:Primary job {2}terminated normally, but 1 process returned\n"
            + "a non-zero exit code\\. Per user-direction, the job has been aborted\\.\n-{74}\n-{74}\n)?"
            + "mpirun detected that one or more processes exited with non-zero status, thus causing\n"
            + "the job to be terminated\\. The first process to do so was:\n\n"
            + " {2}Process name: \\[\\[\\d+,1],0]\n {2}Exit code: {4}\\d+\n-{74}\n");

    private static final String TO_FILES = "exec \"$@\" >\"$0.out\" 2>\"$0.err\" </dev/null";
    private static final TestBed INSTALLATION = new TestBed(1);

    @TempDir
    static Path directory;

    private static final Map<Program, Ended> STOCK = new HashMap<>();

    /** A name, the exit code and some of the text that stock {@code java} gives, and what follows the options of {@code java}. */
    private record Program(String name, int exitCode, String said, List<String> words) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record Ended(int exitCode, byte[] out, byte[] err) {}

    @BeforeAll
    static void makePrograms() throws IOException {
        Jars.make(directory, 0, example.CleanOutput.class);
        Path classes = directory.resolve("classes/example");
        Files.delete(classes.resolve("CleanOutput$Gone.class"));
        Path newer = classes.resolve("CleanOutput$Newer.class");
        byte[] bytes = Files.readAllBytes(newer);
        bytes[7] = 99;
        Files.write(newer, bytes);
        Path cut = classes.resolve("CleanOutput$Cut.class");
        bytes = Files.readAllBytes(cut);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        Files.writeString(directory.resolve("text.jar"), "no jar");
        new OddJar().manifest().write(directory.resolve("no-main.jar"));
        new OddJar().manifest("Main-Class: no.such.Main").write(directory.resolve("wrong-main.jar"));
        makeLibrary();
    }

    private static void makeLibrary() throws IOException {
        String include = INSTALLATION.javaHome() + "/include";
        Path library = Files.createDirectories(directory.resolve("native")).resolve("libcleanoutput.so");
        Path source = INSTALLATION.checkout().resolve("benchmarks/src/test/c/cleanoutput.c");
        List<String> words = new ArrayList<>(List.of("gcc", "-shared", "-fPIC", "-I" + include));
        words.addAll(List.of("-I" + include + "/linux", "-o", library.toString(), source.toString()));
        Command.of(words).run().expect(0);
    }

    static Stream<Program> programs() {
        return Stream.of(
                program("prints", 0, "no line feed", "Prints", "one", "two words"),
                program("throws", 1, "CIRCULAR REFERENCE", "Throws"),
                program("throws quietly", 1, "own text", "ThrowsQuietly"),
                program("overflows", 1, "StackOverflowError", "Overflows"),
                program("exits", 3, "hook", "Exits"),
                program("halts", 4, "halting", "Halts"),
                program("throws in a thread", 0, "in thread \"worker\"", "ThrowsInThread"),
                program("handles", 1, "handler main", "Handles"),
                program("cannot be initialised", 1, "ExceptionInInitializerError", "Broken"),
                program("has no main", 1, "JavaFX", "NoMain"),
                program("has an instance main", 1, "main", "InstanceMain"),
                program("returns a number", 1, "main", "ReturnsInt"),
                program("is newer than the JDK", 1, "UnsupportedClassVersionError", "Newer"),
                program("is cut", 1, "ClassFormatError", "Cut"),
                program("lacks its superclass", 1, "NoClassDefFoundError", "Orphan"),
                program("does not exist", 1, "ClassNotFoundException", "Absent"),
                program("calls C", 0, "from C 7", "Native"),
                program("throws below C", 1, "(Native Method)", "Native", "throw"),
                new Program("is no jar", 1, "corrupt jarfile", List.of("-jar", "text.jar")),
                new Program("is an absent jar", 1, "Unable to access", List.of("-jar", "absent.jar")),
                new Program("is a jar without main", 1, "no main manifest", List.of("-jar", "no-main.jar")),
                new Program("is a jar with a wrong main", 1, "no.such.Main", List.of("-jar", "wrong-main.jar")));
    }

    private static Program program(String name, int exitCode, String said, String nested, String... arguments) {
        List<String> words = new ArrayList<>(List.of("-Djava.library.path=native", "-cp", "classes"));
        words.add("example.CleanOutput$" + nested);
        words.addAll(List.of(arguments));
        return new Program(name, exitCode, said, words);
    }

    /** Runs {@code words} with both streams in files. No JVM says anything about its {@code hsperfdata} file: it has none. */
    private static Ended run(List<String> launcher, Program program) throws IOException {
        String files =
                Files.createTempDirectory(directory, "streams").resolve("s").toString();
        List<String> words = new ArrayList<>(List.of("sh", "-c", TO_FILES, files));
        words.addAll(launcher);
        words.add("-XX:-UsePerfData");
        words.addAll(program.words);
        Command.Result result = Command.of(words)
                .in(directory)
                .with("JAVA_HOME", INSTALLATION.javaHome())
                .run();
        return new Ended(
                result.exitCode(),
                Files.readAllBytes(Path.of(files + ".out")),
                Files.readAllBytes(Path.of(files + ".err")));
    }

    private static Ended stock(Program program) throws IOException {
        Ended known = STOCK.get(program);
        if (known == null) {
            known = run(List.of(INSTALLATION.java()), program);
            assertEquals(program.exitCode, known.exitCode, text(known.err));
            assertTrue((text(known.out) + text(known.err)).contains(program.said), text(known.out) + text(known.err));
            STOCK.put(program, known);
        }
        return known;
    }

    private static List<String> bootcast(String transport) {
        String store = directory.resolve("store").toString();
        return List.of(INSTALLATION.bootcast(), "run", "--transport", transport, "--store", store);
    }

    private static void assertSame(Ended expected, Ended actual) {
        // As text first, which is what a reader wants to see; every byte is one character.
        assertEquals(text(expected.err), text(actual.err));
        assertEquals(text(expected.out), text(actual.out));
        assertArrayEquals(expected.err, actual.err);
        assertArrayEquals(expected.out, actual.out);
        assertEquals(expected.exitCode, actual.exitCode);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void soloWhenProgramEndsGivesTheBytesOfStock(Program program) throws IOException {
        Ended stock = stock(program);

        Ended bootcast = run(bootcast("solo"), program);

        assertSame(stock, bootcast);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void oneRankWhenProgramEndsGivesTheBytesOfStockAndMpirunsWords(Program program) throws IOException {
        Ended stock = stock(program);
        List<String> launcher = new ArrayList<>(List.of("mpirun", "--allow-run-as-root", "-n", "1"));
        launcher.addAll(bootcast("auto"));

        Ended bootcast = run(launcher, program);

        assertSame(stock, withoutMpirun(bootcast));
    }

    private static Ended withoutMpirun(Ended ended) {
        String err = MPIRUN.matcher(text(ended.err)).replaceFirst("");
        return new Ended(ended.exitCode, ended.out, err.getBytes(StandardCharsets.ISO_8859_1));
    }
}
