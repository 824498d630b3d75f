package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bootcast.acceptance.Launch.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a program sees of its process: each probe program prints it, and stock {@code java} is the oracle. Bootcast's output is the same after one mapping, store
 * to original; what differs besides is written down in {@code docs/class-loading.md} and held here, line by line.
 */
class ProcessIT {
    /** Options of Bootcast's own, which a program sees among the JVM's arguments. */
    private static final String OWN_ARGUMENT = "argument --add-exports=java\\.base/jdk\\.internal\\.access=ALL-UNNAMED";

    private static final String PROPERTIES = "example.ProcessProperties";

    /** What was started last, says the shell. */
    private static final String SHELL_VARIABLE = "variable _=.*";

    @TempDir
    static Path directory;

    @BeforeAll
    static void makeClassPath() throws IOException {
        Path classes = Launch.copy(
                directory.resolve("classes"),
                example.ProcessProperties.class,
                example.ProcessSerial.class,
                example.ProcessReflection.class,
                example.ProcessTraces.class,
                example.ProcessProviders.class,
                example.ProcessAgentApp.class);
        makeBundlesAndServices(classes);
        Path library = Files.createDirectories(directory.resolve("library"));
        Files.writeString(library.resolve("library.txt"), "library\n");
        Sources.jar(directory.resolve("lib/one.jar"), library);
        Sources.jar(directory.resolve("lib/two.jar"), library);
        Sources.jar(
                directory.resolve("app.jar"),
                classes,
                "Main-Class: example.ProcessProperties",
                "Class-Path: lib/one.jar");
    }

    private static void makeBundlesAndServices(Path classes) throws IOException {
        for (String tag : List.of("", "_de", "_de_AT", "_fr")) {
            Files.writeString(classes.resolve("example/words" + tag + ".properties"), "word=of words" + tag + "\n");
        }
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Map<String, String> providers = Map.of(
                "java.util.function.Supplier", "Greeting",
                "java.sql.Driver", "ProbeDriver",
                "java.nio.charset.spi.CharsetProvider", "Charsets",
                "java.net.spi.URLStreamHandlerProvider", "Protocols",
                "javax.xml.parsers.DocumentBuilderFactory", "Documents");
        for (Map.Entry<String, String> provider : providers.entrySet()) {
            Files.writeString(
                    services.resolve(provider.getKey()),
                    "# one\nexample.ProcessProviders$" + provider.getValue() + " # two\n");
        }
    }

    private static void assertSame(String... words) {
        Outcome stock = Launch.in(directory).assertSameInPlace(words);
        assertEquals(0, stock.exitCode(), stock::toString);
    }

    /** {@code outcome} without the lines that match {@code line}. */
    private static String without(String line, Outcome outcome) {
        return outcome.toString().lines().filter(each -> !each.matches(line)).collect(Collectors.joining("\n"));
    }

    private static List<String> only(String prefix, Outcome outcome) {
        return outcome.out().lines().filter(each -> each.startsWith(prefix)).toList();
    }

    /** Documented: elements of the class path are absolute, in the store, there once, and those that are missing are left out. */
    @Test
    void propertiesAreStocksButForTheClassPath() {
        String[] words = {
            "-Dprobe=a b",
            "-Xmx64m",
            "-ea",
            "-cp",
            "classes:lib/two.jar:missing.jar:lib/*:.",
            PROPERTIES,
            "a",
            "b c",
            ""
        };
        Outcome stock = Launch.in(directory).stock(words);

        Outcome bootcast = Launch.in(directory).bootcastInPlace(words);

        assertEquals(without(SHELL_VARIABLE, stock), without(SHELL_VARIABLE + "|" + OWN_ARGUMENT, bootcast));
    }

    /** Documented: what a manifest's {@code Class-Path} names is in the property. */
    @ParameterizedTest
    @ValueSource(strings = {"-cp app.jar " + PROPERTIES + " a b", "-cp ignored -jar app.jar a b"})
    void propertiesOfAJarAreStocksButForItsClassPath(String line) {
        String named = "element " + directory.resolve("lib/one.jar");
        Outcome stock = Launch.in(directory).stock(line.split(" "));

        Outcome bootcast = Launch.in(directory).bootcastInPlace(line.split(" "));

        assertEquals(
                without(SHELL_VARIABLE, stock), without(SHELL_VARIABLE + "|" + OWN_ARGUMENT + "|" + named, bootcast));
        assertEquals(List.of("element " + directory.resolve("app.jar")), only("element ", stock));
        assertEquals(List.of("element " + directory.resolve("app.jar"), named), only("element ", bootcast));
    }

    @Test
    void serialisationFindsTheProgramsClasses() {
        assertSame("-cp", "classes", "example.ProcessSerial");
    }

    @ParameterizedTest
    @ValueSource(strings = {"classes", "app.jar"})
    void reflectionGivesWhatStockGives(String classPath) {
        assertSame("-cp", classPath, "example.ProcessReflection");
    }

    @Test
    void reflectionWhenTheManifestOpensPackagesReachesIntoThem() {
        Sources.jar(
                directory.resolve("opens.jar"),
                directory.resolve("classes"),
                "Main-Class: example.ProcessReflection",
                "Add-Opens: java.base/java.lang java.base/java.util");

        assertSame("-jar", "opens.jar");
    }

    @Test
    void providersAreFoundWhereTheJdkLooksForThem() {
        assertSame("-cp", "classes:lib/*", "example.ProcessProviders");
    }

    /** Documented: the loader has no name, and Bootcast's frames are below main. */
    @Test
    void tracesAreStocksButForTheLoaderAndTheBottom() {
        String[] words = {"-cp", "classes", "example.ProcessTraces"};
        Outcome stock = Launch.in(directory).stock(words);

        Outcome bootcast = Launch.in(directory).bootcastInPlace(words);

        assertEquals(without("== .*", stock), without("== .*", bootcast));
        assertEquals(
                List.of(
                        "== loader app jdk.internal.loader.ClassLoaders$AppClassLoader",
                        "== parent platform",
                        "== frame app"),
                only("== ", stock));
        assertEquals(
                List.of(
                        "== loader null io.bootcast.loader.BroadcastClassLoader",
                        "== parent platform",
                        "== frame null",
                        "== below main example.ProcessTraces$$BootcastEntry.run",
                        "== below main io.bootcast.boot.ApplicationMain.run",
                        "== below main io.bootcast.boot.Bootloader$Application.run",
                        "== below main io.bootcast.boot.Bootloader.main"),
                only("== ", bootcast));
    }

    /** Documented: the agent starts before the class path is there, and the program finds the agent's classes, but not the other files of its jar. */
    @ParameterizedTest
    @ValueSource(strings = {"classes", "app.jar"})
    void agentSeesAndChangesClassesAsWithStock(String classPath) throws IOException {
        Path agent = Launch.copy(directory.resolve("agent-" + classPath), example.ProcessAgent.class);
        Files.writeString(agent.resolve("agent.txt"), "agent\n");
        Sources.jar(
                directory.resolve("agent.jar"),
                agent,
                "Premain-Class: example.ProcessAgent",
                "Can-Retransform-Classes: true");
        String[] words = {"-javaagent:agent.jar=a b", "-cp", classPath, "example.ProcessAgentApp"};
        Outcome stock = Launch.in(directory).stock(words);

        Outcome bootcast = Launch.in(directory).bootcastInPlace(words);

        assertEquals(without("== .*", stock), without("== .*", bootcast));
        assertEquals(0, stock.exitCode(), stock::toString);
        assertEquals(foundByAgentAndProgram(true, true, true), only("== ", stock));
        assertEquals(foundByAgentAndProgram(false, true, false), only("== ", bootcast));
    }

    private static List<String> foundByAgentAndProgram(boolean program, boolean file, boolean byOwnLoader) {
        return List.of(
                "== premain finds the program: " + program,
                "== program finds the agent's file: " + file,
                "== by its own loader: " + byOwnLoader);
    }
}
