package io.bootcast.build;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.LoadList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs of the application, alone and as a child, that show what it loads: from its class path, in order, and from the JDK. */
final class TrialRun {
    /**
     * What a run has shown.
     *
     * @param loadList classes and resources of the class path
     * @param jdkClasses how many classes the JVM has loaded of the JDK
     * @param exitCode the application's
     * @param lastLines of its output
     */
    record Outcome(LoadList loadList, long jdkClasses, int exitCode, String lastLines) {}

    private final Path image;
    private final Path directory;
    private final List<String> command;
    private final long stopAfterSeconds;

    /**
     * @param image the directory of the staged image
     * @param directory for the files of a run
     * @param launch makes the commands that start the application
     * @param stopAfterSeconds after which a run is ended by SIGTERM; 0: it ends by itself
     */
    TrialRun(Path image, Path directory, Launch launch, long stopAfterSeconds) {
        this.image = image;
        this.directory = directory;
        this.command = launch.byLoader(
                image,
                List.of("-Xlog:class+load=info:file=" + jdkLog(directory) + ":none:filecount=0"),
                List.of("--record", record(directory).toString()));
        this.stopAfterSeconds = stopAfterSeconds;
    }

    private static Path record(Path directory) {
        return directory.resolve("load-list");
    }

    private static Path jdkLog(Path directory) {
        return directory.resolve("classes.log");
    }

    /** The names of all classes that the JVM has loaded in the last run, those of the JDK too. */
    List<String> loadedClasses() throws IOException {
        try (Stream<String> lines = Files.lines(jdkLog(directory), StandardCharsets.UTF_8)) {
            return lines.map(line -> line.substring(0, Math.max(0, line.indexOf(' '))))
                    .toList();
        }
    }

    /** @throws BootcastException with {@link Fault#BUNDLE} if it shows nothing, with what the application has printed last */
    Outcome run() throws IOException {
        Files.deleteIfExists(record(directory));
        Child child = new Child(image, command, directory.resolve("trial.log"));
        int exitCode = child.run(stopAfterSeconds);
        LoadList list = Files.exists(record(directory))
                ? LoadList.of(Files.readAllBytes(record(directory)), "the trial run's")
                : LoadList.merge(List.of());
        if (list.classes().isEmpty()) {
            throw new BootcastException(
                    Fault.BUNDLE,
                    "the trial run shows nothing: exit code=" + exitCode
                            + "; a server wants --stop-after SECONDS; its last lines:\n" + child.lastLines());
        }
        return new Outcome(list, jdkClasses(), exitCode, child.lastLines());
    }

    private long jdkClasses() throws IOException {
        try (Stream<String> lines = Files.lines(jdkLog(directory), StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.endsWith("source: jrt:/" + lastSegment(line))
                            || line.endsWith("source: shared objects file"))
                    .count();
        }
    }

    private static String lastSegment(String line) {
        return line.substring(line.lastIndexOf('/') + 1);
    }
}
