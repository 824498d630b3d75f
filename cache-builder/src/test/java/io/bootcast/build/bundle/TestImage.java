package io.bootcast.build.bundle;

import io.bootcast.index.ElementFacts;
import io.bootcast.index.FileFacts;
import io.bootcast.index.Index;
import io.bootcast.index.IndexWriter;
import io.bootcast.store.Digest;
import io.bootcast.store.LaunchList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A small image that is in no store: jars, packed files with links, files of a launch list. */
public final class TestImage {
    final LaunchList.Builder list = new LaunchList.Builder();
    final IndexWriter indexWriter = new IndexWriter(17);
    final Map<String, byte[]> blobs = new TreeMap<>();

    public TestImage() {
        list.set(LaunchList.CLASS_PATH, "lib/*")
                .set(LaunchList.MAIN, "example.Main")
                .set(LaunchList.JVM_VERSION, "17.0.15+6")
                .set(LaunchList.JVM_VENDOR, "Debian")
                .set(LaunchList.ARCHITECTURE, "amd64")
                .set(LaunchList.OPTION + "0000", "-Xmx1g");
    }

    /** An image of two jars and a file. */
    public static TestImage small() {
        return new TestImage()
                .jar("/app/a.jar", content(3000, 1))
                .jar("/app/b.jar", content(700, 2))
                .file("launch/class-path", "root/app/a.jar\nroot/app/b.jar\n".getBytes(StandardCharsets.UTF_8));
    }

    /** Half of it repeats itself, half does not. */
    public static byte[] content(int bytes, long seed) {
        byte[] content = new byte[bytes];
        new SplittableRandom(seed).nextBytes(content);
        for (int i = 0; i + 1 < bytes; i += 2) {
            content[i] = (byte) seed;
        }
        return content;
    }

    String blob(byte[] content) {
        String digest = Digest.hex(Digest.sha256().digest(content));
        blobs.put(digest, content);
        return digest;
    }

    public TestImage jar(String path, byte[] content) {
        return jar(path, "root".concat(path), content);
    }

    TestImage jar(String path, String mirror, byte[] content) {
        ElementFacts facts = new ElementFacts(ElementFacts.JAR, path, mirror);
        facts.blob(indexWriter.blob(Digest.bytes(blob(content)), content.length, 0));
        indexWriter.element(facts);
        return this;
    }

    /** A directory beside the class path with one link. */
    TestImage link(String directory, String name, String target) {
        byte[] pack = target.getBytes(StandardCharsets.UTF_8);
        ElementFacts facts = new ElementFacts(ElementFacts.FILES, directory, "root".concat(directory));
        facts.blob(indexWriter.blob(Digest.bytes(blob(pack)), pack.length, 0));
        facts.file(FileFacts.link(name, 0, pack.length));
        indexWriter.element(facts);
        return this;
    }

    public TestImage file(String name, byte[] content) {
        list.file(name, blob(content), content.length, false);
        return this;
    }

    byte[] indexBytes() {
        ByteBuffer buffer = indexWriter.finish();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** Ends the index; nothing can be added to it afterwards. */
    public Made make() {
        byte[] index = indexBytes();
        list.index(blob(index), index.length);
        return new Made(list.build(), index, blobs);
    }

    /** All that a writer takes. */
    public record Made(LaunchList list, byte[] index, Map<String, byte[]> blobs) {
        public Manifest manifest() {
            Index opened = Index.open(ByteBuffer.wrap(index), "test");
            List<String> archives = list.items().stream()
                    .filter(item -> item.name().equals("launch/archives"))
                    .flatMap(item -> new String(blobs.get(item.digest()), StandardCharsets.UTF_8).lines())
                    .toList();
            return ManifestMaker.make(list, opened, archives, Map.of("classes", 12L, "resources", 3L));
        }

        /** Writes the blobs below {@code directory} and packs them. */
        public Path write(Path target, Path directory, Compression compression) throws IOException {
            new BundleWriter(compression).write(target, list, manifest(), files(directory));
            return target;
        }

        BundleWriter.Blobs files(Path directory) throws IOException {
            Files.createDirectories(directory);
            for (Map.Entry<String, byte[]> blob : blobs.entrySet()) {
                Files.write(directory.resolve(blob.getKey()), blob.getValue());
            }
            return digest -> directory.resolve(digest);
        }
    }
}
