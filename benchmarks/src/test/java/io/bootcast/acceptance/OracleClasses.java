package io.bootcast.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** The class files that {@link OracleOddities} puts into its jars. */
final class OracleClasses {
    private static final List<String> PARTS = List.of(
            "zip64",
            "prefixed",
            "stored",
            "bang",
            "path",
            "listed",
            "up",
            "space",
            "section",
            "small",
            "last",
            "broken",
            "release",
            "bad",
            "sealed",
            "opened",
            "sealpart",
            "unseal",
            "signed",
            "tampered",
            "added",
            "trust",
            "directory");

    private final Path compiled;

    private OracleClasses(Path compiled) {
        this.compiled = compiled;
    }

    static OracleClasses compile(Path target) throws IOException {
        OracleClasses classes = new OracleClasses(target);
        List<Path> sources = new ArrayList<>();
        for (String part : PARTS) {
            sources.add(classes.source("odd." + part, "C", ""));
            sources.add(classes.source("odd." + part, "D", ""));
        }
        sources.add(classes.source("odd", "\u00dcber", ""));
        sources.add(classes.source("odd.bad", "Parent", ""));
        sources.add(classes.source("odd.bad", "Orphan", "extends Parent"));
        sources.add(classes.source("odd.bad", "Abs", ""));
        sources.add(classes.source("odd.bad", "Heir", "extends Abs"));
        sources.add(classes.source("odd.bad", "Fin", ""));
        sources.add(classes.source("odd.bad", "Ring1", "extends Ring2"));
        sources.add(classes.source("odd.bad", "Ring2", "extends Ring3"));
        sources.add(classes.source("odd.bad", "Ring3", ""));
        sources.add(classes.source("jxva.odd", "C", ""));
        sources.add(classes.source("", "OddRoot", ""));
        sources.add(classes.source("org.hsqldb", "Intruder", ""));
        classes.compile(sources, List.of("--release", "17"));
        classes.compile(
                List.of(classes.source("javax.xml.parsers", "Odd", "")),
                List.of("--patch-module", "java.xml=" + target));
        return classes;
    }

    private Path source(String packageName, String name, String parent) throws IOException {
        Path directory = Files.createDirectories(compiled.resolve(packageName.replace('.', '/')));
        String head = packageName.isEmpty() ? "" : "package " + packageName + ";\n";
        String modifiers = name.equals("Fin") ? "public final" : "public";
        return Files.writeString(
                directory.resolve(name + ".java"),
                head + modifiers + " class " + name + " " + parent + " { String hello = \"hello\"; }\n");
    }

    private void compile(List<Path> sources, List<String> options) {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-encoding", "UTF-8", "-d", compiled.toString()));
        sources.forEach(source -> arguments.add(source.toString()));
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]));
        if (status != 0) {
            throw new IllegalStateException("javac: status=" + status);
        }
    }

    /** The class file of {@code name}. */
    byte[] get(String name) {
        try {
            return Files.readAllBytes(compiled.resolve(name.replace('.', '/') + ".class"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class file of {@code name} with another name, of the same length, in its constants. */
    byte[] patched(String name, String from, String to) {
        String bytes = new String(get(name), StandardCharsets.ISO_8859_1);
        if (from.length() != to.length() || !bytes.contains(from)) {
            throw new IllegalArgumentException("cannot patch: class=" + name + " from=" + from + " to=" + to);
        }
        return bytes.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }
}
