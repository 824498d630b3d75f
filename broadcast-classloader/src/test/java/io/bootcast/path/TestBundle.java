package io.bootcast.path;

import io.bootcast.index.Index;
import io.bootcast.store.Digest;
import io.bootcast.store.LaunchList;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A bundle in memory: what a reader of packed files gives for a class path and some files. Its file on disk only has a name and a stamp. */
final class TestBundle implements Bundles {
    final AtomicInteger opened = new AtomicInteger();

    /** The images that were shown to it. */
    final List<File> staged = Collections.synchronizedList(new ArrayList<>());

    /** The blobs in the order in which they are read; tests change it. */
    final Map<String, byte[]> blobs = new LinkedHashMap<>();

    final Path file;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final LaunchList.Builder files = new LaunchList.Builder();

    /** Of the image that {@code cluster}'s host 0 makes of these elements. */
    TestBundle(Cluster cluster, Object... classPath) throws IOException {
        Settings plain = Cluster.settings(classPath);
        plain.fixedTimes = true;
        plain.keep = true;
        String image = Cluster.values(cluster.run(plain)).get(0).outcome;
        Path store = cluster.store(0);
        byte[] index = Files.readAllBytes(store.resolve("images/" + image + "/index"));
        blobs.put(digest(index), index);
        files.index(digest(index), index.length);
        Index read = Index.open(ByteBuffer.wrap(index), "test");
        for (int blob = 0; blob < read.blobCount(); blob++) {
            String digest = Digest.hex(read.blobDigest(blob));
            blobs.put(digest, Files.readAllBytes(store.resolve("blobs/" + digest)));
        }
        cluster.clean();
        for (String key : List.of(LaunchList.JVM_VERSION, LaunchList.JVM_VENDOR, LaunchList.ARCHITECTURE)) {
            settings.put(key, System.getProperty(key));
        }
        settings.put(LaunchList.CLASS_PATH, plain.classPath);
        file = cluster.directory.resolve("app.bundle");
        Files.writeString(file, "bundle");
    }

    static String digest(byte[] bytes) {
        MessageDigest sha = Digest.sha256();
        sha.update(bytes);
        return Digest.hex(sha.digest());
    }

    TestBundle set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    TestBundle file(String name, String text, boolean executable) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        blobs.put(digest(bytes), bytes);
        files.file(name, digest(bytes), bytes.length, executable);
        return this;
    }

    TestBundle link(String name, String target) {
        files.link(name, target);
        return this;
    }

    Settings settings() {
        Settings bundled = new Settings();
        bundled.bundle = file.toString();
        bundled.keep = true;
        return bundled;
    }

    @Override
    public BundleFile open(File asked) {
        opened.incrementAndGet();
        if (!asked.equals(file.toFile())) {
            throw new AssertionError("asked for another bundle: " + asked);
        }
        settings.forEach(files::set);
        List<String> order = new ArrayList<>(blobs.keySet());
        return new BundleFile() {
            private int next;
            private ByteBuffer current = ByteBuffer.allocate(0);

            @Override
            public byte[] launchList() {
                return files.build().toBytes();
            }

            @Override
            public String next() {
                if (next == order.size()) {
                    return "";
                }
                current = ByteBuffer.wrap(blobs.get(order.get(next)));
                return order.get(next++);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                if (!current.hasRemaining()) {
                    return -1;
                }
                int count = Math.min(length, current.remaining());
                current.get(bytes, offset, count);
                return count;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void staged(File image) {
        staged.add(image);
    }

    /** Puts other bytes under the digest of the blob that holds {@code path}'s content now. */
    void alter(Path path) {
        try {
            byte[] bytes = Files.readAllBytes(path);
            byte[] other = bytes.clone();
            other[other.length / 2] ^= 1;
            blobs.put(digest(bytes), other);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
