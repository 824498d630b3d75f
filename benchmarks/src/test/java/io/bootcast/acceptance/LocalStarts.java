package io.bootcast.acceptance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The words that start one process on this host outside of any job: with stock {@code java} of the tests' JDK, or with {@code bootcast run} and a store of
 * its own.
 *
 * @param store the directory of the store
 */
record LocalStarts(Path store) {
    /** An image that is used again. */
    static final List<String> KEPT = List.of("--transport", "node", "--keep");

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    static Path checkout() {
        return Path.of(System.getProperty("bootcast.checkout")).toAbsolutePath();
    }

    static String java() {
        return System.getProperty("java.home") + "/bin/java";
    }

    /** Stock {@code java} with options of the JVM. */
    static List<String> stock(List<String> options, List<String> rest) {
        List<String> words = new ArrayList<>(List.of(java()));
        words.addAll(options);
        words.addAll(rest);
        return words;
    }

    /** {@code bootcast run} with options of its own and options of the JVM. */
    List<String> bootcast(List<String> own, List<String> options, List<String> rest) {
        List<String> words = new ArrayList<>(
                List.of(checkout().resolve("scripts/bootcast").toString(), "run", "--store", store.toString()));
        words.addAll(own);
        words.addAll(options);
        words.addAll(rest);
        return words;
    }

    /** {@code command} with the tests' JDK, for five minutes at most. */
    static Command inJdk(Command command) {
        return command.with("JAVA_HOME", System.getProperty("java.home")).within(DEADLINE);
    }

    /** {@code options} and one more. */
    static List<String> with(List<String> options, String more) {
        List<String> all = new ArrayList<>(options);
        all.add(more);
        return all;
    }
}
