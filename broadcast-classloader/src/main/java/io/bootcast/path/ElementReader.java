package io.bootcast.path;

import io.bootcast.index.ElementFacts;
import io.bootcast.index.IndexWriter;
import io.bootcast.index.JarEntryFacts;
import io.bootcast.index.JarFacts;
import io.bootcast.resolve.DirectoryTree;
import io.bootcast.resolve.Element;
import io.bootcast.resolve.FileStamp;
import io.bootcast.resolve.Resolver;
import io.bootcast.store.BlobWriter;
import io.bootcast.store.Digest;
import io.bootcast.store.Store;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Copies elements into root's store, each read once from start to end, and writes down what is in them. For one thread. */
final class ElementReader implements Resolver.Reader {
    private static final int READ_BYTES = 1 << 20;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RootReader root;
    private final Store store;
    private final Steps steps;
    private final IndexWriter index;
    private final int feature;
    private final Set<String> jdkPackages = new HashSet<>();
    private final Map<String, String> digests = new HashMap<>();
    private final Map<String, String> used = new HashMap<>();
    private final byte[] buffer = new byte[READ_BYTES];

    ElementReader(RootReader root, Store store, Steps steps, IndexWriter index, int feature) throws IOException {
        this.root = root;
        this.store = store;
        this.steps = steps;
        this.index = index;
        this.feature = feature;
        for (Module module : ModuleLayer.boot().modules()) {
            jdkPackages.addAll(module.getPackages());
        }
        for (String line : store.recall("digests").split("\n")) {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                digests.put(line.substring(0, blank), line.substring(blank + 1));
            }
        }
    }

    /** Remembers the digests of what is on the class path now. */
    void rememberDigests() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> entry : used.entrySet()) {
            text.append(entry.getKey()).append(' ').append(entry.getValue()).append('\n');
        }
        store.remember("digests", text.toString());
    }

    @Override
    public String readJar(Element jar) throws IOException {
        String known = digests.get(jar.stamp().text());
        if (known != null && isIntact(known)) {
            ByteBuffer content = store.mapBlob(known);
            return addJar(jar, known, content, JarFacts.read(content));
        }
        try (BlobWriter blob = store.newBlob()) {
            MessageDigest sha = Digest.sha256();
            copy(jar.path().toFile(), jar.stamp(), blob, sha);
            String digest = Digest.hex(sha.digest());
            ByteBuffer content = blob.content();
            JarFacts facts = JarFacts.read(content);
            store.publish(blob, digest, jar.stamp().mtimeNanos());
            return addJar(jar, digest, content, facts);
        }
    }

    private boolean isIntact(String digest) {
        if (!store.hasBlob(digest)) {
            return false;
        }
        MessageDigest sha = Digest.sha256();
        sha.update(store.mapBlob(digest));
        return Digest.hex(sha.digest()).equals(digest);
    }

    private void copy(File file, FileStamp stamp, BlobWriter blob, MessageDigest sha) throws IOException {
        long total = 0;
        root.moved(file.getPath());
        try (FileInputStream in = new FileInputStream(file)) {
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                blob.write(buffer, 0, count);
                sha.update(buffer, 0, count);
                total += count;
                root.moved(file.getPath());
            }
        }
        steps.read(1, total);
        if (total != stamp.sizeBytes()) {
            throw new IOException("file changes while it is read: file=" + file + " bytes=" + total + " expected="
                    + stamp.sizeBytes());
        }
    }

    private String addJar(Element jar, String digest, ByteBuffer content, JarFacts facts) {
        used.put(jar.stamp().text(), digest);
        ElementFacts element = new ElementFacts(ElementFacts.JAR, jar.path().toString(), mirror(jar));
        element.blob(
                index.blob(Digest.bytes(digest), content.limit(), jar.stamp().mtimeNanos()));
        facts.describe(element);
        facts.writeEntries(index, index.element(element), element, feature, jdkPackages);
        root.offer(new Offer(digest, content.limit(), jar.stamp().mtimeNanos()));
        return facts.classPath();
    }

    private static String mirror(Element element) {
        return "root" + element.path();
    }

    @Override
    public void readDirectory(Element directory, DirectoryTree tree) throws IOException {
        try (BlobWriter pack = store.newBlob()) {
            MessageDigest sha = Digest.sha256();
            long[] starts = new long[tree.names().size()];
            long at = 0;
            for (int i = 0; i < starts.length; i++) {
                starts[i] = at;
                if (!isDirectory(tree.names().get(i))) {
                    copy(new File(directory.path().toFile(), tree.names().get(i)), tree.stamp(i), pack, sha);
                    at += tree.stamp(i).sizeBytes();
                }
            }
            String digest = Digest.hex(sha.digest());
            store.publish(pack, digest, 0);
            ElementFacts element =
                    new ElementFacts(ElementFacts.DIRECTORY, directory.path().toString(), mirror(directory));
            element.blob(index.blob(Digest.bytes(digest), at, 0));
            addFiles(index.element(element), tree, starts);
            root.offer(new Offer(digest, at, 0));
        }
    }

    private static boolean isDirectory(String name) {
        return name.isEmpty() || name.endsWith("/");
    }

    private void addFiles(int element, DirectoryTree tree, long[] starts) {
        for (int i = 0; i < starts.length; i++) {
            String name = tree.names().get(i);
            long bytes = isDirectory(name) ? 0 : tree.stamp(i).sizeBytes();
            JarEntryFacts facts = JarEntryFacts.stored(starts[i], bytes);
            index.entry(element, name, facts, tree.stamp(i).mtimeNanos() / NANOS_PER_MILLI);
        }
    }

    @Override
    public void pass(Element element) {
        int kind = element.kind() == Element.Kind.LIVE ? ElementFacts.LIVE : ElementFacts.ABSENT;
        index.element(new ElementFacts(kind, element.path().toString(), ""));
        root.note(element.toString());
    }
}
