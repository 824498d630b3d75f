package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a start from a bundle costs, in CPU time against stock {@code java} with the same jars on local disk, the wrapper included: Hibernate ORM over H2. Runs take turns. Two rounds with
 * room for a shared machine's moods; with {@code -Dbootcast.full=true} eleven, whose median must keep the bound.
 */
class BundleCostIT {
    private static final boolean FULL = Boolean.getBoolean("bootcast.full");
    private static final int ROUNDS = FULL ? 11 : 2;
    private static final double SLACK = FULL ? 0 : 0.15;
    private static final int FEATURE = Runtime.version().feature();

    private static final double JAVA = FEATURE < 25 ? 0.50 : 0.42;
    private static final double RUN = 0.70;
    private static final double COLD = 0.95;

    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final LocalStarts starts = new LocalStarts(Path.of(
            "/dev/shm/bootcast-bundle-cost-it-" + ProcessHandle.current().pid()));

    @TempDir
    Path directory;

    @AfterEach
    void cleanStore() throws IOException {
        TestBed.delete(starts.store());
    }

    @Test
    void startsFromABundleCostAtMostTheirShareOfStock() throws IOException {
        MeasuredApp app = MeasuredApp.hibernate(directory);
        Path bundle = directory.resolve("app.tar.zst");
        List<String> build = new ArrayList<>(List.of("build", "-o", bundle.toString()));
        build.addAll(app.words());
        LocalStarts.inJdk(Command.of(bootcast(build))).run().expect(0);

        measure("default flags", List.of(), app, bundle, /* holds= */ true);
        if (FULL) {
            measure("Serial + C1", SMALL, app, bundle, /* holds= */ false);
        }
    }

    private void measure(String flags, List<String> options, MeasuredApp app, Path bundle, boolean holds)
            throws IOException {
        List<String> main = app.words().subList(2, app.words().size());
        double[] stock = new double[ROUNDS];
        double[] java = new double[ROUNDS];
        double[] run = new double[ROUNDS];
        double[] cold = new double[ROUNDS];
        double[] stage = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            TestBed.delete(starts.store());
            stock[round] = cpu(LocalStarts.stock(options, app.words()));
            cold[round] = cpu(withMain(List.of("run", "--bundle", bundle.toString()), options, main));
            stage[round] = cpu(bootcast(List.of("stage", bundle.toString())));
            java[round] = cpu(withMain(List.of("java", bundle.toString()), options, main));
            run[round] = cpu(withMain(List.of("run", "--bundle", bundle.toString()), options, main));
            cold[round] -= stage[round];
        }

        System.out.printf(
                "bundle: JDK %d, %s: stock %.0f ms CPU; ratio to it: bootcast java %s, run --bundle staged %s, not staged %s besides staging, which takes %.0f ms%n",
                FEATURE,
                flags,
                Cpu.median(stock),
                Cpu.summary(Cpu.ratios(java, stock)),
                Cpu.summary(Cpu.ratios(run, stock)),
                Cpu.summary(Cpu.ratios(cold, stock)),
                Cpu.median(stage));
        if (holds) {
            requireAtMost(JAVA, Cpu.ratios(java, stock), "bootcast java");
            requireAtMost(RUN, Cpu.ratios(run, stock), "run --bundle, staged");
            requireAtMost(COLD, Cpu.ratios(cold, stock), "run --bundle, not staged");
        }
    }

    private static void requireAtMost(double bound, double[] ratios, String what) {
        double median = Cpu.median(ratios);
        assertTrue(median <= bound + SLACK, () -> what + ": ratio=" + median + " expected at most " + (bound + SLACK));
    }

    private List<String> withMain(List<String> command, List<String> options, List<String> main) {
        List<String> words = new ArrayList<>(command);
        words.addAll(options);
        words.addAll(main);
        return bootcast(words);
    }

    private static List<String> bootcast(List<String> words) {
        List<String> all = new ArrayList<>(
                List.of(LocalStarts.checkout().resolve("scripts/bootcast").toString()));
        all.addAll(words);
        return all;
    }

    private double cpu(List<String> words) {
        return Cpu.millis(LocalStarts.inJdk(Cpu.timed(words))
                .with("BOOTCAST_STORE", starts.store().toString())
                .with("BOOTCAST_TRANSPORT", "solo")
                .run());
    }
}
