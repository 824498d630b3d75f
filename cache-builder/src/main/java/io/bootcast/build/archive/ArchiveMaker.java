package io.bootcast.build.archive;

import io.bootcast.boot.ArchiveCheck;
import io.bootcast.boot.ArchiveTraits;
import io.bootcast.build.archive.Outcome.Impossible;
import io.bootcast.build.archive.Outcome.Made;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the class-data archives of one image for one way of starting. Each runs the application once as a child JVM; archives of {@link Form#STATIC} share one run, those of {@link Form#LAYERED} one of two. Close it: what the
 * runs learned lies in temporary files. For one thread.
 */
public final class ArchiveMaker implements AutoCloseable {
    /** JDK 25.0.3 takes two adapters of one hash for the same, and warns of it at each start; without them that costs 2 % more CPU at most. */
    private static final List<String> NO_ADAPTERS = List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTAdapterCaching");

    private static final int CHECK_SECONDS = 60;
    private static final int WRITE_SECONDS = 600;

    /** Compressed oops reach no further, with room for what the JVM rounds up. */
    private static final long COMPRESSED_HEAP_BYTES = 30L << 30;

    private static final int DEFAULT_HEAP_PART = 4;

    private final Jdk jdk;
    private final Path image;
    private final Start start;
    private final Application application;
    private final Path log;
    private final Path learned;
    private int exitCode;

    /**
     * @param image a directory laid out as the image will be on a node, its files' times set as there
     * @param log where all output of all runs is appended
     */
    public ArchiveMaker(Jdk jdk, Path image, Start start, Application application, Path log) {
        this.jdk = jdk;
        this.image = image.toAbsolutePath().normalize();
        this.start = start;
        this.application = application;
        this.log = log.toAbsolutePath();
        try {
            this.learned = Files.createTempDirectory("bootcast-archive");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes {@code variant}'s archive and asks the JVM whether it takes it.
     *
     * @throws BootcastException with {@link Fault#BUNDLE} and the JVM's own reason if there is no archive or the JVM refuses it
     */
    public Outcome make(Variant variant) {
        String full = start.way() == Way.STOCK ? fullDirectory() : "";
        if (!full.isEmpty()) {
            return new Impossible(variant, "no archive for `bootcast java`: directory=" + full + "; put it into a jar");
        }
        Path file = image.resolve(variant.file());
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            String said =
                    switch (variant.form()) {
                        case STATIC -> makeStatic(variant, file);
                        case LAYERED -> makeLayered(variant, file);
                        case DYNAMIC -> makeDynamic(variant, file);
                        case AOT -> makeAot(variant, file);
                    };
            if (!Files.exists(file)) {
                throw refused("the JVM wrote none", variant, said);
            }
            String refusal = refusal(variant);
            if (!refusal.isEmpty()) {
                Files.delete(file);
                throw refused("the JVM does not take it", variant, refusal);
            }
            return made(variant);
        } catch (IOException e) {
            throw refused("cannot be written", variant, BootcastException.reason(e));
        }
    }

    private Made made(Variant variant) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        long lengthBytes = 0;
        for (String name : List.of(variant.file(), variant.baseFile())) {
            Path file = image.resolve(name);
            if (Files.exists(file)) {
                files.put(name, file);
                lengthBytes += Files.size(file);
            }
        }
        return new Made(variant, files, lengthBytes, exitCode);
    }

    /** An element that is a directory with something in it: the JVM makes and takes no archive with it. */
    private String fullDirectory() {
        for (String element : Start.classPath(image)) {
            if (Files.isDirectory(image.resolve(element))) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(image.resolve(element))) {
                    if (files.iterator().hasNext()) {
                        return element;
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return "";
    }

    private BootcastException refused(String what, Variant variant, String reason) {
        return new BootcastException(
                Fault.BUNDLE,
                "archive: " + what + ": archive=" + variant.name() + " jdk=" + jdk.vmVersion() + " exitCode=" + exitCode
                        + stopped() + " reason=" + reason + "; see log=" + log);
    }

    private String stopped() {
        return application.stopAfterSeconds() == 0 ? "" : " stopAfterSeconds=" + application.stopAfterSeconds();
    }

    private String makeStatic(Variant variant, Path file) throws IOException {
        Path list = learned.resolve("classes");
        if (!Files.exists(list)) {
            String said = teach(variant, List.of("-XX:DumpLoadedClassList=" + list));
            if (!Files.exists(list)) {
                return said;
            }
        }
        return write(
                variant, List.of("-Xshare:dump", "-XX:SharedClassListFile=" + list, "-XX:SharedArchiveFile=" + file));
    }

    /** Two runs: the first tells which classes there are, the second adds what a static archive does not take. */
    private String makeLayered(Variant variant, Path file) throws IOException {
        Path list = learned.resolve("loader-classes");
        if (!Files.exists(list)) {
            Path own = learned.resolve("classes");
            Path loaded = learned.resolve("loaded");
            String log = "-Xlog:class+load=debug:file=" + loaded + "::filecount=0";
            String said = teach(variant, List.of("-XX:DumpLoadedClassList=" + own, log));
            if (!Files.exists(own) || !Files.exists(loaded)) {
                return said;
            }
            LoaderClassList.write(jdk.feature(), loaded, own, list, learned.resolve("classes.jar"));
        }
        Path base = image.resolve(variant.baseFile());
        Files.deleteIfExists(base);
        String said = write(
                variant, List.of("-Xshare:dump", "-XX:SharedClassListFile=" + list, "-XX:SharedArchiveFile=" + base));
        if (!Files.exists(base)) {
            return said;
        }
        String below = "-XX:SharedArchiveFile=" + ArchiveCheck.ROOT + variant.baseFile();
        return teach(variant, List.of(below, "-XX:ArchiveClassesAtExit=" + file));
    }

    private String makeDynamic(Variant variant, Path file) {
        return teach(variant, List.of("-XX:ArchiveClassesAtExit=" + file));
    }

    private String makeAot(Variant variant, Path file) throws IOException {
        Path record = learned.resolve(variant.name());
        String said = teach(variant, List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + record));
        if (!Files.exists(record) || Files.size(record) == 0) { // empty: ended while the JVM was starting
            return said;
        }
        List<String> create = new ArrayList<>(NO_ADAPTERS);
        create.addAll(List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + record, "-XX:AOTCache=" + file));
        said = write(variant, create);
        Files.delete(record);
        return said;
    }

    /** Runs the application under {@code flags}; returns its last words. */
    private String teach(Variant variant, List<String> flags) {
        List<String> words = jvm(variant, flags);
        words.addAll(start.teaching().program());
        words.add(application.mainClass());
        words.addAll(application.arguments());
        ChildJvm.Ended ended = ChildJvm.run(atImage(words), log, application.stopAfterSeconds());
        exitCode = ended.exitCode();
        return ended.reason();
    }

    /** Runs a JVM that writes an archive and no application; returns its last words. */
    private String write(Variant variant, List<String> flags) throws IOException {
        ChildJvm.Ended ended = ChildJvm.ask(atImage(jvm(variant, flags)), WRITE_SECONDS);
        Files.writeString(log, ended.text(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return ended.reason();
    }

    /** Why the JVM does not take {@code variant}'s archive, which has been made; empty if it does. */
    public String refusal(Variant variant) {
        return ArchiveCheck.refusal(
                image.toFile(),
                jdk.tool("java"),
                flags(variant),
                image.resolve(variant.file()).toFile(),
                CHECK_SECONDS);
    }

    /** Runs the application once more, with {@code variant}'s archive, and counts its classes. */
    public Share measure(Variant variant) {
        Path classes = learned.resolve("class+load");
        List<String> flags =
                new ArrayList<>(ArchiveCheck.use(image.resolve(variant.file()).toFile(), /* must= */ true));
        flags.add("-Xlog:class+load:file=" + classes + "::filecount=0");
        List<String> words = jvm(variant, flags);
        words.addAll(start.program());
        words.add(application.mainClass());
        words.addAll(application.arguments());
        ChildJvm.run(atImage(words), log, application.stopAfterSeconds());
        return Share.of(classes);
    }

    private List<String> atImage(List<String> words) {
        return ArchiveCheck.withDescriptor(image.toFile(), words);
    }

    /** All words up to and with the class path. */
    private List<String> jvm(Variant variant, List<String> flags) {
        List<String> words = new ArrayList<>();
        words.add(jdk.tool("java"));
        words.addAll(List.of("-Xlog:disable", "-Xlog:all=warning:stdout"));
        words.addAll(flags);
        words.addAll(flags(variant));
        return words;
    }

    private List<String> flags(Variant variant) {
        List<String> flags = new ArrayList<>(variant.flags());
        flags.addAll(Variants.trialOptions(application.options()));
        if (variant.oops().contains("on") && defaultHeapBytes() > COMPRESSED_HEAP_BYTES) {
            if (ArchiveTraits.of(application.options()).heapBytes() == 0) {
                flags.add("-Xmx" + COMPRESSED_HEAP_BYTES);
            }
        }
        flags.addAll(start.jvm());
        return flags;
    }

    private static long defaultHeapBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize() / DEFAULT_HEAP_PART
                : 0;
    }

    /** Removes what the runs learned. */
    @Override
    public void close() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(learned)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(learned);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
