package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever is asked of the loader, it answers as the stock application class loader: about a hundred libraries and all sorts of odd jars on one class path,
 * every entry's name and every name with one character changed, as a resource and as a class. Resource URLs are compared with the store's
 * directory taken off; nothing else is rewritten. Usually some of the names; with {@code -Dbootcast.full=true} all.
 */
class OracleIT {
    private static final int FEWEST_LIBRARIES = 60;
    private static final int USUAL_STRIDE = 17;
    private static final int THREADS = 8;
    private static final Duration DEADLINE = Duration.ofMinutes(40);
    private static final TestBed INSTALLATION = new TestBed(1);

    private static Path home;
    private static String classPath;
    private static OracleNames names;
    private static Path nameFile;

    @BeforeAll
    static void makeClassPath() throws IOException {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "file names need a UTF-8 locale");
        home = INSTALLATION.checkout().resolve("target/oracle/run");
        TestBed.delete(home);
        List<Path> libraries = jarsBelow(new RealProgramsFetcher(INSTALLATION.checkout()).libraries());
        assertTrue(libraries.size() >= FEWEST_LIBRARIES, "libraries: " + libraries.size());
        OracleOddities oddities = OracleOddities.make(Files.createDirectories(home.resolve("odd")));
        Jars.make(home.resolve("probe"), 0, example.OracleProbe.class);
        Path classes = home.resolve("probe/classes");

        List<String> elements =
                new ArrayList<>(libraries.stream().map(Path::toString).toList());
        elements.addAll(oddities.elements());
        elements.add(classes.toString());
        classPath = String.join(":", elements);

        List<Path> named = new ArrayList<>(libraries);
        named.addAll(jarsBelow(home.resolve("odd")));
        named.addAll(oddities.directories());
        named.add(classes);
        names = new OracleNames(Boolean.getBoolean("bootcast.full") ? 1 : USUAL_STRIDE);
        for (Path element : named) {
            names.add(element);
        }
        nameFile = Files.write(
                home.resolve("names"),
                names.all().stream().map(example.OracleProbe::escape).toList());
        System.out.println("OracleIT: libraries=" + libraries.size() + " elements=" + elements.size() + " names="
                + names.all().size());
    }

    private static List<Path> jarsBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private Path ask(String who, List<String> words, int threads, int seed) {
        Path answers = home.resolve(who + "-" + threads);
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx2g", "-cp", classPath));
        all.addAll(List.of("example.OracleProbe", nameFile.toString(), answers.toString()));
        all.addAll(List.of(Integer.toString(threads), Integer.toString(seed)));
        Command.Result result = Command.of(all)
                .in(home.resolve("odd"))
                .with("JAVA_HOME", INSTALLATION.javaHome())
                .with("LC_ALL", "C.UTF-8")
                .within(DEADLINE)
                .run()
                .expect(0);
        System.out.println("OracleIT: " + who + " threads=" + threads + " millis="
                + result.wall().toMillis());
        assertEquals("", result.out() + result.err());
        return answers;
    }

    private void assertSame(int threads, int seed) throws IOException {
        Path stock = ask("stock", List.of(INSTALLATION.java()), threads, seed);

        String store = home.resolve("store").toString();
        Path bootcast = ask(
                "bootcast",
                List.of(INSTALLATION.bootcast(), "run", "--transport", "solo", "--store", store),
                threads,
                seed + THREADS);

        OracleComparison comparison =
                new OracleComparison(threads > 1, names::isInSplitPackage).compare(stock, bootcast);
        System.out.println("OracleIT: threads=" + threads + " " + comparison);
        assertEquals(names.all().size(), comparison.names());
        assertEquals(Set.of(), comparison.missingKinds());
        assertEquals(0, comparison.differences(), comparison::toString);
    }

    @Test
    void answersInOrderAreStocks() throws IOException {
        assertSame(1, 0);
    }

    @Test
    void answersToManyThreadsInRandomOrderAreStocks() throws IOException {
        assertSame(THREADS, 1);
    }
}
