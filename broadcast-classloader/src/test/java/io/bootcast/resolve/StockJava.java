package io.bootcast.resolve;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The oracle: a {@code java} of the JDK under test, started with a class path of its own. Programs of the tests come from the end of the boot class path,
 * so that the class path under test holds nothing but what the test put there.
 */
public final class StockJava {
    private static final int TIMEOUT_SECONDS = 60;

    private StockJava() {}

    /** The lines that {@code program} prints; anything but exit code 0 fails. {@code output} is a file that may be written. */
    public static List<String> run(
            Path workingDirectory, Path output, String classPath, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        return run(Map.of(), workingDirectory, output, classPath, program, arguments);
    }

    static List<String> run(
            Map<String, String> environment,
            Path workingDirectory,
            Path output,
            String classPath,
            Class<?> program,
            String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.add("-Xshare:auto");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Xbootclasspath/a:" + home(ClassPath.class) + File.pathSeparator + home(program));
        command.addAll(List.of("-cp", classPath, program.getName()));
        command.addAll(List.of(arguments));
        return output(environment, workingDirectory, output, command);
    }

    /** The lines that {@code command} prints on standard output and error; anything but exit code 0 fails. */
    public static List<String> output(
            Map<String, String> environment, Path workingDirectory, Path output, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
        builder.environment().keySet().removeAll(List.of("CLASSPATH", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("java did not end: " + command);
        }
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            throw new AssertionError("java failed: exit=" + process.exitValue() + " command=" + command + "\n"
                    + String.join("\n", lines));
        }
        return lines;
    }

    /** Where the class files of a type of the tests, or of the product, are. */
    public static Path home(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
