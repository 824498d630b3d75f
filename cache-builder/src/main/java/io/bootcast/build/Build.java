package io.bootcast.build;

import io.bootcast.build.bundle.BundleWriter;
import io.bootcast.build.bundle.ManifestMaker;
import io.bootcast.index.HotWriter;
import io.bootcast.index.Index;
import io.bootcast.index.LoadList;
import io.bootcast.loader.HotClasses;
import io.bootcast.path.Settings;
import io.bootcast.path.SourceStamps;
import io.bootcast.store.LaunchList;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * From a class path to a bundle:
 *
 * <pre>
 * read      class path to an image, as root would               Workshop
 * trial     what does the application load                      TrialRun
 * hot       those classes, uncompressed, in that order          HotClasses
 * archives  class-data archives for each way of starting        (later)
 * pack      one file                                            BundleWriter
 * </pre>
 */
final class Build {
    private final BuildOptions options;
    private final Path lib;
    private final Console console;

    /** @param lib the directory of Bootcast's jars */
    Build(BuildOptions options, Path lib, Console console) {
        this.options = options;
        this.lib = lib;
        this.console = console;
    }

    void run() throws IOException {
        try (Workshop workshop = new Workshop(options.store())) {
            console.begins("reads the class path");
            String index = workshop.readClassPath(settings());
            Parts parts = new Parts(workshop, index);
            describe(parts);
            LoadList loadList = learn(workshop, parts);
            heat(workshop, parts, loadList);
            parts.text("launch/archives", List.of());
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
        parts.set(LaunchList.CLASS_PATH, options.classPath());
        if (!options.mainClass().isEmpty()) {
            parts.set(LaunchList.MAIN, options.mainClass());
        }
        for (int i = 0; i < options.jvm().size(); i++) {
            parts.set(
                    String.format("%s%04d", LaunchList.OPTION, i), options.jvm().get(i));
        }
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
                console.says("loaded " + outcome.loadList().classes().size() + " classes and "
                        + outcome.loadList().resources().size() + " resources of the class path, "
                        + outcome.jdkClasses() + " classes of the JDK; exit code " + outcome.exitCode());
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

    private void pack(Workshop workshop, Parts parts, LoadList loadList) throws IOException {
        console.begins("packs");
        LaunchList list = parts.list();
        Path image = workshop.publish(list);
        List<String> archives = Files.readAllLines(image.resolve("launch/archives"));
        Map<String, Long> counts = Map.of(
                "classes", (long) loadList.classes().size(),
                "resources", (long) loadList.resources().size());
        long bytes = workshop.open(image, opened -> {
            Index index = opened.index();
            SourceStamps.write(options.target().toFile(), index);
            return new BundleWriter(options.compression())
                    .write(options.target(), list, ManifestMaker.make(list, index, archives, counts), workshop::blob);
        });
        console.says(options.target() + ": " + bytes + " bytes");
    }
}
