package io.bootcast.path;

import io.bootcast.index.ElementFacts;
import io.bootcast.index.IndexFormat;
import io.bootcast.index.IndexWriter;
import io.bootcast.index.JarEntryFacts;
import io.bootcast.index.JarFacts;
import io.bootcast.resolve.DirectoryTree;
import io.bootcast.resolve.Element;
import io.bootcast.resolve.ElfLibrary;
import io.bootcast.resolve.FileSet;
import io.bootcast.resolve.Resolver;
import io.bootcast.store.BlobWriter;
import io.bootcast.store.Digest;
import io.bootcast.store.Store;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Copies elements into root's store, each read once from start to end, and writes down what is in them. For one thread. */
final class ElementReader implements Resolver.Reader {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RootReader root;
    private final Store store;
    private final Intake intake;
    private final FilesReader files;
    private final IndexWriter index;
    private final int feature;
    private final Set<String> jdkPackages = new HashSet<>();

    ElementReader(RootReader root, Store store, Intake intake, IndexWriter index, int feature) {
        this.root = root;
        this.store = store;
        this.intake = intake;
        this.files = new FilesReader(root, store, intake, index);
        this.index = index;
        this.feature = feature;
        for (Module module : ModuleLayer.boot().modules()) {
            jdkPackages.addAll(module.getPackages());
        }
    }

    @Override
    public String readJar(Element jar) throws IOException {
        String known = intake.known(jar.stamp());
        if (!known.isEmpty()) {
            ByteBuffer content = store.mapBlob(known);
            return addJar(jar, known, content, JarFacts.read(content));
        }
        try (BlobWriter blob = store.newBlob()) {
            MessageDigest sha = Digest.sha256();
            intake.copy(jar.path().toFile(), jar.stamp(), blob, sha);
            String digest = Digest.hex(sha.digest());
            ByteBuffer content = blob.content();
            JarFacts facts = JarFacts.read(content);
            store.publish(blob, digest, root.timeOf(jar.stamp()));
            return addJar(jar, digest, content, facts);
        }
    }

    private String addJar(Element jar, String digest, ByteBuffer content, JarFacts facts) {
        intake.use(jar.stamp(), digest);
        ElementFacts element = new ElementFacts(ElementFacts.JAR, jar.path().toString(), mirror(jar));
        element.blob(index.blob(Digest.bytes(digest), content.limit(), root.timeOf(jar.stamp())));
        facts.describe(element);
        facts.writeEntries(index, index.element(element), element, feature, jdkPackages);
        root.offer(new Offer(digest, content.limit(), root.timeOf(jar.stamp())));
        return facts.classPath();
    }

    private static String mirror(Element element) {
        return "root" + element.path();
    }

    @Override
    public Map<String, ElfLibrary> readDirectory(Element directory, DirectoryTree tree) throws IOException {
        try (BlobWriter pack = store.newBlob()) {
            MessageDigest sha = Digest.sha256();
            long[] starts = new long[tree.names().size()];
            long at = 0;
            for (int i = 0; i < starts.length; i++) {
                starts[i] = at;
                if (!isDirectory(tree.names().get(i))) {
                    intake.copy(new File(directory.path().toFile(), tree.names().get(i)), tree.stamp(i), pack, sha);
                    at += tree.stamp(i).sizeBytes();
                }
            }
            Map<String, ElfLibrary> libraries = librariesOf(tree, starts, pack);
            String digest = Digest.hex(sha.digest());
            store.publish(pack, digest, 0);
            ElementFacts element =
                    new ElementFacts(ElementFacts.DIRECTORY, directory.path().toString(), mirror(directory));
            element.blob(index.blob(Digest.bytes(digest), at, 0));
            addFiles(index.element(element), tree, starts);
            root.offer(new Offer(digest, at, 0));
            return libraries;
        }
    }

    private static Map<String, ElfLibrary> librariesOf(DirectoryTree tree, long[] starts, BlobWriter pack)
            throws IOException {
        Map<String, ElfLibrary> libraries = new HashMap<>();
        ByteBuffer bytes = null;
        for (int i = 0; i < starts.length; i++) {
            String name = tree.names().get(i);
            if (!isDirectory(name) && FileSet.isLibraryName(name)) {
                int end = (int) (starts[i] + tree.stamp(i).sizeBytes());
                bytes = bytes == null ? pack.content() : bytes;
                libraries.put(name, ElfLibrary.read(bytes.duplicate().limit(end).position((int) starts[i])));
            }
        }
        return libraries;
    }

    private static boolean isDirectory(String name) {
        return name.isEmpty() || name.endsWith("/");
    }

    private void addFiles(int element, DirectoryTree tree, long[] starts) {
        for (int i = 0; i < starts.length; i++) {
            String name = tree.names().get(i);
            long bytes = isDirectory(name) ? 0 : tree.stamp(i).sizeBytes();
            boolean executable = !isDirectory(name) && tree.stamp(i).isExecutable();
            JarEntryFacts facts = JarEntryFacts.stored(starts[i], bytes).executable(executable);
            index.entry(element, name, facts, root.timeOf(tree.stamp(i)) / NANOS_PER_MILLI);
        }
    }

    @Override
    public void pass(Element element) {
        int kind = element.kind() == Element.Kind.LIVE ? ElementFacts.LIVE : ElementFacts.ABSENT;
        index.element(new ElementFacts(kind, element.path().toString(), ""));
        root.note(element.toString());
    }

    @Override
    public Map<String, ElfLibrary> readFiles(FileSet set) throws IOException {
        return files.read(set);
    }

    @Override
    public void leave(Element element) {
        root.note(element.toString());
    }

    @Override
    public void library(Path file, boolean carried) {
        String name = file.getFileName().toString();
        index.library(name, file.toString(), carried ? "root" + file : "");
    }

    @Override
    public void libraryDirectory(String name, Path directory) {
        index.library(name + IndexFormat.DIRECTORY_END, directory.toString(), "root" + directory);
    }
}
