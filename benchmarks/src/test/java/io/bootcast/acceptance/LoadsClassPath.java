package io.bootcast.acceptance;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;

/**
 * The classes that {@code LoadsApp} loads, in jars: {@code load.C000} and so on, each a subclass of the one before it and initialised by its value, in
 * chains of {@value #CHAIN}; and {@code load.A} in a jar of its own.
 */
final class LoadsClassPath {
    private static final int CHAIN = 10;
    private static final int CLASSES_PER_JAR = 50;

    private final int count;

    LoadsClassPath(int count) {
        this.count = count;
    }

    /** Makes {@code DIR/lib/*.jar}. */
    void make(Path directory) throws IOException {
        Path compiled = directory.resolveSibling("compiled");
        compile(compiled);
        for (int first = 0; first < count; first += CLASSES_PER_JAR) {
            List<String> names = IntStream.range(first, Math.min(count, first + CLASSES_PER_JAR))
                    .mapToObj(LoadsClassPath::name)
                    .toList();
            pack(compiled, names, directory.resolve("lib/" + names.get(0) + ".jar"));
        }
        pack(compiled, List.of("A"), directory.resolve("lib/A.jar"));
    }

    /** The sum of all classes' values. */
    long sum() {
        return IntStream.range(0, count)
                .mapToLong(i -> IntStream.rangeClosed(i / CHAIN * CHAIN, i).sum())
                .sum();
    }

    private static String name(int i) {
        return String.format("C%03d", i);
    }

    private void compile(Path target) throws IOException {
        Path sources = Files.createDirectories(target.resolve("load"));
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", target.toString()));
        arguments.add(write(sources, "A", "implements java.util.function.IntSupplier", "1"));
        for (int i = 0; i < count; i++) {
            boolean starts = i % CHAIN == 0;
            String parent = starts ? "implements java.util.function.IntSupplier" : "extends " + name(i - 1);
            arguments.add(write(sources, name(i), parent, starts ? i + "" : name(i - 1) + ".value + " + i));
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]));
        if (status != 0) {
            throw new IllegalStateException("javac: status=" + status);
        }
    }

    private static String write(Path sources, String name, String parent, String value) throws IOException {
        Path source = sources.resolve(name + ".java");
        Files.writeString(
                source,
                "package load;\npublic class " + name + " " + parent + " {\n    static int value = " + value
                        + ";\n    public int getAsInt() { return value; }\n}\n");
        return source.toString();
    }

    private static void pack(Path compiled, List<String> names, Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            for (String name : names) {
                String file = "load/" + name + ".class";
                zip.putNextEntry(new JarEntry(file));
                zip.write(Files.readAllBytes(compiled.resolve(file)));
                zip.closeEntry();
            }
        }
    }
}
