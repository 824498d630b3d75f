package io.bootcast.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Jars that people really use: those of the local Maven repository that built this project. */
public final class RealJars {
    private RealJars() {}

    /** Up to {@code most} jars of at most {@code largestBytes}, one per artifact, sorted by path; empty if there is no repository. */
    public static List<Path> find(int most, long largestBytes) {
        String home = System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository");
        Path repository = Path.of(home);
        if (!Files.isDirectory(repository)) {
            return List.of();
        }
        Map<Path, Path> byArtifact = new TreeMap<>();
        try (Stream<Path> files = Files.walk(repository)) {
            files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> file.toFile().length() <= largestBytes)
                    .sorted()
                    .forEach(file -> byArtifact.put(file.getParent().getParent(), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Path> jars = new ArrayList<>(byArtifact.values());
        return every(Math.max(1, jars.size() / most), jars).subList(0, Math.min(most, jars.size()));
    }

    /** A sample from the whole list, so that not all jars are of one vendor. */
    private static List<Path> every(int step, List<Path> jars) {
        List<Path> chosen = new ArrayList<>();
        for (int i = 0; i < jars.size(); i += step) {
            chosen.add(jars.get(i));
        }
        return chosen;
    }
}
