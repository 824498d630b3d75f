package io.bootcast.store;

import io.bootcast.index.ElementFacts;
import io.bootcast.index.IndexWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.stream.Stream;

/** Puts blobs and small images into a store. */
public final class StoreContent {
    private StoreContent() {}

    static Store open(Path directory, Locks locks) {
        return Store.open(new StorePlace(), directory.toString(), Map.of(), locks);
    }

    /** Publishes {@code content} and returns its digest. */
    static String blob(Store store, byte[] content) throws IOException {
        MessageDigest sha = Digest.sha256();
        sha.update(content);
        String digest = Digest.hex(sha.digest());
        try (BlobWriter writer = store.newBlob()) {
            writer.write(content, 0, content.length);
            store.publish(writer, digest, 0);
        }
        return digest;
    }

    /** Publishes the index of an image with one jar per content, named {@code /app/0.jar} and so on; returns the index's digest. */
    static String index(Store store, byte[]... contents) throws IOException {
        IndexWriter index = new IndexWriter(17);
        for (int i = 0; i < contents.length; i++) {
            String digest = blob(store, contents[i]);
            ElementFacts facts = new ElementFacts(ElementFacts.JAR, "/app/" + i + ".jar", "root/app/" + i + ".jar");
            facts.blob(index.blob(Digest.bytes(digest), contents[i].length, 0));
            index.element(facts);
        }
        ByteBuffer bytes = index.finish();
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        return blob(store, content);
    }

    /** Gives up what {@code locks} still holds on the store at {@code directory}, as the end of a process does. */
    public static void endOfProcess(Path directory, Locks locks) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(StoreContent::isLock).toList()) {
                    boolean gone = false;
                    while (!gone) {
                        gone = locks.release(file.toFile());
                    }
                }
            }
        }
    }

    private static boolean isLock(Path file) {
        return file.endsWith("busy") || file.endsWith("lease");
    }

    /** The content of the image's jar number {@code element}. */
    static byte[] jar(Image image, int element) {
        ByteBuffer bytes = image.bytes(element).duplicate();
        byte[] content = new byte[bytes.limit()];
        bytes.position(0).get(content);
        return content;
    }

    /** Bytes that differ by {@code seed}. */
    static byte[] content(int bytes, int seed) {
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            content[i] = (byte) (i * 31 + (i >> 8) + seed);
        }
        return content;
    }
}
