package io.bootcast.boot;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.path.Settings;
import io.bootcast.resolve.LibraryPath;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The arguments that {@code scripts/bootcast} gives: {@code run --name value… -- Main args…}. An option that is not given is taken from the
 * environment, as {@code BOOTCAST_NAME}.
 */
final class CommandLine {
    private static final String[] VALUE_OPTIONS = {
        "--transport",
        "--store",
        "--native",
        "--with-files",
        "--max-bytes",
        "--live",
        "--timeout",
        "--report",
        "--on-error",
        "--thread-level"
    };
    private static final String[] LATER_OPTIONS = {"--store-limit"};

    /** More than 30 years: what is added to it does not overflow. */
    private static final long LONGEST_TIMEOUT_SECONDS = 1_000_000_000;

    private final Map<String, String> environment;
    private final Settings settings = new Settings();
    private String transport = "auto";
    private int threadLevel;
    private boolean parentFirst;
    private boolean makesArchive;
    private String record = "";
    private boolean isRank = true;
    private String wrapper = "";
    private String classPath = "";
    private String jar = "";
    private String mainClass = "";
    private String[] arguments = {};

    private CommandLine(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The meaning of {@code args} for command {@code run} or {@code clean}; the command itself is not among them. */
    static CommandLine of(String[] args, Map<String, String> environment) {
        CommandLine line = new CommandLine(environment);
        line.readEnvironment();
        line.readArguments(args);
        line.findClassPath();
        line.findLibraryPath();
        return line;
    }

    private void readEnvironment() {
        for (String option : VALUE_OPTIONS) {
            String value = environment.get(variable(option));
            if (value != null && !value.isEmpty()) {
                set(option, value, variable(option));
            }
        }
        for (String option : LATER_OPTIONS) {
            String value = environment.get(variable(option));
            if (value != null && !value.isEmpty()) {
                throw new BootcastException(Fault.USAGE, "option is not part of this version: " + variable(option));
            }
        }
        settings.keep = isSet("BOOTCAST_KEEP");
        settings.verbose = isSet("BOOTCAST_VERBOSE");
    }

    private boolean isSet(String variable) {
        String value = environment.get(variable);
        return value != null && !value.isEmpty() && !value.equals("0") && !value.equals("false");
    }

    private static String variable(String option) {
        return "BOOTCAST_" + option.substring(2).replace('-', '_').toUpperCase(java.util.Locale.ROOT);
    }

    private void readArguments(String[] args) {
        int i = 0;
        while (i < args.length && !args[i].equals("--")) {
            String option = args[i++];
            switch (option) {
                case "--keep" -> settings.keep = true;
                case "--verbose" -> settings.verbose = true;
                case "--parent-first" -> parentFirst = true;
                case "--makes-archive" -> makesArchive = true;
                case "--no-rank" -> isRank = false;
                case "--dry-run" -> settings.triesOnly = true;
                default -> {
                    if (i == args.length) {
                        throw new BootcastException(
                                Fault.USAGE, "option needs a value: " + option + "; see bootcast help");
                    }
                    set(option, args[i++], option);
                }
            }
        }
        i = Math.min(i + 1, args.length);
        if (jar.isEmpty() && i < args.length) {
            mainClass = args[i++];
        }
        arguments = Arrays.copyOfRange(args, i, args.length);
    }

    private void set(String option, String value, String name) {
        switch (option) {
            case "--transport" -> transport = oneOf(name, value, "auto", "mpi", "node", "solo");
            case "--store" -> settings.store = value;
            case "--native" -> addAll(value, settings.nativeDirectories);
            case "--with-files" -> addAll(value, settings.withFiles);
            case "--max-bytes" -> settings.maxBytes = number(name, value, 0);
            case "--live" -> settings.live.add(value);
            case "--timeout" -> settings.timeoutSeconds = seconds(name, value);
            case "--report" -> settings.report = value;
            case "--on-error" ->
                settings.abortOnError = oneOf(name, value, "fallback", "abort").equals("abort");
            case "--thread-level" -> threadLevel = threadLevel(name, value);
            case "--bundle" -> settings.bundle = value;
            case "--staged" -> settings.staged = value;
            case "--wrapper" -> wrapper = value;
            case "--class-path" -> classPath = value;
            case "--argument-file" -> classPath = ArgumentFile.classPathOf(value);
            case "--jar" -> jar = value;
            case "--record" -> record = value;
            default -> throw unknown(option);
        }
    }

    private static void addAll(String value, List<String> names) {
        for (String name : value.split(File.pathSeparator)) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
    }

    private static BootcastException unknown(String option) {
        boolean later = Arrays.asList(LATER_OPTIONS).contains(option);
        return new BootcastException(
                Fault.USAGE,
                later
                        ? "option is not part of this version: " + option
                        : "unknown option: " + option + "; see bootcast help");
    }

    private static String oneOf(String name, String value, String... allowed) {
        for (String one : allowed) {
            if (one.equals(value)) {
                return value;
            }
        }
        throw new BootcastException(
                Fault.USAGE,
                name + " has a value that it does not know: found=" + value + " expected=" + String.join("|", allowed));
    }

    private static int threadLevel(String name, String value) {
        String[] levels = {"single", "funneled", "serialized", "multiple"};
        return Arrays.asList(levels).indexOf(oneOf(name, value, levels));
    }

    private static long seconds(String name, String value) {
        long seconds = number(name, value, 1);
        if (seconds > LONGEST_TIMEOUT_SECONDS) {
            throw new BootcastException(
                    Fault.USAGE, name + " needs a number of at most " + LONGEST_TIMEOUT_SECONDS + ": found=" + value);
        }
        return seconds;
    }

    private static long number(String name, String value, long least) {
        try {
            long number = Long.parseLong(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the message.
        }
        throw new BootcastException(Fault.USAGE, name + " needs a number of at least " + least + ": found=" + value);
    }

    /** As the launcher: {@code -jar}, {@code -cp}, {@code -cp} in {@code JDK_JAVA_OPTIONS}, {@code CLASSPATH}, the working directory. */
    private void findClassPath() {
        if (!settings.bundle.isEmpty()) {
            settings.classPath = "";
        } else if (!jar.isEmpty()) {
            settings.classPath = jar;
        } else if (!classPath.isEmpty()) {
            settings.classPath = classPath;
        } else {
            String fromOptions = ArgumentFile.classPathIn(environment.get("JDK_JAVA_OPTIONS"));
            String fromVariable = environment.get("CLASSPATH");
            settings.classPath = !fromOptions.isEmpty()
                    ? fromOptions
                    : fromVariable != null && !fromVariable.isEmpty() ? fromVariable : ".";
        }
    }

    private void findLibraryPath() {
        settings.libraryPath = System.getProperty("java.library.path", "");
        settings.libraryPathIsGiven = !LibraryPath.isDefault(settings.libraryPath, environment.get("LD_LIBRARY_PATH"));
    }

    Settings settings() {
        return settings;
    }

    /** {@code auto}, {@code mpi}, {@code node} or {@code solo}. */
    String transport() {
        return transport;
    }

    /** The level of thread support to ask MPI for, at least. */
    int threadLevel() {
        return threadLevel;
    }

    /** True if the JVM writes a class-data archive when it ends. */
    boolean makesArchive() {
        return makesArchive;
    }

    /** The file for the load list, or empty. Never from the environment: a JVM that the application starts would write it again. */
    String record() {
        return record;
    }

    boolean parentFirst() {
        return parentFirst;
    }

    /** The script that started this process, or empty. */
    String wrapper() {
        return wrapper;
    }

    /** False if a rank of the job has started this process: it is no rank itself. */
    boolean isRank() {
        return isRank;
    }

    /** The jar of {@code -jar}, or empty. */
    String jar() {
        return jar;
    }

    /** The main class as the user named it, or empty with {@link #jar}. */
    String mainClass() {
        return mainClass;
    }

    String[] arguments() {
        return arguments;
    }
}
