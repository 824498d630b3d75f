package io.bootcast.build.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bootcast.fault.BootcastException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What variants the flags of {@code --for} come to, as lines of {@code launch/archives}. */
class VariantsTest {
    private static final Jdk OLD = new Jdk(Path.of("/jdk"), 17, "17.0.15+6", "Somebody", "amd64", false);
    private static final Jdk NEW = new Jdk(Path.of("/jdk"), 25, "25.0.3+9", "Somebody", "amd64", true);
    private static final String NOT_Z = "epsilon,g1,parallel,serial,shenandoah";

    private static List<String> lines(Jdk jdk, Way way, List<String> options, String... wanted) {
        return Variants.of(jdk, way, options, List.of(wanted)).stream()
                .map(Variant::line)
                .toList();
    }

    @Test
    void defaultAloneWhenNothingIsWanted() {
        List<String> old = lines(OLD, Way.STOCK, List.of());
        List<String> loader = lines(OLD, Way.LOADER, List.of());
        List<String> aot = lines(NEW, Way.LOADER, List.of());

        assertEquals(List.of("stock.0 stock on * * * launch/stock.0.jsa"), old);
        assertEquals(List.of("loader.0 loader on * * * launch/loader.0.jsa"), loader);
        assertEquals(List.of("loader.0 loader on " + NOT_Z + " full no launch/loader.0.aot"), aot);
    }

    @Test
    void wantedWhenDefaultServesItGetsNoneOfItsOwn() {
        String[] wanted = {"-XX:+UseParallelGC", "-Xmx8g", "-XX:+UseSerialGC -Xmx31g"};

        assertEquals(1, lines(OLD, Way.STOCK, List.of(), wanted).size());
        assertEquals(1, lines(NEW, Way.STOCK, List.of(), wanted).size());
    }

    @Test
    void wantedOnSeventeenDifferInCompressedOopsOnly() {
        List<String> lines =
                lines(OLD, Way.STOCK, List.of(), "-javaagent", "-XX:+UseZGC", "-Xmx40g", "-Xmx150g -XX:+UseParallelGC");

        assertEquals(
                List.of("stock.0 stock on * * * launch/stock.0.jsa", "stock.1 stock off * * * launch/stock.1.jsa"),
                lines);
    }

    @Test
    void wantedOnTwentyFiveDifferInOopsCollectorHeadersAndAgent() {
        List<String> lines = lines(
                NEW,
                Way.STOCK,
                List.of(),
                "-XX:+UseZGC",
                "-Xmx40g",
                "-javaagent:tool.jar=x",
                "-XX:+UseCompactObjectHeaders");

        assertEquals(
                List.of(
                        "stock.0 stock on " + NOT_Z + " full no launch/stock.0.aot",
                        "stock.1 stock off " + NOT_Z + " full no launch/stock.1.aot",
                        "stock.2 stock on " + NOT_Z + " full yes launch/stock.2.aot",
                        "stock.3 stock on " + NOT_Z + " compact no launch/stock.3.aot",
                        "stock.4 stock off * full no launch/stock.4.aot"),
                lines);
    }

    @Test
    void defaultWhenApplicationHasLargeHeapIsOneWithoutCompressedOops() {
        List<String> options = List.of("-Xmx150g", "-Xms100g", "-Dkey=value", "-XX:+UseParallelGC");

        Variant variant = Variants.of(NEW, Way.STOCK, options, List.of()).get(0);

        assertEquals("stock.0 stock off " + NOT_Z + " full no launch/stock.0.aot", variant.line());
        assertEquals(List.of("-XX:+UseG1GC", "-XX:-UseCompressedOops"), variant.flags());
        assertEquals(List.of("-Dkey=value"), Variants.trialOptions(options));
    }

    @Test
    void flagWhenNoArchiveDependsOnItIsRefused() {
        BootcastException refused =
                assertThrows(BootcastException.class, () -> lines(NEW, Way.STOCK, List.of(), "-Xmx40g -Dkey=value"));

        assertEquals(
                "--for names a flag that no archive depends on: found=-Dkey=value"
                        + " expected=-Xmx, -XX:-UseCompressedOops, -XX:+Use…GC, -XX:+UseCompactObjectHeaders or -javaagent",
                refused.getMessage());
    }
}
