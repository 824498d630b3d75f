package io.bootcast.build;

import io.bootcast.store.LaunchList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What goes into a bundle beside its class path, collected step by step; each file is in the workshop's store as soon as it is added. For one thread. */
final class Parts {
    private record Part(String digest, long lengthBytes, boolean executable, String target) {}

    private final Workshop workshop;
    private final String indexDigest;
    private final Map<String, String> settings = new TreeMap<>();
    private final Map<String, Part> parts = new TreeMap<>();

    Parts(Workshop workshop, String indexDigest) {
        this.workshop = workshop;
        this.indexDigest = indexDigest;
    }

    void set(String key, String value) {
        settings.put(key, value);
    }

    /** Adds {@code file} as {@code name}, in place of what had that name. */
    void file(String name, Path file) throws IOException {
        parts.put(name, new Part(workshop.add(file), Files.size(file), Files.isExecutable(file), ""));
    }

    /** Adds a file with these lines. */
    void text(String name, List<String> lines) throws IOException {
        Path file = Files.createTempFile(workshop.directory(), "part", ".txt");
        Files.write(file, lines, StandardCharsets.UTF_8);
        parts.put(name, new Part(workshop.add(file), Files.size(file), /* executable= */ false, ""));
        Files.delete(file);
    }

    /** Adds all files and links below {@code directory} under {@code name}. A link that leads out of it becomes a copy of what it leads to. */
    void tree(String name, Path directory) throws IOException {
        Path root = directory.toRealPath();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted().toList()) {
                String place = name + "/" + root.relativize(file);
                if (Files.isSymbolicLink(file) && file.toRealPath().startsWith(root)) {
                    Path target = file.resolveSibling("").relativize(file.toRealPath());
                    parts.put(place, new Part("", 0, /* executable= */ false, target.toString()));
                } else if (Files.isRegularFile(file)) {
                    file(place, file);
                }
            }
        }
    }

    /** The list of all that has been added until now. */
    LaunchList list() throws IOException {
        LaunchList.Builder list = new LaunchList.Builder();
        list.index(indexDigest, Files.size(workshop.blob(indexDigest)));
        settings.forEach(list::set);
        parts.forEach((name, part) -> {
            if (part.target().isEmpty()) {
                list.file(name, part.digest(), part.lengthBytes(), part.executable());
            } else {
                list.link(name, part.target());
            }
        });
        return list.build();
    }
}
