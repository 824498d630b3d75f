package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.bootcast.acceptance.Command.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Command lines of {@code java}, run by stock {@code java} and by {@code bootcast run --transport solo} in one working directory and one environment. Immutable.
 *
 * <pre>
 * Launch launch = Launch.in(directory).with("LC_ALL", "C");
 * launch.assertSame("-cp", "classes", "example.Main");
 * </pre>
 */
final class Launch {
    private static final List<String> NOT_FROM_THE_TEST =
            List.of("CLASSPATH", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "BOOTCAST_HOME");

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final TestBed INSTALLATION = new TestBed(1);

    private final Path directory;
    private final Map<String, String> environment;

    private Launch(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** Command lines in {@code directory}; the store is a directory in it, which is gone when a process has ended. */
    static Launch in(Path directory) {
        return new Launch(directory, Map.of());
    }

    /** The same with one more variable in the environment. */
    Launch with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new Launch(directory, more);
    }

    /** How a process ended and what it wrote. */
    record Outcome(int exitCode, String out, String err) {
        @Override
        public String toString() {
            return "exit " + exitCode + "\n---- out\n" + out + "---- err\n" + err;
        }
    }

    private Path store() {
        return directory.resolve("store");
    }

    /** {@code java} with {@code words}. */
    Outcome stock(String... words) {
        return run(List.of(INSTALLATION.java()), words);
    }

    /** {@code bootcast run} with {@code words}. */
    Outcome bootcast(String... words) {
        String store = store().toString();
        Outcome outcome = run(List.of(INSTALLATION.bootcast(), "run", "--transport", "solo", "--store", store), words);
        assertFalse(Files.exists(store()), () -> "left behind: " + store + " by " + outcome);
        return outcome;
    }

    /** {@link #bootcast}, with the original's path wherever the output names a file in the store. */
    Outcome bootcastInPlace(String... words) {
        Outcome outcome = bootcast(words);
        return new Outcome(outcome.exitCode(), inPlace(outcome.out()), inPlace(outcome.err()));
    }

    private String inPlace(String text) {
        return text.replaceAll(store() + "/images/[0-9a-f]+/root", "");
    }

    private Outcome run(List<String> program, String... words) {
        List<String> all = new ArrayList<>(List.of("env"));
        NOT_FROM_THE_TEST.stream()
                .filter(name -> !environment.containsKey(name))
                .forEach(name -> all.addAll(List.of("-u", name)));
        all.addAll(program);
        all.addAll(List.of(words));
        Command command = Command.of(all)
                .in(directory)
                .with("JAVA_HOME", INSTALLATION.javaHome())
                .with("PWD", directory.toString()) // a shell corrects it, java does not
                .within(DEADLINE);
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            command = command.with(variable.getKey(), variable.getValue());
        }
        Result result = command.run();
        return new Outcome(result.exitCode(), result.out(), result.err());
    }

    /** Fails unless exit code, standard output and standard error are stock's, byte for byte. */
    void assertSame(String... words) {
        Outcome stock = stock(words);

        Outcome bootcast = bootcast(words);

        assertEquals(stock.toString(), bootcast.toString(), () -> String.join(" ", words));
    }

    /** As {@link #assertSame}, with the original's path wherever Bootcast's output names a file in the store; returns stock's outcome. */
    Outcome assertSameInPlace(String... words) {
        Outcome stock = stock(words);

        Outcome bootcast = bootcastInPlace(words);

        assertEquals(stock.toString(), bootcast.toString(), () -> String.join(" ", words));
        return stock;
    }

    /** Copies the class files of {@code programs}, nested and local classes included, below {@code target}; returns it. */
    static Path copy(Path target, Class<?>... programs) {
        for (Class<?> program : programs) {
            String file = program.getName().replace('.', '/');
            try {
                Path source = Path.of(program.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .resolve(file + ".class");
                Path package0 = Files.createDirectories(target.resolve(file).getParent());
                try (Stream<Path> all = Files.list(source.getParent())) {
                    for (Path each : (Iterable<Path>) all::iterator) {
                        String name = each.getFileName().toString();
                        if (name.matches(program.getSimpleName() + "(\\$.*)?\\.class")) {
                            Files.copy(each, package0.resolve(name));
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return target;
    }
}
