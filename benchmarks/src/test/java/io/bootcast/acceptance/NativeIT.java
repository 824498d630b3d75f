package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bootcast.acceptance.Command.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Native libraries, and files beside the class path, of one process: what the application sees is what it sees under stock {@code java}, but that its libraries lie in the store.
 * The oracle is stock {@code java}; the store's directory is taken off our output, and nothing else.
 */
class NativeIT {
    private static final Path CHECKOUT = Path.of(System.getProperty("bootcast.checkout"));
    private static final String JAVA_HOME = System.getProperty("java.home");
    private static final String JAR = "lib/app.jar";

    @TempDir
    static Path shared;

    @TempDir
    Path temporary;

    private static Path app;
    private Path store;

    @BeforeAll
    static void makeApplication() throws IOException {
        app = Files.createDirectories(shared.toRealPath().resolve("app"));
        NativeFiles.make(CHECKOUT, app);
    }

    @BeforeEach
    void chooseStore() throws IOException {
        store = temporary.toRealPath().resolve("store");
    }

    private static Result stock(String... words) {
        return stockIn(app, words);
    }

    private static Result stockIn(Path directory, String... words) {
        List<String> all = new ArrayList<>(List.of(JAVA_HOME + "/bin/java"));
        all.addAll(List.of(words));
        return Command.of(all).in(directory).run().expect(0);
    }

    private static Command bootcast(String... words) {
        List<String> all =
                new ArrayList<>(List.of(CHECKOUT.resolve("scripts/bootcast").toString()));
        all.addAll(List.of(words));
        return Command.of(all).in(app).with("JAVA_HOME", JAVA_HOME);
    }

    private Command carried(String... words) {
        return bootcast(concat(List.of("run", "--transport", "solo", "--store", store.toString()), words));
    }

    private static String[] concat(List<String> first, String... rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(rest));
        return all.toArray(new String[0]);
    }

    /** Our output with the originals' paths. */
    private String home(Result result) {
        return result.out().replaceAll(store + "/images/[0-9a-f]+/root", "");
    }

    private static String line(Result result, String action) {
        return result.lines().stream()
                .filter(line -> line.startsWith(action + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line " + action + " in " + result));
    }

    /** All mapped libraries of the test, {@code count} of them, lie in the store. */
    private void assertMappedFromStore(Result result, int count) {
        String[] files = line(result, "maps").split(" ");
        assertEquals(count, files.length - 1, result::toString);
        for (int i = 1; i < files.length; i++) {
            assertTrue(files[i].startsWith(store + "/images/"), files[i]);
        }
    }

    @Test
    void librariesOfTheLibraryPathWhenCarriedLoadAsStock() {
        String[] program = {
            "-Djava.library.path=" + app + "/native",
            "-cp",
            JAR,
            "example.NativeApp",
            "load:nativetop",
            "answer",
            "other:nativetop",
            "load:nativelink",
            "answer",
            "maps",
            "load:absent",
            "child:nativetop",
            "child:absent"
        };

        Result stock = stock(program);
        Result carried = carried(program).run().expect(0);

        assertEquals(stock.out(), home(carried));
        assertEquals("answer 111", line(stock, "answer"));
        assertEquals(
                "child java.lang.UnsatisfiedLinkError: Native Library " + app
                        + "/native/libnativetop.so already loaded in another classloader",
                line(stock, "child"));
        assertMappedFromStore(carried, 4);
    }

    /** A loader of the application's own that is the first to load: from the store, and the application's loader is refused then. */
    @Test
    void libraryOfTheLibraryPathWhenAnotherLoaderHasItIsRefusedAsStock() {
        String[] program = {
            "-Djava.library.path=native:" + app + "/missing",
            "-cp",
            JAR,
            "example.NativeApp",
            "child:nativetop",
            "maps",
            "load:nativetop"
        };

        Result stock = stock(program);
        Result carried = carried(program).run().expect(0);

        assertEquals(stock.out(), home(carried));
        assertEquals("child done", line(stock, "child"));
        assertTrue(line(stock, "load").endsWith("already loaded in another classloader"), stock::toString);
        assertMappedFromStore(carried, 3);
    }

    @Test
    void librariesOfNativeAndBesideTheJarWhenCarriedLoadAsFromALibraryPath() {
        String[] program = {
            "-cp", JAR, "example.NativeApp", "load:nativetop", "answer", "load:nativejar", "other:nativejar", "maps"
        };

        Result stock = stock(concat(List.of("-Djava.library.path=native:lib"), program));
        Result byOption =
                carried(concat(List.of("--native=native"), program)).run().expect(0);
        Result byVariable =
                carried(program).with("BOOTCAST_NATIVE", app + "/native").run().expect(0);

        assertEquals(stock.out(), home(byOption));
        assertEquals(stock.out(), home(byVariable));
        assertMappedFromStore(byOption, 4);
    }

    @Test
    void libraryByPathWhenBelowASentDirectoryLoadsAsStock() {
        String[] program = {
            "-cp",
            app + "/" + JAR + ":classes",
            "example.NativeApp",
            "resource:libs/libnativeres.so",
            "beside:libnativejar.so",
            "answer",
            "maps"
        };

        Result stock = stock(program);
        Result carried = carried(program).run().expect(0);

        assertEquals(stock.out(), home(carried));
        assertEquals("answer 111", line(stock, "answer"));
        assertMappedFromStore(carried, 4);
    }

    @Test
    void libraryByItsOriginalPathWhenCarriedIsLoadedFromThere() {
        String[] program = {
            "-cp", JAR, "example.NativeApp", "path:" + app + "/native/libnativetop.so", "answer", "maps", "path:/no.so"
        };

        Result stock = stock(program);
        Result carried =
                carried(concat(List.of("--native=native"), program)).run().expect(0);

        assertEquals(stock.out(), carried.out());
        assertEquals("answer 111", line(carried, "answer"));
    }

    /** What else lies where the job runs is not taken along. */
    @Test
    void librariesOfTheWorkingDirectoryWhenOnTheLibraryPathTravelAlone() throws IOException {
        Path work = Files.createDirectories(app.resolve("work/below"));
        Files.copy(app.resolve("native/libnativetop.so"), app.resolve("work/libnativetop.so"));
        Files.writeString(app.resolve("work/output.txt"), "large");
        String[] program = {
            "-Djava.library.path=.:..", "-cp", app + "/" + JAR, "example.NativeApp", "load:nativetop", "answer", "maps"
        };

        Result stock = stockIn(work, program);
        Result carried =
                carried(concat(List.of("--keep"), program)).in(work).run().expect(0);
        Path image = Path.of(line(carried, "maps").replaceFirst(".* (.*)/work/libnativetop.so", "$1"));
        boolean hasOutput = Files.exists(image.resolve("work/output.txt"));
        Result cleaned = bootcast("clean", "--store", store.toString()).run().expect(0);

        assertEquals(stock.out(), home(carried));
        assertMappedFromStore(carried, 3);
        assertFalse(hasOutput, image::toString);
        assertEquals("bootcast: " + store + ": removed\n", cleaned.out());
    }

    /** The JVM asks the store first, and then the directory at home, as it is now. */
    @Test
    void libraryThatTheProgramWritesIntoACarriedDirectoryIsFoundThere() throws IOException {
        Path late = Files.createDirectories(app.resolve("late"));
        Files.copy(app.resolve("native/libnativetop.so"), late.resolve("libnativeold.so"));
        String[] program = {
            "-Djava.library.path=" + late,
            "-cp",
            JAR,
            "example.NativeApp",
            "load:nativenew",
            "copy:" + app + "/native/libnativetop.so=" + late + "/libnativenew.so",
            "load:nativenew",
            "answer",
            "maps"
        };

        Result carried = carried(program).run().expect(0);
        Files.delete(late.resolve("libnativenew.so"));
        Result stock = stock(program);

        assertEquals(stock.out(), carried.out());
        assertTrue(line(carried, "maps").contains(late + "/libnativenew.so"), carried::toString);
    }

    @Test
    void filesWhenCarriedAreFoundFromTheStoreAndFromHome() throws IOException {
        String[] program = {"-cp", JAR, "example.NativeApp", "conf:classpath", "conf:resource", "conf:codesource"};

        Result stock = stock(program);
        Result without = carried(program).run().expect(0);
        Result byOption =
                carried(concat(List.of("--with-files=conf"), program)).run().expect(0);
        Result byVariable = carried(program)
                .with("BOOTCAST_WITH_FILES", app + "/dep:" + app + "/conf")
                .run()
                .expect(0);

        assertEquals("conf configured\nconf configured\nconf configured\n", stock.out());
        assertEquals(stock.out(), byOption.out());
        assertEquals(stock.out(), byVariable.out());
        assertEquals("conf configured", without.lines().get(2));
        assertTrue(without.lines().get(0).contains("NoSuchFileException"), without::toString);
    }

    /** {@code command} where {@code directory} is mounted so that nothing in it can be executed; nobody else sees that. */
    private static Command whereNoexec(Path directory, Command command) {
        assumeTrue("root".equals(System.getProperty("user.name")), "skipped: only the superuser can mount");
        return command.after(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount -t tmpfs -o noexec tmpfs \"$0\" && exec \"$@\"",
                directory.toString());
    }

    @Test
    void libraryWhenTheStoreIsMountedNoexecIsLoadedFromHome() throws IOException {
        Path mount = Files.createDirectories(temporary.resolve("noexec"));
        store = mount.resolve("store");
        String[] program = {
            "-Djava.library.path=native", "-cp", JAR, "example.NativeApp", "load:nativetop", "answer", "maps"
        };

        Result stock = stock(program);
        Command command = carried(concat(List.of("--verbose"), program));
        Result carried = whereNoexec(mount, command).run().expect(0);

        assertEquals(stock.out(), carried.out());
        assertTrue(
                carried.err().contains("\nbootcast: native libraries are loaded from their original places"),
                carried::toString);
    }

    @Test
    void storeWhenLibrariesWereAskedForIsWhereTheyCanBeLoadedFrom() throws IOException {
        Path usual = Path.of("/dev/shm");
        String uid = "bootcast-" + Files.getAttribute(temporary, "unix:uid");
        String[] run = {
            "run",
            "--keep",
            "--transport=solo",
            "--native=native",
            "-cp",
            JAR,
            "example.NativeApp",
            "load:nativetop",
            "maps"
        };

        Result kept = whereNoexec(usual, bootcast(run).with("TMPDIR", temporary.toString()))
                .run()
                .expect(0);
        boolean isThere = Files.exists(temporary.resolve(uid));
        Result cleaned = whereNoexec(usual, bootcast("clean").with("TMPDIR", temporary.toString()))
                .run()
                .expect(0);

        String place = temporary.resolve(uid).toString();
        assertTrue(line(kept, "maps").startsWith("maps " + place + "/images/"), kept::toString);
        assertTrue(isThere);
        assertEquals("bootcast: /dev/shm/" + uid + ": removed\nbootcast: " + place + ": removed\n", cleaned.out());
        assertFalse(Files.exists(temporary.resolve(uid)));
    }
}
