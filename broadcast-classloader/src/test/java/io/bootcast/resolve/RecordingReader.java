package io.bootcast.resolve;

import io.bootcast.index.JarFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads jars for their manifests as the real reader does, and remembers what the resolver met. */
class RecordingReader implements Resolver.Reader {
    private final List<Element> elements = new ArrayList<>();
    private final List<DirectoryTree> trees = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private final List<String> found = new ArrayList<>();
    private final List<String> directories = new ArrayList<>();

    @Override
    public String readJar(Element jar) throws IOException {
        String classPath =
                JarFacts.read(ByteBuffer.wrap(Files.readAllBytes(jar.path()))).classPath();
        elements.add(jar);
        return classPath;
    }

    @Override
    public Map<String, ElfLibrary> readDirectory(Element directory, DirectoryTree tree) throws IOException {
        elements.add(directory);
        trees.add(tree);
        return libraries(directory.path(), tree.names());
    }

    @Override
    public Map<String, ElfLibrary> readFiles(FileSet set) throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < set.size(); i++) {
            Path path = set.directory().resolve(set.name(i));
            if (!set.target(i).isEmpty()) {
                files.add(path + " -> " + set.target(i));
            } else if (!set.isDirectory(i)) {
                names.add(set.name(i));
                files.add(path.toString());
            }
        }
        return libraries(set.directory(), names);
    }

    private static Map<String, ElfLibrary> libraries(Path directory, List<String> names) throws IOException {
        Map<String, ElfLibrary> libraries = new HashMap<>();
        for (String name : names) {
            if (FileSet.isLibraryName(name)) {
                byte[] content = Files.readAllBytes(directory.resolve(name));
                libraries.put(name, ElfLibrary.read(ByteBuffer.wrap(content)));
            }
        }
        return libraries;
    }

    @Override
    public void leave(Element element) {
        left.add(element.toString());
    }

    @Override
    public void library(Path file, boolean carried) {
        found.add((carried ? "carried " : "home ") + file);
    }

    @Override
    public void pass(Element element) {
        elements.add(element);
    }

    @Override
    public void libraryDirectory(String name, Path directory) {
        directories.add(name + " " + directory);
    }

    /** Directories of the JVM's library path that have a copy, as it names them, and their true path. */
    List<String> libraryDirectories() {
        return directories;
    }

    /** Files and links that travel beside the class path, sorted. */
    List<String> files() {
        return files.stream().sorted().toList();
    }

    /** What is beside the class path and stays at home. */
    List<String> left() {
        return left;
    }

    /** What {@code System.loadLibrary} shall find, sorted. */
    List<String> found() {
        return found.stream().sorted().toList();
    }

    /** All that the resolver met, in its order. */
    List<Element> elements() {
        return elements;
    }

    List<DirectoryTree> trees() {
        return trees;
    }

    /** The elements that hold something. */
    List<String> served() {
        return elements.stream()
                .filter(element -> element.kind() != Element.Kind.ABSENT)
                .map(element -> element.path().toString())
                .toList();
    }
}
