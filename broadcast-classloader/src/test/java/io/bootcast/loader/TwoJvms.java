package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bootcast.resolve.StockJava;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The oracle for whole programs: one JVM runs {@code java -cp CLASSPATH MAIN}, another one the same program under a loader over an image of the same class
 * path. Both with the same options of {@code java}. In what the second one prints the store's directory is taken off, so that URLs are those of stock.
 */
final class TwoJvms {
    private final Path directory;
    private Path workingDirectory;
    private final List<String> options = new ArrayList<>(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    private String live = "";
    private boolean parentFirst;

    /** @param directory where both run; for files of their own, too */
    TwoJvms(Path directory) {
        this.directory = directory;
        this.workingDirectory = directory;
    }

    /** Both run in {@code other}. */
    TwoJvms in(Path other) {
        workingDirectory = other;
        return this;
    }

    TwoJvms options(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** Elements that stay at home. */
    TwoJvms live(Path... elements) {
        live = path((Object[]) elements);
        return this;
    }

    /** As the wrapper does where agents or more boot classes are asked for. */
    TwoJvms parentFirst() {
        parentFirst = true;
        return this;
    }

    /** A class path of {@code elements}. */
    static String path(Object... elements) {
        List<String> parts = new ArrayList<>();
        for (Object element : elements) {
            parts.add(element.toString());
        }
        return String.join(File.pathSeparator, parts);
    }

    /** What stock prints. */
    List<String> stock(String classPath, String main, String... arguments) throws IOException, InterruptedException {
        List<String> command = command();
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** What the same program prints under the broadcast loader. */
    List<String> ours(String classPath, String main, String... arguments) throws IOException, InterruptedException {
        Path store = directory.resolve("store");
        List<String> command = command();
        command.addAll(List.of("-cp", path(StockJava.home(LoaderMain.class), StockJava.home(Packages.class))));
        command.add(LoaderMain.class.getName());
        command.addAll(List.of(store.toString(), classPath, live, String.valueOf(parentFirst), main));
        command.addAll(List.of(arguments));
        Pattern mirror = Pattern.compile(Pattern.quote(store.toString()) + "/images/[^/]+/root");
        List<String> lines = new ArrayList<>();
        for (String line : run(command)) {
            lines.add(mirror.matcher(line).replaceAll(""));
        }
        return lines;
    }

    /** Runs it twice and compares; returns what it printed. */
    List<String> assertSame(String classPath, String main, String... arguments)
            throws IOException, InterruptedException {
        List<String> expected = stock(classPath, main, arguments);
        assertEquals(String.join("\n", expected), String.join("\n", ours(classPath, main, arguments)));
        return expected;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(options);
        return command;
    }

    private List<String> run(List<String> command) throws IOException, InterruptedException {
        return StockJava.output(Map.of(), workingDirectory, directory.resolve("output"), command);
    }
}
