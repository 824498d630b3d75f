package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.acceptance.Command.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bundle from its making to its end, on this host: what a user types, and what stock {@code java} would have given. */
class BundleIT {
    private static final TestBed INSTALLATION = new TestBed(1);
    private static final String PROGRAM = "example.MannersApp";
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    @TempDir
    static Path common;

    @TempDir
    Path own;

    private static String classPath;
    private static Path bundle;
    private Path store;

    /** With a trial run, archives and jars only, so that there is one for each way of starting. */
    @BeforeAll
    static void build() throws IOException {
        Path classes = common.resolve("app");
        Jars jars = Jars.make(classes, 3, example.MannersApp.class, example.InputApp.class, example.JarApp.class);
        Path jar = classes.resolve("lib/app.jar");
        Command.of(INSTALLATION.javaHome() + "/bin/jar", "cf", jar.toString(), "-C", classes + "/classes", ".")
                .run()
                .expect(0);
        classPath = String.join(
                        ":",
                        jars.jarNames().stream()
                                .map(name -> classes.resolve("lib/" + name).toString())
                                .toList())
                + ":" + jar;
        bundle = common.resolve("app.tar.zst");
        bootcast("build", "-o", bundle.toString(), "-Dtold=at build", "-cp", classPath, PROGRAM, "all", "return")
                .run()
                .expect(0);
    }

    @BeforeEach
    void nameStore() {
        store = own.resolve("store");
    }

    @AfterEach
    void requireThatCleanLeavesNothing() {
        bootcast("clean", "--store", store.toString()).run().expect(0);

        assertFalse(Files.exists(store));
    }

    private static Command bootcast(String... words) {
        List<String> all = new ArrayList<>(List.of(INSTALLATION.bootcast()));
        all.addAll(List.of(words));
        return Command.of(all).with("JAVA_HOME", INSTALLATION.javaHome()).within(DEADLINE);
    }

    private Command onStore(String... words) {
        return bootcast(words).with("BOOTCAST_STORE", store.toString());
    }

    private void stage() {
        onStore("stage", bundle.toString()).run().expect(0);
    }

    private static Command stock(String... words) {
        List<String> all = new ArrayList<>(List.of(INSTALLATION.java(), "-Dtold=at build", "-cp", classPath));
        all.addAll(List.of(words));
        return Command.of(all);
    }

    private static void assertAsStock(Result stock, Result found) {
        assertEquals(stock.out(), found.out());
        assertEquals(stock.err(), found.err());
        assertEquals(stock.exitCode(), found.exitCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"return", "exit3", "throw", "halt3"})
    void javaWhenStagedEndsAsStock(String way) {
        stage();
        Result stock = stock(PROGRAM, "all", way).run();

        Result java = onStore("java", bundle.toString(), PROGRAM, "all", way).run();

        assertAsStock(stock, java);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runOfABundleEndsAsStock(boolean staged) {
        if (staged) {
            stage();
        }
        Result stock = stock(PROGRAM, "all", "exit3").run();

        Result run = onStore("run", "--bundle", bundle.toString(), "-Dtold=at build", PROGRAM, "all", "exit3")
                .run();

        assertEquals(stock.out(), run.out());
        assertEquals(3, run.exitCode());
    }

    @Test
    void programWhenNoneIsNamedIsTheBundlesOwn() {
        stage();

        Result java = onStore("java", bundle.toString()).run();
        Result run = onStore("run", "--bundle", bundle.toString()).run();

        // The program wants arguments: its own exception says that it was started.
        assertTrue(java.out().startsWith("begun as " + PROGRAM), java::toString);
        assertEquals(java.out(), run.out());
    }

    @Test
    void inputGoesToTheProgramAsStock() throws IOException {
        stage();
        Path input = own.resolve("input");
        Files.writeString(input, "some input\n".repeat(1000));
        Result stock = stock("example.InputApp", "all").reading(input).run();

        Result java = onStore("java", bundle.toString(), "example.InputApp", "all")
                .reading(input)
                .run();

        assertAsStock(stock, java);
    }

    @Test
    void javaWhenNothingIsStagedSaysWhatToDo() {
        Result java =
                onStore("java", bundle.toString(), PROGRAM, "all", "return").run();

        assertEquals(65, java.exitCode());
        assertTrue(
                java.err().startsWith("bootcast: not staged on this node: bundle=" + bundle + "; run \"bootcast stage"),
                java::toString);
    }

    @Test
    void javaWhenNothingIsStagedCanFallBack() {
        Result java = onStore("java", bundle.toString(), "--on-error", "fallback", PROGRAM, "all", "exit3")
                .run();

        assertEquals("begun as " + PROGRAM + "\n", java.out());
        assertEquals(3, java.exitCode());
    }

    @Test
    void stageOfTwoRanksUnderMpiIsOneImage() throws IOException {
        List<String> words = new ArrayList<>(List.of("mpirun", "--allow-run-as-root", "--oversubscribe", "-n", "2"));
        words.addAll(List.of(INSTALLATION.bootcast(), "stage", "--store", store.toString(), bundle.toString()));

        Result staged = Command.of(words)
                .with("JAVA_HOME", INSTALLATION.javaHome())
                .within(DEADLINE)
                .run()
                .expect(0);

        assertTrue(
                staged.out().startsWith("bootcast: staged " + bundle + ": nodes=1 had all=0 lacked "),
                staged::toString);
        try (Stream<Path> images = Files.list(store.resolve("images"))) {
            assertEquals(1, images.count());
        }
    }

    @Test
    void cleanWhileTheProgramRunsLeavesItsImage() throws IOException {
        stage();
        Command program = onStore("java", bundle.toString(), PROGRAM, "one", "return", "2", own.toString());

        try (Command.Running running = program.start()) {
            running.awaitOutput("begun as");
            Result clean = bootcast("clean", "--store", store.toString()).run().expect(0);
            assertEquals("bootcast: " + store + ": images in use, not removed: 1\n", clean.out());
            Files.createFile(own.resolve("rank1"));
        }
    }

    // ---- build ------------------------------------------------------------------------------------------------------

    private Result build(String... words) {
        List<String> all =
                new ArrayList<>(List.of("build", "-o", own.resolve("other.tar").toString()));
        all.addAll(List.of(words));
        return bootcast(all.toArray(new String[0])).run();
    }

    private Result inspect(String... words) {
        List<String> all =
                new ArrayList<>(List.of("inspect", own.resolve("other.tar").toString()));
        all.addAll(List.of(words));
        return bootcast(all.toArray(new String[0])).run().expect(0);
    }

    @Test
    void buildOfAServerEndsItAndKnowsWhatItLoaded() {
        Result built = build(
                "--no-archives",
                "--stop-after",
                "3",
                "--compression",
                "none",
                "-cp",
                classPath,
                PROGRAM,
                "early",
                "return",
                "600000");

        built.expect(0);
        assertTrue(inspect().out().contains("load list   1 classes"), () -> inspect()
                .toString());
    }

    @Test
    void buildWithoutATrialRunFollowsTheCode() {
        Result built = build("--static", "-cp", classPath, PROGRAM);

        built.expect(0);
        Result why = inspect("--why", PROGRAM);
        assertEquals(PROGRAM + ": entry point\n", why.out());
    }

    @ParameterizedTest
    @CsvSource({"-cp, 2", "-o, 2"})
    void buildWithoutWhatItNeedsSaysSo(String leftOut, int exitCode) {
        Result built = leftOut.equals("-cp")
                ? build("--static")
                : bootcast("build", "-cp", classPath, PROGRAM).run();

        assertEquals(exitCode, built.exitCode());
        assertTrue(built.err().startsWith("bootcast: "), built::toString);
        assertEquals(1, built.err().lines().count(), built::toString);
    }

    @Test
    void buildWhoseTrialRunShowsNothingFailsAndLeavesNoBundle() throws IOException {
        Result built = build("-cp", classPath, "example.Absent");

        assertEquals(72, built.exitCode());
        assertTrue(built.err().contains("ClassNotFoundException: example.Absent"), built::toString);
        try (Stream<Path> left = Files.list(own)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void verifyOfABundleFindsAllRight() {
        Result verified = bootcast("verify", bundle.toString()).run().expect(0);

        assertTrue(verified.out().contains(" are right, 0 wrong, 0 not checked"), verified::toString);
    }
}
