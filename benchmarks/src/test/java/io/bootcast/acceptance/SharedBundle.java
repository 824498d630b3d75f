package io.bootcast.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A bundle with a runtime on the test bed's shared directory, made of jars there.
 *
 * @param file its path in the nodes
 */
record SharedBundle(String file) {
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    /** What a rank reads of a runtime does not depend on the number of its modules; the time that it takes to make one does. */
    private static final List<String> RUNTIME =
            Boolean.getBoolean("bootcast.full") ? List.of("--with-runtime") : List.of("--with-runtime", "--minimal");

    /** Makes {@code directory/lib} with {@code count} jars: parts as {@link Jars} makes them, and one with a program and all that {@link Jars} has in a directory. */
    static void makeJars(Path directory, int count, Class<?>... programs) throws IOException {
        Jars.make(directory, count - 1, programs);
        Path classes = directory.resolve("classes");
        pack(classes, Files.createDirectories(directory.resolve("lib")).resolve("program.jar"));
        TestBed.delete(classes);
    }

    /** Makes {@code jar} of what is in {@code directory}. */
    static void pack(Path directory, Path jar) {
        String tool = System.getProperty("java.home") + "/bin/jar";
        Command.of(tool, "-c", "-f", jar.toString(), "-C", directory.toString(), ".")
                .run()
                .expect(0);
    }

    /**
     * Built in the first node, {@code words} being options, class path, main class and arguments, and put into the shared directory.
     *
     * @param backing what is shared at {@code mount}; has {@code bootcast} as {@link Site#copyTools} puts it there
     */
    static SharedBundle build(TestBed bed, Path backing, Path mount, String name, List<String> words)
            throws IOException {
        Path made = Files.createDirectories(bed.directory().resolve("made"));
        List<String> all = new ArrayList<>(List.of("env", "JAVA_HOME=" + bed.javaHome()));
        all.addAll(List.of(mount + "/bootcast/bin/bootcast", "build", "--store", made.toString()));
        all.addAll(List.of("-o", made.resolve(name).toString()));
        all.addAll(RUNTIME);
        all.addAll(words);
        bed.onNode(1, all.toArray(new String[0])).within(DEADLINE).run().expect(0);
        for (String part : List.of(name, name + ".stamps")) {
            Files.move(made.resolve(part), backing.resolve(part), StandardCopyOption.REPLACE_EXISTING);
        }
        return new SharedBundle(mount + "/" + name);
    }
}
