package io.bootcast.path;

import io.bootcast.resolve.FileStamp;
import io.bootcast.store.BlobWriter;
import io.bootcast.store.Digest;
import io.bootcast.store.Store;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/** Reads files into root's store, each from start to end, and knows the digests of those that it need not read. For one thread. */
final class Intake {
    private static final int READ_BYTES = 1 << 20;

    private final RootReader root;
    private final Store store;
    private final Steps steps;
    private final Map<String, String> digests = new HashMap<>();
    private final Map<String, String> used = new HashMap<>();
    private final byte[] buffer = new byte[READ_BYTES];

    Intake(RootReader root, Store store, Steps steps) throws IOException {
        this.root = root;
        this.store = store;
        this.steps = steps;
        for (String line : store.recall("digests").split("\n")) {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                digests.put(line.substring(0, blank), line.substring(blank + 1));
            }
        }
    }

    /** Remembers the digests of the files that travel now. */
    void rememberDigests() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> entry : used.entrySet()) {
            text.append(entry.getKey()).append(' ').append(entry.getValue()).append('\n');
        }
        store.remember("digests", text.toString());
    }

    /** The digest of the file with this stamp if it is known and its blob is in the store and right, else empty. */
    String known(FileStamp stamp) {
        String digest = digests.get(stamp.text());
        return digest != null && isIntact(digest) ? digest : "";
    }

    private boolean isIntact(String digest) {
        if (!store.hasBlob(digest)) {
            return false;
        }
        MessageDigest sha = Digest.sha256();
        sha.update(store.mapBlob(digest));
        return Digest.hex(sha.digest()).equals(digest);
    }

    /** A file with this stamp has this digest. */
    void use(FileStamp stamp, String digest) {
        used.put(stamp.text(), digest);
    }

    /** Appends {@code file}, which must have the length that {@code stamp} says. */
    void copy(File file, FileStamp stamp, BlobWriter blob, MessageDigest sha) throws IOException {
        long total = copyMost(file, Long.MAX_VALUE, blob, sha);
        if (total != stamp.sizeBytes()) {
            throw new IOException("file changes while it is read: file=" + file + " bytes=" + total + " expected="
                    + stamp.sizeBytes());
        }
    }

    /** Appends at most {@code most} bytes of {@code file} and returns how many it had. */
    long copyMost(File file, long most, BlobWriter blob, MessageDigest sha) throws IOException {
        long total = 0;
        root.moved(file.getPath());
        try (FileInputStream in = new FileInputStream(file)) {
            for (int count = in.read(buffer); count > 0 && total < most; count = in.read(buffer)) {
                int taken = (int) Math.min(count, most - total);
                blob.write(buffer, 0, taken);
                sha.update(buffer, 0, taken);
                total += taken;
                root.moved(file.getPath());
            }
        }
        steps.read(1, total);
        return total;
    }

    /** Appends {@code bytes} that are in no file. */
    static void append(byte[] bytes, BlobWriter blob, MessageDigest sha) throws IOException {
        blob.write(ByteBuffer.wrap(bytes));
        sha.update(bytes);
    }
}
