package io.bootcast.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A module of the build, as its compiled classes and its sources. */
enum BuildModule {
    CORE("broadcast-classloader"),
    BOOTLOADER("bootloader"),
    CACHE_BUILDER("cache-builder"),
    AGENT("agent"),
    BENCHMARKS("benchmarks");

    private static final Path CHECKOUT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    private final String directory;

    BuildModule(String directory) {
        this.directory = directory;
    }

    Path classes() {
        return CHECKOUT.resolve(directory).resolve("target/classes");
    }

    /** The classes of {@code modules}, without tests. */
    static JavaClasses imported(BuildModule... modules) {
        return new ClassFileImporter()
                .importPaths(Stream.of(modules).map(BuildModule::classes).toList());
    }

    List<Path> classFiles() {
        return files(classes(), ".class");
    }

    List<Path> packageInfos() {
        return files(CHECKOUT.resolve(directory).resolve("src/main/java"), "package-info.java");
    }

    private static List<Path> files(Path root, String end) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
