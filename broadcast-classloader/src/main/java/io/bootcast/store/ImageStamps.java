package io.bootcast.store;

import io.bootcast.index.ElementFacts;
import io.bootcast.index.Index;
import io.bootcast.resolve.FileStamp;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The stamps of an image's files: the cheap proof that nobody has touched them since they were checked. A stamp also changes when another image links
 * to the same blob; then the file is hashed once more and its new stamp recorded.
 */
final class ImageStamps {
    private final Store store;
    private final File home;

    ImageStamps(Store store, File home) {
        this.store = store;
        this.home = home;
    }

    /** Records the stamps as they are now. */
    void write(Index index) throws IOException {
        store.replace(new File(home, "stamps"), text(index));
    }

    private String text(Index index) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(FileStamp.of(new File(home, "index").toPath()).text()).append('\n');
        for (int element = 0; element < index.elementCount(); element++) {
            if (index.blobOf(element) >= 0) {
                text.append(FileStamp.of(file(index, element).toPath()).text()).append('\n');
            }
        }
        return text.toString();
    }

    private File file(Index index, int element) {
        return new File(home, index.kind(element) == ElementFacts.JAR ? index.mirrorPath(element) : "packs/" + element);
    }

    /** True if no file has changed. One system call per file. */
    boolean agree() throws IOException {
        File file = new File(home, "index");
        String recorded = StoreFiles.text(new File(home, "stamps"));
        if (!recorded.startsWith(FileStamp.of(file.toPath()).text() + "\n")) {
            return false; // an index that may be damaged is not opened
        }
        Index index = Index.open(StoreFiles.open(file), file.getPath());
        return text(index).equals(recorded);
    }

    /** Hashes every file; records the stamps and returns true if all are right, else removes the blobs that are not. */
    boolean checkAgain() throws IOException {
        File file = new File(home, "index");
        String indexDigest = hash(file);
        if (!home.getName().equals(Store.imageId(indexDigest))) {
            store.removeIndex(home.getName());
            return false;
        }
        Index index = Index.open(StoreFiles.open(file), file.getPath());
        boolean right = true;
        for (int element = 0; element < index.elementCount(); element++) {
            if (index.blobOf(element) >= 0) {
                String expected = Digest.hex(index.blobDigest(index.blobOf(element)));
                if (!hash(file(index, element)).equals(expected)) {
                    store.blob(expected).delete();
                    right = false;
                }
            }
        }
        if (right) {
            write(index);
        }
        return right;
    }

    private static String hash(File file) throws IOException {
        if (!file.exists()) {
            return "";
        }
        ByteBuffer content = StoreFiles.open(file);
        MessageDigest digest = Digest.sha256();
        digest.update(content);
        return Digest.hex(digest.digest());
    }
}
