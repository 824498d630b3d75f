package io.bootcast.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A small class path made afresh: {@code DIR/lib/partNNN.jar}, each with class {@code part.CNNN}, a resource, a file of the same name in all of them
 * and a service file; and {@code DIR/classes} with {@code part.Directory}, its service file and the {@code example} programs. Same input, same bytes.
 */
final class Jars {
    private static final long FIXED_TIME = 1_700_000_000_000L;

    private final Path directory;
    private final int count;

    private Jars(Path directory, int count) {
        this.directory = directory;
        this.count = count;
    }

    /** Makes {@code count} jars and the directory of classes below {@code directory}, with {@code programs} and their nested classes in it. */
    static Jars make(Path directory, int count, Class<?>... programs) throws IOException {
        Jars jars = new Jars(directory, count);
        Path compiled = directory.resolve("compiled");
        jars.compile(compiled);
        for (int i = 0; i < count; i++) {
            jars.makeJar(i, compiled);
        }
        jars.makeClasses(compiled, programs);
        TestBed.delete(compiled);
        return jars;
    }

    /** {@code part.C007} for 7. */
    static String className(int i) {
        return String.format("part.C%03d", i);
    }

    /** The jars' names in class path order, without directory. */
    List<String> jarNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(String.format("part%03d.jar", i));
        }
        return names;
    }

    /** The files of the directory of classes, relative to it, sorted. */
    List<String> classFiles() throws IOException {
        Path classes = directory.resolve("classes");
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> classes.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** The class path, jars first, as seen at {@code home}, where the directory given to {@link #make} is mounted. */
    String classPath(Path home) {
        return jarNames().stream().map(name -> home + "/lib/" + name + ":").collect(Collectors.joining()) + home
                + "/classes";
    }

    private void compile(Path target) throws IOException {
        Path sources = Files.createDirectories(target.resolve("part"));
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", target.toString()));
        List<String> names = new ArrayList<>(List.of("part.Directory"));
        for (int i = 0; i < count; i++) {
            names.add(className(i));
        }
        for (String name : names) {
            String simple = name.substring("part.".length());
            Path source = sources.resolve(simple + ".java");
            Files.writeString(
                    source,
                    "package part;\npublic class " + simple + " implements java.util.function.Supplier<String> {\n"
                            + "    public String get() { return \"" + name + "\"; }\n}\n");
            arguments.add(source.toString());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int status = compiler.run(null, null, null, arguments.toArray(new String[0]));
        if (status != 0) {
            throw new IllegalStateException("javac: status=" + status);
        }
    }

    private void makeJar(int i, Path compiled) throws IOException {
        TreeMap<String, byte[]> entries = new TreeMap<>();
        String name = className(i);
        String file = name.replace('.', '/') + ".class";
        entries.put(file, Files.readAllBytes(compiled.resolve(file)));
        entries.put("part/resource" + i + ".txt", text("resource " + i + "\n"));
        entries.put("common.txt", text("of jar " + i + "\n"));
        entries.put("META-INF/services/java.util.function.Supplier", text(name + "\n"));
        Path jar = Files.createDirectories(directory.resolve("lib"))
                .resolve(jarNames().get(i));
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            put(zip, "META-INF/MANIFEST.MF", text("Manifest-Version: 1.0\n\n"));
            for (var entry : entries.entrySet()) {
                put(zip, entry.getKey(), entry.getValue());
            }
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(JarOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(FIXED_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private void makeClasses(Path compiled, Class<?>... programs) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("java.util.function.Supplier"), "part.Directory\n");
        Files.writeString(classes.resolve("common.txt"), "of the directory\n");
        Path part = Files.createDirectories(classes.resolve("part"));
        Files.copy(compiled.resolve("part/Directory.class"), part.resolve("Directory.class"));
        for (Class<?> program : programs) {
            copyProgram(program, classes);
            for (Class<?> nested : program.getDeclaredClasses()) {
                copyProgram(nested, classes);
            }
        }
    }

    private static void copyProgram(Class<?> type, Path classes) throws IOException {
        String file = type.getName().replace('.', '/') + ".class";
        Path target = classes.resolve(file);
        Files.createDirectories(target.getParent());
        try (InputStream in = type.getResourceAsStream("/" + file)) {
            Files.copy(in, target);
        }
    }
}
