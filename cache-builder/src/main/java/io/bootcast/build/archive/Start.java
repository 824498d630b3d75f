package io.bootcast.build.archive;

import io.bootcast.boot.ArchiveCheck;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a JVM whose descriptor 9 is an image's directory starts the application: what the wrapper does, without archive.
 *
 * @param jvm flags that go with the class path, and the class path; the application's own options are not among them
 * @param program words between them and the application's main class
 */
public record Start(Way way, List<String> jvm, List<String> program) {
    private static final List<String> EXPORTS = List.of("--add-exports", "java.base/jdk.internal.access=ALL-UNNAMED");

    public Start {
        jvm = List.copyOf(jvm);
        program = List.copyOf(program);
    }

    /** The stock loader over the elements that {@code launch/class-path} of {@code image} lists. */
    public static Start stock(Path image) {
        List<String> elements = new ArrayList<>();
        for (String element : classPath(image)) {
            elements.add(ArchiveCheck.place(element));
        }
        return new Start(Way.STOCK, List.of("-cp", String.join(":", elements)), List.of());
    }

    /**
     * The broadcast loader by the image's own copy of Bootcast.
     *
     * @param options what the bootloader's command {@code run} gets before {@code --}
     */
    public static Start loader(List<String> options) {
        List<String> jvm = new ArrayList<>(EXPORTS);
        jvm.add("-cp");
        jvm.add(ArchiveCheck.ROOT + "boot/bootcast.jar:" + ArchiveCheck.ROOT + "boot/mpi.jar");
        List<String> program = new ArrayList<>(List.of("io.bootcast.boot.Bootloader", "run"));
        program.addAll(options);
        program.add("--");
        return new Start(Way.LOADER, jvm, program);
    }

    /** The lines of {@code launch/class-path}. */
    static List<String> classPath(Path image) {
        try {
            return Files.readAllLines(image.resolve("launch/class-path"));
        } catch (IOException e) {
            throw new BootcastException(
                    Fault.BUNDLE, "image: cannot read its class path: reason=" + BootcastException.reason(e), e);
        }
    }

    /** This, for a run that teaches an archive: under the broadcast loader all classes are linked at the end (docs/decisions/0008). */
    Start teaching() {
        if (way == Way.STOCK) {
            return this;
        }
        List<String> words = new ArrayList<>(program);
        words.add(2, "--makes-archive");
        return new Start(way, jvm, words);
    }
}
