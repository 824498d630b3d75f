package io.bootcast.path;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.ElementFacts;
import io.bootcast.index.Index;
import io.bootcast.resolve.DirectoryTree;
import io.bootcast.resolve.FileStamp;
import io.bootcast.resolve.Sightings;
import io.bootcast.store.Digest;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether the jars and directories that a bundle was built from are still what they were: one {@code stat} per jar, and a hash of those whose stamp is not the one that
 * was noted beside the bundle. What does not exist here is not checked.
 */
final class Sources {
    private static final int READ_BYTES = 1 << 20;

    private final File bundle;
    private final RootReader root;
    private final List<String> proofs = new ArrayList<>();

    Sources(File bundle, RootReader root) {
        this.bundle = bundle;
        this.root = root;
    }

    /** Lines for {@link io.bootcast.resolve.Sightings#isUnchanged}, one per source that exists. */
    List<String> proofs() {
        return proofs;
    }

    /**
     * Compares all of them with what {@code index} says.
     *
     * @throws BootcastException with {@link Fault#BUNDLE} that names the first of those that have changed
     */
    void require(Index index) throws IOException {
        Set<String> noted = SourceStamps.read(bundle);
        String changed = "";
        int count = 0;
        int unchecked = 0;
        for (int element = 0; element < index.elementCount(); element++) {
            if (!SourceStamps.isSource(index, element)) {
                continue;
            }
            String path = index.originalPath(element);
            if (!new File(path).exists()) {
                proofs.add(Sightings.fileLine(path, FileStamp.MISSING));
                unchecked++;
            } else if (!isSame(index, element, noted)) {
                changed = count++ == 0 ? path : changed;
            }
        }
        if (count > 0) {
            throw new BootcastException(
                    Fault.BUNDLE,
                    "the bundle is stale: file=" + changed + " has changed since it was built"
                            + (count == 1 ? "" : ", and " + (count - 1) + " more") + "; build it again");
        }
        if (unchecked > 0) {
            root.note("sources of the bundle that do not exist here, not checked: " + unchecked);
        }
    }

    private boolean isSame(Index index, int element, Set<String> noted) throws IOException {
        String proof = SourceStamps.proof(index, element);
        proofs.add(proof);
        if (noted.contains(SourceStamps.line(index, element, proof))) {
            return true;
        }
        String path = index.originalPath(element);
        String digest = Digest.hex(index.blobDigest(index.blobOf(element)));
        return index.kind(element) == ElementFacts.JAR
                ? isLike(new File(path), index.blobBytes(index.blobOf(element)))
                        && hash(new File(path)).equals(digest)
                : isSame(index, element, SourceStamps.tree(path), digest);
    }

    /** A bundle says what root reads: nothing that has no end. */
    private static boolean isLike(File jar, long lengthBytes) {
        return jar.isFile() && jar.length() == lengthBytes;
    }

    private String hash(File jar) throws IOException {
        MessageDigest sha = Digest.sha256();
        add(jar, sha);
        return Digest.hex(sha.digest());
    }

    private boolean isSame(Index index, int element, DirectoryTree tree, String digest) throws IOException {
        MessageDigest sha = Digest.sha256();
        for (String name : tree.names()) {
            if (!isIn(index, element, name)) {
                return false;
            }
            if (!name.isEmpty() && !name.endsWith("/")) {
                add(new File(index.originalPath(element), name), sha);
            }
        }
        return Digest.hex(sha.digest()).equals(digest);
    }

    private static boolean isIn(Index index, int element, String name) {
        int entry = index.find(name);
        for (int i = 0; entry != 0 && i < index.placeCount(entry); i++) {
            if (index.element(index.place(entry, i)) == element) {
                return true;
            }
        }
        return false;
    }

    private void add(File file, MessageDigest sha) throws IOException {
        byte[] buffer = new byte[READ_BYTES];
        try (FileInputStream in = new FileInputStream(file)) {
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                sha.update(buffer, 0, count);
                root.moved(file.getPath());
            }
        }
    }
}
