package io.bootcast.transport;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of our own, most often a JVM with the tests' class path: either run to its end, or spoken with line by line. */
public final class ChildJvm implements AutoCloseable {
    /** How a process ended and what it wrote. */
    public static final class Ended {
        public final int exitCode;
        public final String out;
        public final String err;

        Ended(int exitCode, String out, String err) {
            this.exitCode = exitCode;
            this.out = out;
            this.err = err;
        }

        @Override
        public String toString() {
            return "exit " + exitCode + "\n--- out\n" + out + "--- err\n" + err;
        }
    }

    private static final long LONGEST_SECONDS = 120;

    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final Path err;

    private ChildJvm(List<String> command) throws IOException {
        err = Files.createTempFile("child", ".err");
        process = new ProcessBuilder(command).redirectError(err.toFile()).start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    }

    /** The command that runs {@code main} in a JVM like this one. */
    public static List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The tests' class path; surefire hides it behind a jar with a manifest. */
    public static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Starts {@code main}; the caller talks to it by {@link #say} and {@link #hear}, and closes it. */
    public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        return new ChildJvm(command(main, arguments));
    }

    /** The next line that the process writes. */
    public String hear() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new AssertionError("child is gone: " + Files.readString(err));
        }
        return line;
    }

    /** Writes a line to the process. */
    public void say(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Waits for the end of the process and reads what else it wrote. */
    public Ended end() throws IOException, InterruptedException {
        in.close();
        StringBuilder rest = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            rest.append(line).append('\n');
        }
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("child does not end");
        }
        return new Ended(process.exitValue(), rest.toString(), Files.readString(err));
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(err);
    }

    /** Runs {@code command} to its end; one that takes longer than {@code seconds} is killed and fails the test. */
    public static Ended run(List<String> command, Map<String, String> environment, long seconds)
            throws IOException, InterruptedException {
        File out = File.createTempFile("child", ".out");
        File err = File.createTempFile("child", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out).redirectError(err);
            builder.redirectInput(new File("/dev/null"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("no end after " + seconds + " s: " + command + "\n"
                        + Files.readString(out.toPath()) + Files.readString(err.toPath()));
            }
            return new Ended(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
        } finally {
            Files.deleteIfExists(out.toPath());
            Files.deleteIfExists(err.toPath());
        }
    }
}
