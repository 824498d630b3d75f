package io.bootcast.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Has Maven put real programs together below {@code target}, as {@code scripts/demo} does, unless they are there. Each has the directories {@code lib} and,
 * if it has code of its own, {@code classes}.
 */
final class RealProgramsFetcher {
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private final Path checkout;

    RealProgramsFetcher(Path checkout) {
        this.checkout = checkout;
    }

    /** The directory with {@code lib} and {@code classes} of Hibernate's program. */
    Path hibernate() throws IOException {
        Path source = checkout.resolve("benchmarks/src/demo");
        Path target = checkout.resolve("target/demo");
        fetch(List.of(source.resolve("pom.xml"), source.resolve("java")), target);
        return target.resolve("app");
    }

    /** The directory with {@code lib} of the Scala compiler. */
    Path scala() throws IOException {
        Path target = checkout.resolve("target/demo-scala");
        fetch(List.of(checkout.resolve("benchmarks/src/demo/scala/pom.xml")), target);
        return target;
    }

    /** The directory with the jars of many libraries. */
    Path libraries() throws IOException {
        Path target = checkout.resolve("target/oracle");
        fetch(List.of(checkout.resolve("benchmarks/src/demo/oracle/pom.xml")), target);
        return target.resolve("lib");
    }

    /** A file for the Scala compiler. */
    Path scalaSource() {
        return checkout.resolve("benchmarks/src/demo/scala/Shapes.scala");
    }

    /** The directory with {@code lib} of libraries that unpack native libraries of their own. */
    Path natives() throws IOException {
        Path target = checkout.resolve("target/demo-natives");
        fetch(List.of(checkout.resolve("benchmarks/src/demo/natives/pom.xml")), target);
        return target;
    }

    /** The directory of a program of {@code benchmarks/src/programs}, which has {@code NAME.jar}, too: its classes as a jar. */
    Path program(String name) throws IOException {
        Path source = checkout.resolve("benchmarks/src/programs");
        Path target = checkout.resolve("target/programs");
        fetch(List.of(source.resolve("pom.xml"), source), target, "package");
        return target.resolve(name);
    }

    private static void fetch(List<Path> sources, Path target) throws IOException {
        fetch(sources, target, "process-classes");
    }

    /** The first source is the pom. What they were when Maven succeeded is kept in {@code target/fetched-from}. */
    private static void fetch(List<Path> sources, Path target, String phase) throws IOException {
        Path mark = Files.createDirectories(target).resolve("fetched-from");
        String now = text(sources);
        if (Files.exists(mark) && Files.readString(mark).equals(now)) {
            return;
        }
        List<String> words = new ArrayList<>(List.of("flock", target.toString()));
        words.addAll(List.of("mvn", "-B", "-ntp", "-q", "-f", sources.get(0).toString(), phase));
        String repository = System.getProperty("localRepository"); // set by the surefire plugins
        if (repository != null) {
            words.add("-Dmaven.repo.local=" + repository);
        }
        Command.of(words).within(DEADLINE).run().expect(0);
        Files.writeString(mark, now);
    }

    private static String text(List<Path> sources) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path source : sources) {
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    text.append(Files.readString(file));
                }
            }
        }
        return text.toString();
    }
}
