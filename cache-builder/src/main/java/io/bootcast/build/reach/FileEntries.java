package io.bootcast.build.reach;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** The entries of jars and directories, for the Java release that runs this. Has the jars open until it is closed. */
public final class FileEntries implements Entries, AutoCloseable {
    private final Map<String, List<Place>> places = new LinkedHashMap<>();
    private final List<JarFile> jars = new ArrayList<>();

    private FileEntries() {}

    /** The elements in class path order; fails if one cannot be opened. */
    public static FileEntries open(List<Path> elements) throws IOException {
        FileEntries entries = new FileEntries();
        try {
            for (Path element : elements) {
                if (Files.isDirectory(element)) {
                    entries.addDirectory(element);
                } else {
                    entries.addJar(element);
                }
            }
        } catch (IOException e) {
            entries.close();
            throw e;
        }
        return entries;
    }

    private void addDirectory(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = directory.relativize(file).toString().replace(File.separatorChar, '/');
                add(name, new FilePlace(directory.getFileName().toString(), file));
            }
        }
    }

    private void addJar(Path file) throws IOException {
        JarFile jar = new JarFile(file.toFile(), /* verify= */ false, ZipFile.OPEN_READ, Runtime.version());
        jars.add(jar);
        String element = file.getFileName().toString();
        jar.versionedStream()
                .filter(entry -> !entry.isDirectory())
                .forEach(entry -> add(entry.getName(), new JarPlace(element, jar, entry)));
    }

    private void add(String name, Place place) {
        places.computeIfAbsent(name, key -> new ArrayList<>()).add(place);
    }

    @Override
    public Collection<String> names() {
        return places.keySet();
    }

    @Override
    public List<Place> find(String name) {
        return places.getOrDefault(name, List.of());
    }

    @Override
    public void close() throws IOException {
        for (JarFile jar : jars) {
            jar.close();
        }
    }

    private record FilePlace(String element, Path file) implements Place {
        @Override
        public byte[] read() throws IOException {
            return Files.readAllBytes(file);
        }
    }

    private record JarPlace(String element, JarFile jar, JarEntry entry) implements Place {
        @Override
        public byte[] read() throws IOException {
            try (InputStream in = jar.getInputStream(entry)) {
                return in.readAllBytes();
            }
        }
    }
}
