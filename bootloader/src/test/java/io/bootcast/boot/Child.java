package io.bootcast.boot;

import io.bootcast.path.DataPath;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** JVMs of the same JDK as this one, and programs for them. */
final class Child {
    /** What the wrapper gives to every JVM. */
    static final String EXPORTS = "--add-exports=java.base/jdk.internal.access=ALL-UNNAMED";

    private static final long SECONDS = 60;
    private static final List<String> READ_BY_BOOTCAST_OR_JAVA =
            List.of("CLASSPATH", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

    private Child() {}

    /** Where the classes of Bootcast are that the test runs with. */
    static String ownClassPath() {
        return location(Bootloader.class) + File.pathSeparator + location(DataPath.class);
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs {@code java} with {@code arguments}; returns its exit code, standard output and standard error. */
    static String java(Map<String, String> environment, List<String> arguments) {
        try {
            List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
            command.addAll(arguments);
            Path out = Files.createTempFile("child", ".out");
            Path err = Files.createTempFile("child", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .redirectInput(new File("/dev/null"));
            builder.environment().keySet().removeAll(READ_BY_BOOTCAST_OR_JAVA);
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly().waitFor();
            String text = "exit " + process.exitValue() + (ended ? "" : " (killed)") + "\n--- out\n"
                    + Files.readString(out) + "--- err\n" + Files.readString(err);
            Files.delete(out);
            Files.delete(err);
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Compiles {@code source}, which declares class {@code name}, into {@code directory}. */
    static void compile(Path directory, String name, String source) throws IOException {
        Path sources = Files.createTempDirectory("source");
        Path file = sources.resolve(name + ".java");
        Files.writeString(file, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int result = compiler.run(
                null,
                null,
                null,
                "--release",
                "17",
                "-cp",
                directory.toString(),
                "-d",
                directory.toString(),
                file.toString());
        Files.delete(file);
        Files.delete(sources);
        if (result != 0) {
            throw new AssertionError("cannot compile " + source);
        }
    }
}
