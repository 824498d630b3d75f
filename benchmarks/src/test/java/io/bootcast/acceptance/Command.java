package io.bootcast.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process with a deadline: its output is kept, and when time is up it and all that it has started are ended by their ids. Immutable; each
 * {@link #run} or {@link #start} makes a new process. Its standard input is empty unless {@link #reading} says otherwise.
 */
final class Command {
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final List<String> words;
    private final Path directory;
    private final Map<String, String> environment;
    private final Duration deadline;
    private final Path input;

    private Command(
            List<String> words, Path directory, Map<String, String> environment, Duration deadline, Path input) {
        this.words = List.copyOf(words);
        this.directory = directory;
        this.environment = Map.copyOf(environment);
        this.deadline = deadline;
        this.input = input;
    }

    /** A command of these words, in the working directory of the test, for 60 s at most. */
    static Command of(String... words) {
        return of(List.of(words));
    }

    static Command of(List<String> words) {
        return new Command(words, Path.of("").toAbsolutePath(), Map.of(), USUAL_DEADLINE, Path.of("/dev/null"));
    }

    /** The same in another working directory. */
    Command in(Path other) {
        return new Command(words, other, environment, deadline, input);
    }

    /** The same with one more variable in the environment, which is otherwise that of the test. */
    Command with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new Command(words, directory, more, deadline, input);
    }

    /** The same as the last words of a command that begins with these. */
    Command after(String... first) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(words);
        return new Command(all, directory, environment, deadline, input);
    }

    /** The same with another deadline. */
    Command within(Duration other) {
        return new Command(words, directory, environment, other, input);
    }

    /** The same with the content of a file on its standard input. */
    Command reading(Path file) {
        return new Command(words, directory, environment, deadline, file);
    }

    /** Runs to the end; fails if the deadline passes first. */
    Result run() {
        try (Running running = start()) {
            return running.await();
        }
    }

    /** Runs in the background; close it. */
    Running start() {
        try {
            return new Running();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@code output} without the JVM's word that another JVM, which looks for stale files at this moment, holds its {@code hsperfdata} file: stock JVMs
     * that start at once on one node say so now and then, on standard output.
     */
    static String withoutPerfData(String output) {
        return output.contains("[perf,memops]")
                ? output.replaceAll("(?m)^.*\\[warning\\]\\[perf,memops\\].*\\R", "")
                : output;
    }

    /** What came out of a process that has ended. */
    record Result(List<String> words, int exitCode, String out, String err, Duration wall) {
        /** This, if the process has ended with {@code expected}; fails with its output otherwise. */
        Result expect(int expected) {
            if (exitCode != expected) {
                throw new AssertionError("exitCode=" + exitCode + " expected=" + expected + " " + this);
            }
            return this;
        }

        /** The lines of standard output. */
        List<String> lines() {
            return out.lines().toList();
        }

        @Override
        public String toString() {
            return "millis=" + wall.toMillis() + " command=" + String.join(" ", words) + "\n---- out\n" + out
                    + "\n---- err\n" + err;
        }
    }

    /** A process that may still run. Its output goes to files, so that a grandchild that outlives it blocks nobody. */
    final class Running implements AutoCloseable {
        private final Path files = Files.createTempDirectory("bootcast-command");
        private final Path out = files.resolve("out");
        private final Path err = files.resolve("err");
        private final long started = System.nanoTime();
        private final Process process;

        private Running() throws IOException {
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(directory.toFile())
                    .redirectInput(input.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            process = builder.start();
        }

        long pid() {
            return process.pid();
        }

        /** What it has written to standard output so far. */
        String out() {
            return read(out);
        }

        /** Waits until standard output holds {@code text}; fails if the process ends, or the deadline passes, before. */
        void awaitOutput(String text) {
            while (!out().contains(text)) {
                if (!process.isAlive() && !out().contains(text)) {
                    throw new AssertionError("ended without [" + text + "]: " + result());
                }
                waitFor(Duration.ofMillis(50));
            }
        }

        /** Waits for the end; after the deadline the process is ended, and the test fails. */
        Result await() {
            while (process.isAlive()) {
                waitFor(GRACE);
            }
            return result();
        }

        private void waitFor(Duration most) {
            Duration left = deadline.minusNanos(System.nanoTime() - started);
            if (left.isNegative()) {
                end();
                throw new AssertionError("deadline passed: seconds=" + deadline.toSeconds() + " " + result());
            }
            try {
                process.waitFor(Math.min(left.toMillis() + 1, most.toMillis()), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                end();
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted: " + result(), e);
            }
        }

        private Result result() {
            Duration wall = Duration.ofNanos(System.nanoTime() - started);
            return new Result(words, process.isAlive() ? -1 : process.exitValue(), out(), read(err), wall);
        }

        /** Ends the process and its descendants: first politely, so that mpirun can tidy up. */
        private void end() {
            List<ProcessHandle> all = new ArrayList<>();
            all.add(process.toHandle());
            try (Stream<ProcessHandle> descendants = process.descendants()) {
                descendants.forEach(all::add);
            }
            process.destroy();
            try {
                process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            all.forEach(ProcessHandle::destroyForcibly);
        }

        private String read(Path file) {
            try {
                return withoutPerfData(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Ends it if it still runs. */
        @Override
        public void close() {
            if (process.isAlive()) {
                end();
            }
            try {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
                Files.deleteIfExists(files);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
