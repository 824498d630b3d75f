package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.build.reach.Absent;
import io.bootcast.build.reach.Analysis;
import io.bootcast.build.reach.FileEntries;
import io.bootcast.build.reach.Reachability;
import io.bootcast.build.reach.Reached;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What static reachability marks of real programs' class paths, against what stock {@code java} says it loads from there. */
@Tag("once") // for one JDK: what it measures are jars
class ReachabilityIT {
    private static final Pattern FROM_CLASS_PATH = Pattern.compile("(?m)^(\\S+) source: file:");

    @TempDir
    Path own;

    /** Of the classes of a start: those from the class path, and how many of them are marked. */
    private record Shares(int found, int loaded, int marked, int classes, int reachable, Reachability reachability) {}

    private Shares measure(MeasuredApp app) throws IOException {
        Set<String> loaded = loaded(app);
        long start = System.nanoTime();
        Reachability reachability;
        try (FileEntries entries = FileEntries.open(elements(app.words().get(1)))) {
            reachability = Analysis.of(entries, List.of(app.words().get(2)), List.of());
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        List<Reached> marked = reachability.marked();
        Shares shares = new Shares(
                count(marked, loaded),
                loaded.size(),
                marked.size(),
                reachability.classCount(),
                count(reachability.all(), loaded),
                reachability);
        System.out.printf(
                "reachability: %s: found=%d of=%d (%.1f %%) marked=%d of=%d; all that is reached: found=%d marked=%d; absent=%d warned=%d broken=%d ms=%d%n",
                app.title(),
                shares.found,
                shares.loaded,
                100.0 * shares.found / shares.loaded,
                shares.marked,
                shares.classes,
                shares.reachable,
                reachability.all().size(),
                reachability.absent().size(),
                reachability.absent().stream().filter(Absent::likely).count(),
                reachability.broken().size(),
                millis);
        return shares;
    }

    private static int count(List<Reached> reached, Set<String> loaded) {
        return (int) reached.stream().filter(one -> loaded.contains(one.name())).count();
    }

    /** What stock {@code java} loads from files. */
    private Set<String> loaded(MeasuredApp app) throws IOException {
        Path log = own.resolve("loaded");
        List<String> words = LocalStarts.stock(List.of("-Xlog:class+load:file=" + log + ":none"), app.words());
        LocalStarts.inJdk(Command.of(words)).run().expect(0);
        Set<String> names = new HashSet<>();
        Matcher line = FROM_CLASS_PATH.matcher(Files.readString(log));
        while (line.find()) {
            names.add(line.group(1));
        }
        return names;
    }

    private static List<Path> elements(String classPath) throws IOException {
        List<Path> elements = new ArrayList<>();
        for (String element : classPath.split(":")) {
            if (element.endsWith("/*")) {
                try (Stream<Path> files = Files.list(Path.of(element.substring(0, element.length() - 2)))) {
                    files.filter(file -> file.toString().endsWith(".jar"))
                            .sorted()
                            .forEach(elements::add);
                }
            } else {
                elements.add(Path.of(element));
            }
        }
        return elements;
    }

    @Test
    void hibernateWhenHalfIsMarkedNineOfTenLoadedClassesAreFound() throws IOException {
        Shares shares = measure(MeasuredApp.hibernate(own));

        assertTrue(10 * shares.found >= 9 * shares.loaded, shares::toString);
        assertTrue(2 * shares.marked <= shares.classes, shares::toString);
        List<Reached> chain = shares.reachability.chain("org.h2.Driver");
        assertTrue(chain.get(0).from().startsWith("META-INF/services/java.sql.Driver in h2-"), chain::toString);
        assertEquals(HibernateApp.MAIN, chain.get(chain.size() - 1).name());
    }

    @Test
    @EnabledIfSystemProperty(named = "bootcast.full", matches = "true")
    void scalaCompilerSharesArePrinted() throws IOException {
        Shares shares = measure(MeasuredApp.scala(own));

        assertTrue(2 * shares.marked <= shares.classes, shares::toString);
        assertTrue(100 * shares.reachable >= 99 * shares.loaded, shares::toString);
    }

    @Test
    @EnabledIfSystemProperty(named = "bootcast.full", matches = "true")
    void springBootSharesArePrinted() throws IOException {
        Shares shares = measure(MeasuredApp.spring());

        assertTrue(2 * shares.marked <= shares.classes, shares::toString);
        assertTrue(100 * shares.reachable >= 95 * shares.loaded, shares::toString);
    }
}
