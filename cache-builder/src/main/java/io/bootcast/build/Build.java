package io.bootcast.build;

import io.bootcast.build.archive.Application;
import io.bootcast.build.archive.ArchiveMaker;
import io.bootcast.build.archive.Jdk;
import io.bootcast.build.archive.ModuleSet;
import io.bootcast.build.archive.Outcome;
import io.bootcast.build.archive.RuntimeMaker;
import io.bootcast.build.archive.Start;
import io.bootcast.build.archive.Variant;
import io.bootcast.build.archive.Variants;
import io.bootcast.build.bundle.BundleWriter;
import io.bootcast.build.bundle.Manifest;
import io.bootcast.build.bundle.ManifestMaker;
import io.bootcast.build.reach.Absent;
import io.bootcast.build.reach.Analysis;
import io.bootcast.build.reach.ImageEntries;
import io.bootcast.build.reach.Reachability;
import io.bootcast.build.reach.Reached;
import io.bootcast.build.reach.ReachedFile;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.ElementFacts;
import io.bootcast.index.HotWriter;
import io.bootcast.index.Index;
import io.bootcast.index.LoadList;
import io.bootcast.loader.HotClasses;
import io.bootcast.path.Settings;
import io.bootcast.path.SourceStamps;
import io.bootcast.store.LaunchList;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * From a class path to a bundle:
 *
 * <pre>
 * read      class path to an image, as root would               Workshop
 * trial     what does the application load                      TrialRun
 * reach     what can it load, and why                           Analysis
 * hot       those classes, uncompressed, in that order          HotClasses
 * runtime   a JDK of those modules that are wanted              RuntimeMaker
 * archives  class-data archives for each way of starting        ArchiveMaker
 * pack      one file                                            BundleWriter
 * </pre>
 */
final class Build {
    private static final int MOST_SHOWN = 5;

    private final BuildOptions options;
    private final Path lib;
    private final Console console;
    private final Set<String> loadedClasses = new TreeSet<>();
    private String stamps = "";

    /** @param lib the directory of Bootcast's jars */
    Build(BuildOptions options, Path lib, Console console) {
        this.options = options;
        this.lib = lib;
        this.console = console;
    }

    void run() throws IOException {
        if (!Files.isDirectory(options.target().resolveSibling(""))) {
            throw new BootcastException(
                    Fault.USAGE, "there is no directory for the bundle: file=" + options.target() + "; make it first");
        }
        try (Workshop workshop = new Workshop(options.store())) {
            console.begins("reads the class path");
            long begun = System.currentTimeMillis();
            String index = workshop.readClassPath(settings());
            Parts parts = new Parts(workshop, index);
            describe(parts);
            stamps = workshop.open(workshop.publish(parts.list()), opened -> describe(parts, opened.index(), begun));
            LoadList loadList = learn(workshop, parts);
            loadList = explore(workshop, parts, loadList);
            heat(workshop, parts, loadList);
            equip(workshop, parts);
            archive(workshop, parts);
            pack(workshop, parts, loadList);
        }
    }

    private Settings settings() {
        Settings settings = new Settings();
        settings.classPath = options.classPath();
        settings.live = options.live();
        settings.maxBytes = options.maxBytes();
        settings.withFiles = options.withFiles();
        settings.nativeDirectories = options.nativeDirectories();
        settings.verbose = options.verbose();
        return settings;
    }

    private void describe(Parts parts) throws IOException {
        Launch.addJars(parts, lib);
        Launch.describeJvm(parts);
        if (!options.mainClass().isEmpty()) {
            parts.set(LaunchList.MAIN, options.mainClass());
        }
        for (int i = 0; i < options.jvm().size(); i++) {
            parts.set(
                    String.format("%s%04d", LaunchList.OPTION, i), options.jvm().get(i));
        }
    }

    /** Notes the class path by absolute names: it is read again from another working directory. Returns the stamps of its elements. */
    private static String describe(Parts parts, Index index, long begunMillis) throws IOException {
        List<String> elements = new ArrayList<>();
        for (int element = 0; element < index.elementCount(); element++) {
            if (index.kind(element) != ElementFacts.FILES) {
                elements.add(index.originalPath(element));
            }
        }
        parts.set(LaunchList.CLASS_PATH, String.join(File.pathSeparator, elements));
        return SourceStamps.of(index, begunMillis);
    }

    /** The load list of trial runs and of the lists that were given. */
    private LoadList learn(Workshop workshop, Parts parts) throws IOException {
        List<LoadList> lists = new ArrayList<>();
        if (options.hasTrial()) {
            Path image = workshop.publish(parts.list());
            TrialRun trial = new TrialRun(image, workshop.directory(), launch(workshop), options.stopAfterSeconds());
            for (int run = 1; run <= options.runs(); run++) {
                console.begins("trial run " + run + " of " + options.runs());
                TrialRun.Outcome outcome = trial.run();
                lists.add(outcome.loadList());
                loadedClasses.addAll(trial.loadedClasses());
                console.says("loaded " + outcome.loadList().classes().size() + " classes and "
                        + outcome.loadList().resources().size() + " resources of the class path, "
                        + outcome.jdkClasses() + " classes of the JDK");
                if (outcome.exitCode() != 0 && options.stopAfterSeconds() == 0) {
                    console.says(
                            "warning: it ended with exit code " + outcome.exitCode() + "; --verbose shows its output");
                }
                if (options.verbose()) {
                    console.says(outcome.lastLines());
                }
            }
        }
        for (Path file : options.loadLists()) {
            lists.add(LoadList.of(Files.readAllBytes(file), file.toString()));
        }
        return LoadList.merge(lists);
    }

    private Launch launch(Workshop workshop) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new Launch(java, workshop.store(), options.mainClass(), options.arguments());
    }

    /** How each class is reached from main, for {@code inspect --why}; where nothing was learned, the classes that are likely to be loaded. */
    private LoadList explore(Workshop workshop, Parts parts, LoadList learned) throws IOException {
        if (options.mainClass().isEmpty()) {
            return learned;
        }
        console.begins("follows the code from " + options.mainClass());
        Path image = workshop.publish(parts.list());
        Reachability reached = workshop.open(
                image, opened -> Analysis.of(new ImageEntries(opened), List.of(options.mainClass()), List.of()));
        console.says(
                "marked " + reached.marked().size() + " of " + reached.classCount() + " classes of the class path");
        warnOfAbsent(reached);
        parts.text(ReachedFile.NAME, ReachedFile.write(reached).lines().toList());
        if (!learned.classes().isEmpty()) {
            return learned;
        }
        LoadList.Builder list = new LoadList.Builder();
        for (Reached one : reached.marked()) {
            list.addClass(one.name());
        }
        return LoadList.merge(List.of(learned, list.build()));
    }

    private void warnOfAbsent(Reachability reached) {
        List<Absent> likely = reached.absent().stream().filter(Absent::likely).toList();
        for (Absent absent : likely.subList(0, Math.min(MOST_SHOWN, likely.size()))) {
            console.says("warning: not on the class path: " + absent.name() + ", "
                    + absent.evidence().phrase() + " " + absent.from());
        }
        if (likely.size() > MOST_SHOWN) {
            console.says("warning: and " + (likely.size() - MOST_SHOWN) + " more");
        }
    }

    private void heat(Workshop workshop, Parts parts, LoadList loadList) throws IOException {
        if (loadList.names().isEmpty()) {
            return;
        }
        console.begins("collects the classes of the load list");
        Path image = workshop.publish(parts.list());
        Path hot = workshop.directory().resolve("hot");
        HotWriter writer = workshop.open(image, opened -> {
            HotWriter classes = HotClasses.of(loadList, opened);
            try (OutputStream out = Files.newOutputStream(hot)) {
                classes.write(out);
            }
            return classes;
        });
        console.says(writer.classCount() + " classes, " + writer.contentBytes() + " bytes");
        parts.file("launch/hot", hot);
        Path list = workshop.directory().resolve("merged-load-list");
        loadList.write(list.toFile());
        parts.file("launch/load-list", list);
    }

    private static Jdk buildJdk() {
        return Jdk.of(Path.of(System.getProperty("java.home")));
    }

    /** Adds a Java runtime if one was asked for. */
    private void equip(Workshop workshop, Parts parts) throws IOException {
        Path image = workshop.publish(parts.list());
        List<String> elements = workshop.open(image, opened -> classPath(opened.index()));
        parts.text("launch/class-path", elements);
        if (!options.withRuntime()) {
            return;
        }
        console.begins("links a Java runtime");
        Jdk jdk = buildJdk();
        List<Path> jars = elements.stream()
                .map(image::resolve)
                .filter(Files::isRegularFile)
                .toList();
        Set<String> modules = options.minimal() ? new ModuleSet(jdk).of(jars, loadedClasses) : Set.of();
        Path runtime = workshop.directory().resolve(LaunchList.RUNTIME);
        new RuntimeMaker(jdk).make(modules, runtime);
        parts.tree(LaunchList.RUNTIME, runtime);
        console.says(RuntimeMaker.lengthBytes(runtime) + " bytes, modules: "
                + (modules.isEmpty() ? "all" : String.join(" ", modules)));
    }

    /** One archive for each way of starting, and more for the flags that were asked for. */
    private void archive(Workshop workshop, Parts parts) throws IOException {
        List<String> lines = new ArrayList<>();
        Path laidOut = workshop.publish(parts.list());
        boolean staysAtHome = Files.readAllLines(laidOut.resolve("launch/class-path")).stream()
                .anyMatch(element -> element.startsWith("/"));
        if (staysAtHome) {
            console.says("no class-data archives: elements of the class path stay where they are, and nobody would"
                    + " see them change");
        } else if (options.makesArchives()
                && !options.isStatic()
                && !options.mainClass().isEmpty()) {
            Path image = workshop.publish(parts.list());
            Jdk jdk = options.withRuntime() ? Jdk.of(image.resolve(LaunchList.RUNTIME)) : buildJdk();
            for (Start start : List.of(Start.stock(image), Start.loader(bootloader(workshop, image)))) {
                archive(workshop, parts, jdk, image, start, lines);
            }
        }
        parts.text("launch/archives", lines);
    }

    private void archive(Workshop workshop, Parts parts, Jdk jdk, Path image, Start start, List<String> lines)
            throws IOException {
        Application application = new Application(
                options.jvm(), options.mainClass(), options.arguments(), (int) options.stopAfterSeconds());
        Path log = workshop.directory().resolve("archives.log");
        try (ArchiveMaker maker = new ArchiveMaker(jdk, image, start, application, log)) {
            for (Variant variant : Variants.of(jdk, start.way(), options.jvm(), options.variants())) {
                console.begins("class-data archive " + variant.line());
                Outcome outcome = maker.make(variant);
                if (outcome instanceof Outcome.Made made) {
                    for (Map.Entry<String, Path> file : made.files().entrySet()) {
                        parts.file(file.getKey(), file.getValue());
                    }
                    lines.add(variant.line());
                    console.says(made.lengthBytes() + " bytes");
                } else if (outcome instanceof Outcome.Impossible impossible) {
                    console.says(impossible.reason());
                    return;
                }
            }
        } catch (BootcastException e) {
            Path kept = options.target().resolveSibling(options.target().getFileName() + ".log");
            if (Files.exists(log)) {
                Files.copy(log, kept, StandardCopyOption.REPLACE_EXISTING);
            }
            throw new BootcastException(
                    e.fault(), String.valueOf(e.getMessage()).replace(log.toString(), kept.toString()), e);
        }
    }

    /** What the Bootloader gets, so that it opens that image and asks nobody. */
    private static List<String> bootloader(Workshop workshop, Path image) {
        return List.of(
                "--transport",
                "solo",
                "--no-rank",
                "--keep",
                "--store",
                workshop.store().toString(),
                "--staged",
                image.resolveSibling("").relativize(image).toString());
    }

    /** The elements as the launcher names them: relative to the image, or where they stayed. */
    private static List<String> classPath(Index index) {
        List<String> elements = new ArrayList<>();
        for (int element = 0; element < index.elementCount(); element++) {
            switch (index.kind(element)) {
                case ElementFacts.JAR, ElementFacts.DIRECTORY -> elements.add(index.mirrorPath(element));
                case ElementFacts.LIVE -> elements.add(index.originalPath(element));
                default -> {
                    // what is absent, and what travels beside the class path
                }
            }
        }
        return elements;
    }

    private void pack(Workshop workshop, Parts parts, LoadList loadList) throws IOException {
        console.begins("packs");
        LaunchList list = parts.list();
        Path image = workshop.publish(list);
        List<String> archives = Files.readAllLines(image.resolve("launch/archives"));
        Map<String, Long> counts = Map.of(
                "classes", (long) loadList.classes().size(),
                "resources", (long) loadList.resources().size());
        Manifest manifest = workshop.open(image, opened -> ManifestMaker.make(list, opened.index(), archives, counts));
        long bytes = new BundleWriter(options.compression()).write(options.target(), list, manifest, workshop::blob);
        SourceStamps.write(options.target().toFile(), stamps);
        console.says(options.target() + ": " + bytes + " bytes");
    }
}
