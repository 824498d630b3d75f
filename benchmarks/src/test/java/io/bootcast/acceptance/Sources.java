package io.bootcast.acceptance;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** Programs that are made while a test runs, by the compiler of the test's JDK: what the build cannot compile, or cannot have on its own class path. */
final class Sources {
    private Sources() {}

    /** Compiles {@code files}, name to text, into {@code target}; returns it. */
    static Path compile(Path target, Map<String, String> files, String... options) {
        try {
            Path sources = Files.createTempDirectory("sources");
            List<String> arguments = new ArrayList<>(List.of("-encoding", "UTF-8", "-d", target.toString()));
            arguments.addAll(List.of(options));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path source = sources.resolve(file.getKey());
                Files.createDirectories(source.getParent());
                Files.writeString(source, file.getValue());
                arguments.add(source.toString());
            }
            int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]));
            TestBed.delete(sources);
            if (status != 0) {
                throw new IllegalStateException("javac: status=" + status + " arguments=" + arguments);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Packs all files of {@code content} into {@code jar}, whose manifest has {@code manifestLines}; returns it. */
    static Path jar(Path jar, Path content, String... manifestLines) {
        String text = "Manifest-Version: 1.0\n" + String.join("\n", manifestLines) + "\n\n";
        try {
            Files.createDirectories(jar.toAbsolutePath().getParent());
            Manifest manifest = new Manifest(new java.io.ByteArrayInputStream(text.getBytes("UTF-8")));
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream zip = new JarOutputStream(out, manifest);
                    Stream<Path> files = Files.walk(content)) {
                for (Path file :
                        (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                    zip.putNextEntry(new ZipEntry(content.relativize(file).toString()));
                    Files.copy(file, zip);
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
