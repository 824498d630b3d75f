package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The CPU milliseconds of an application's starts: stock, and with Bootcast from a kept store ("warm"), with a class-data archive, and into an empty store
 * ("cold"). Runs take turns, so that the machine's moods hit all alike; the median of the rounds' ratios counts.
 */
final class StartCost {
    private final MeasuredApp app;
    private final String flags;
    private final List<String> options;
    private final LocalStarts starts;
    private final Map<String, double[]> millis = new LinkedHashMap<>();

    /**
     * @param flags a name for {@code options}
     * @param options options of the JVM
     */
    StartCost(MeasuredApp app, String flags, List<String> options, LocalStarts starts) {
        this.app = app;
        this.flags = flags;
        this.options = options;
        this.starts = starts;
    }

    private static double cpu(List<String> words) {
        return Cpu.millis(LocalStarts.inJdk(Cpu.timed(words)).run());
    }

    /**
     * Makes archives in {@code directory}, measures and prints the figures.
     *
     * @param stockArchive true to measure stock with an archive of its own, too, for comparison
     */
    void measure(int rounds, Path directory, boolean stockArchive) {
        String archive = directory.resolve("bootcast.jsa").toString();
        cpu(kept("-XX:ArchiveClassesAtExit=" + archive));
        Map<String, List<String>> runs = new LinkedHashMap<>();
        runs.put("stock", LocalStarts.stock(options, app.words()));
        runs.put("warm", starts.bootcast(LocalStarts.KEPT, options, app.words()));
        runs.put("warm, archive", kept("-XX:SharedArchiveFile=" + archive));
        if (stockArchive) {
            String own = directory.resolve("stock.jsa").toString();
            cpu(LocalStarts.stock(LocalStarts.with(options, "-XX:ArchiveClassesAtExit=" + own), app.words()));
            runs.put(
                    "stock, archive",
                    LocalStarts.stock(LocalStarts.with(options, "-XX:SharedArchiveFile=" + own), app.words()));
        }
        runs.put("cold", cold());
        runs.keySet().forEach(name -> millis.put(name, new double[rounds]));
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, List<String>> run : runs.entrySet()) {
                millis.get(run.getKey())[round] = cpu(run.getValue());
            }
        }
        report(rounds);
    }

    private List<String> kept(String option) {
        return starts.bootcast(LocalStarts.KEPT, LocalStarts.with(options, option), app.words());
    }

    /** An empty store each time: without {@code --keep} the image goes when the process does. */
    private List<String> cold() {
        LocalStarts empty = new LocalStarts(Path.of(starts.store() + "-cold"));
        return empty.bootcast(List.of("--transport", "node"), options, app.words());
    }

    private void report(int rounds) {
        System.out.println(app.title() + ", JDK " + Runtime.version().feature() + ", " + flags
                + ", CPU against stock, rounds: " + rounds);
        millis.forEach((name, values) -> System.out.printf(
                "  %-15s %6.0f ms   ratio %s%n", name, Cpu.median(values), Cpu.summary(ratios(name))));
    }

    private double[] ratios(String name) {
        return Cpu.ratios(millis.get(name), millis.get("stock"));
    }

    /** Fails if the median of what {@code name} costs is more than {@code most} of stock. */
    void allow(String name, double most) {
        double ratio = Cpu.median(ratios(name));
        assertTrue(ratio <= most, () -> app.title() + ", " + name + ": ratio=" + ratio + " expected at most " + most);
    }
}
