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

    /**
     * Records the stamps as they are now.
     *
     * @param list null for an image without a launch list
     */
    void write(Index index, LaunchList list) throws IOException {
        store.replace(new File(home, "stamps"), text(index, list));
    }

    private String text(Index index, LaunchList list) throws IOException {
        StringBuilder text = new StringBuilder(heads());
        for (int element = 0; element < index.elementCount(); element++) {
            if (index.blobOf(element) >= 0) {
                text.append(stamp(file(index, element)));
            }
        }
        if (list != null) {
            for (LaunchList.Item item : list.items()) {
                text.append(item.isLink() ? "" : stamp(new File(home, item.name())));
            }
        }
        return text.toString();
    }

    /** The stamps of the two files that say what the others are; of the launch list also where there is none. */
    private String heads() throws IOException {
        return stamp(new File(home, LaunchFiles.LIST)) + stamp(new File(home, "index"));
    }

    private static String stamp(File file) throws IOException {
        return FileStamp.of(file.toPath()).text() + "\n";
    }

    /** Null if the image has none. */
    private LaunchList list() throws IOException {
        File file = new File(home, LaunchFiles.LIST);
        return file.exists() ? LaunchList.of(StoreFiles.bytes(StoreFiles.open(file))) : null;
    }

    private File file(Index index, int element) {
        return new File(home, index.kind(element) == ElementFacts.JAR ? index.mirrorPath(element) : "packs/" + element);
    }

    /** True if no file has changed. One system call per file. */
    boolean agree() throws IOException {
        String recorded = StoreFiles.text(new File(home, "stamps"));
        if (!recorded.startsWith(heads())) {
            return false; // an index or a list that may be damaged is not opened
        }
        File file = new File(home, "index");
        Index index = Index.open(StoreFiles.open(file), file.getPath());
        return text(index, list()).equals(recorded);
    }

    /** Hashes every file; records the stamps and returns true if all are right, else removes the blobs that are not. */
    boolean checkAgain() throws IOException {
        File file = new File(home, "index");
        File listFile = new File(home, LaunchFiles.LIST);
        String head = hash(listFile.exists() ? listFile : file);
        if (!home.getName().equals(Store.imageId(head))) {
            store.removeHead(home.getName());
            return false;
        }
        LaunchList list = list();
        if (list != null && !isRight(file, list.indexDigest())) {
            return false;
        }
        Index index = Index.open(StoreFiles.open(file), file.getPath());
        boolean right = true;
        for (int element = 0; element < index.elementCount(); element++) {
            if (index.blobOf(element) >= 0) {
                right &= isRight(file(index, element), Digest.hex(index.blobDigest(index.blobOf(element))));
            }
        }
        if (list != null) {
            for (LaunchList.Item item : list.items()) {
                right &= item.isLink() || isRight(new File(home, item.name()), item.digest());
            }
        }
        if (right) {
            write(index, list);
        }
        return right;
    }

    /** False if the file is not what its digest says; its blob is removed then. */
    private boolean isRight(File file, String expected) throws IOException {
        boolean right = hash(file).equals(expected);
        if (!right) {
            store.blob(expected).delete();
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
