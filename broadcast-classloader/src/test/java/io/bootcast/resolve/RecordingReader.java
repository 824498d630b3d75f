package io.bootcast.resolve;

import io.bootcast.index.JarFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Reads jars for their manifests as the real reader does, and remembers what the resolver met. */
class RecordingReader implements Resolver.Reader {
    private final List<Element> elements = new ArrayList<>();
    private final List<DirectoryTree> trees = new ArrayList<>();

    @Override
    public String readJar(Element jar) throws IOException {
        String classPath =
                JarFacts.read(ByteBuffer.wrap(Files.readAllBytes(jar.path()))).classPath();
        elements.add(jar);
        return classPath;
    }

    @Override
    public void readDirectory(Element directory, DirectoryTree tree) {
        elements.add(directory);
        trees.add(tree);
    }

    @Override
    public void pass(Element element) {
        elements.add(element);
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
