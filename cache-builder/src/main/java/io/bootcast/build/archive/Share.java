package io.bootcast.build.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where the classes of a run came from, as the JVM logged it by {@code -Xlog:class+load}. Classes that the program made while it ran (lambdas, proxies, generated ones) count for
 * neither: no archive can hold them.
 *
 * @param archived classes from an archive
 * @param others classes from jars, directories and the JDK's modules
 */
public record Share(long archived, long others) {
    private static final String SOURCE = " source: ";

    /** Counts the lines of {@code log}. */
    static Share of(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            long[] counts = new long[2];
            lines.forEach(line -> {
                int at = line.indexOf(SOURCE);
                String source = at < 0 ? "" : line.substring(at + SOURCE.length());
                if (source.startsWith("shared objects file")) {
                    counts[0]++;
                } else if (source.contains(":/") && !line.contains("/0x") && !line.contains("+0x")) {
                    counts[1]++;
                }
            });
            return new Share(counts[0], counts[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From 0 to 1. */
    public double ratio() {
        return archived + others == 0 ? 0 : (double) archived / (archived + others);
    }
}
