package io.bootcast.build;

import io.bootcast.build.bundle.Compression;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bootcast build}: the words that {@code scripts/bootcast} has sorted, made into {@link BuildOptions}. */
@Command(name = "build", description = "Makes a bundle: one file with all that an application needs to start.")
final class BuildCommand implements Callable<Integer> {
    private static final String JVM = "--jvm";
    private static final String END = "--";

    @Option(names = "-o", required = true, paramLabel = "FILE")
    private Path target = Path.of("");

    @Option(names = "--class-path")
    private String classPath = "";

    @Option(names = "--jar")
    private String jar = "";

    @Option(names = "--argument-file")
    private String argumentFile = "";

    @Option(names = "--for", paramLabel = "JAVA OPTIONS")
    private List<String> variants = new ArrayList<>();

    @Option(names = "--runs")
    private int runs = 1;

    @Option(names = "--static")
    private boolean isStatic;

    @Option(names = "--stop-after", paramLabel = "SECONDS")
    private long stopAfterSeconds;

    @Option(names = "--load-list", paramLabel = "FILE")
    private List<Path> loadLists = new ArrayList<>();

    @Option(names = "--with-runtime")
    private boolean withRuntime;

    @Option(names = "--minimal")
    private boolean minimal;

    @Option(names = "--with-native", paramLabel = "DIR")
    private List<String> nativeDirectories = new ArrayList<>();

    @Option(names = "--with-files", paramLabel = "DIR")
    private List<String> withFiles = new ArrayList<>();

    @Option(names = "--live", paramLabel = "DIR")
    private List<String> live = new ArrayList<>();

    @Option(names = "--max-bytes")
    private long maxBytes = Long.MAX_VALUE;

    @Option(names = "--no-archives")
    private boolean noArchives;

    @Option(names = "--compression")
    private String compression = Compression.DEFAULT.toString();

    @Option(names = "--store", paramLabel = "DIR")
    private String store = "";

    @Option(names = "--verbose")
    private boolean verbose;

    @Parameters(arity = "0..*", hidden = true)
    private List<String> words = new ArrayList<>();

    /** All that follows {@code --jvm} is taken off before picocli sees it: it is full of dashes that are not for us. */
    private final List<String> jvm;

    private final List<String> application;

    /** @param arguments all words of the command line */
    BuildCommand(List<String> arguments) {
        int jvmAt = arguments.indexOf(JVM);
        List<String> rest = jvmAt < 0 ? List.of() : arguments.subList(jvmAt + 1, arguments.size());
        int end = rest.indexOf(END);
        this.jvm = List.copyOf(end < 0 ? rest : rest.subList(0, end));
        this.application = List.copyOf(end < 0 ? List.of() : rest.subList(end + 1, rest.size()));
    }

    /** The words that are for picocli. */
    static String[] own(String[] arguments) {
        int jvmAt = Arrays.asList(arguments).indexOf(JVM);
        return jvmAt < 0 ? arguments : Arrays.copyOf(arguments, jvmAt);
    }

    @Override
    public Integer call() throws IOException {
        BuildOptions options = options();
        new Build(options, lib(), new Console(System.err, options.steps())).run();
        return 0;
    }

    private BuildOptions options() throws IOException {
        if (!words.isEmpty()) {
            throw new BootcastException(Fault.USAGE, "build does not know: " + words.get(0) + "; see bootcast help");
        }
        if (stopAfterSeconds < 0 || runs < 0) {
            throw new BootcastException(
                    Fault.USAGE, "--stop-after and --runs need a number of at least 0; see bootcast help");
        }
        boolean isJar = !jar.isEmpty();
        boolean hasMain = isJar || !application.isEmpty();
        List<String> options = new ArrayList<>(jvm);
        String main = isJar ? readManifest(options) : hasMain ? application.get(0) : "";
        return new BuildOptions(
                target.toAbsolutePath(),
                isJar ? jar : findClassPath(),
                isJar,
                main.replace('/', '.'),
                isJar || !hasMain ? application : application.subList(1, application.size()),
                options,
                variants,
                runs,
                isStatic,
                stopAfterSeconds,
                loadLists,
                withRuntime,
                minimal,
                nativeDirectories,
                withFiles,
                live,
                maxBytes,
                !noArchives,
                Compression.of(compression),
                store,
                verbose);
    }

    private String findClassPath() throws IOException {
        if (!argumentFile.isEmpty()) {
            return io.bootcast.boot.ArgumentFile.classPathOf(argumentFile);
        }
        String variable = System.getenv("CLASSPATH");
        return !classPath.isEmpty() ? classPath : variable == null || variable.isEmpty() ? "." : variable;
    }

    /** Returns the main class that the jar names; what else the launcher takes from its manifest becomes options. */
    private String readManifest(List<String> options) throws IOException {
        try (JarFile file = new JarFile(new File(jar))) {
            Attributes attributes = file.getManifest() == null
                    ? new Attributes()
                    : file.getManifest().getMainAttributes();
            addPackages(attributes.getValue("Add-Exports"), "--add-exports", options);
            addPackages(attributes.getValue("Add-Opens"), "--add-opens", options);
            if (attributes.getValue("Enable-Native-Access") != null) {
                options.add("--enable-native-access=ALL-UNNAMED");
            }
            String main = attributes.getValue(Attributes.Name.MAIN_CLASS);
            if (main == null) {
                throw new BootcastException(Fault.CLASS_PATH, "no main manifest attribute, in " + jar);
            }
            return main.trim();
        }
    }

    private static void addPackages(String packages, String option, List<String> options) {
        if (packages != null) {
            for (String name : packages.trim().split(" +")) {
                options.add(option + "=" + name + "=ALL-UNNAMED");
            }
        }
    }

    /** The directory that this class's jar is in. */
    private static Path lib() {
        String own = BuildCommand.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        Path lib = Path.of(URI.create(own)).resolveSibling("");
        if (!Files.exists(lib.resolve("bootcast.jar"))) {
            throw new BootcastException(
                    Fault.INSTALLATION, "no bootcast.jar beside " + own + ": run scripts/setup && mvn package");
        }
        return lib;
    }
}
