package io.bootcast.path;

import io.bootcast.fault.BootcastException;
import io.bootcast.index.ElementFacts;
import io.bootcast.index.FileFacts;
import io.bootcast.index.IndexWriter;
import io.bootcast.resolve.ElfLibrary;
import io.bootcast.resolve.FileSet;
import io.bootcast.resolve.FileStamp;
import io.bootcast.store.BlobWriter;
import io.bootcast.store.Digest;
import io.bootcast.store.Store;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/**
 * Copies what is not on the class path into root's store: large native libraries as a blob each, which needs no second copy on the nodes; all other files of a
 * directory packed into one. A file that cannot be read is left out: nobody may ever ask for it. For one thread.
 */
final class FilesReader {
    /** Unpacking a smaller library costs less than one more round of broadcasts. */
    private static final long SMALLEST_BLOB_BYTES = 1 << 20;

    private final RootReader root;
    private final Store store;
    private final Intake intake;
    private final IndexWriter index;
    private final Map<String, ElfLibrary> libraries = new HashMap<>();

    FilesReader(RootReader root, Store store, Intake intake, IndexWriter index) {
        this.root = root;
        this.store = store;
        this.intake = intake;
        this.index = index;
    }

    /** One element with the small files of {@code files}, one with each large library. Returns what those say that are ELF files. */
    Map<String, ElfLibrary> read(FileSet files) throws IOException {
        libraries.clear();
        boolean[] packed = new boolean[files.size()];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = files.stamp(i).sizeBytes() < SMALLEST_BLOB_BYTES || !FileSet.isLibraryName(files.name(i));
            if (!packed[i]) {
                readLibrary(files, i);
            }
        }
        readPacked(files, packed);
        return new HashMap<>(libraries);
    }

    private static ElementFacts element(FileSet files) {
        String directory = files.directory().toString();
        return new ElementFacts(ElementFacts.FILES, directory, "root" + directory);
    }

    private static File file(FileSet files, int i) {
        return new File(files.directory().toFile(), files.name(i));
    }

    private void readLibrary(FileSet files, int i) throws IOException {
        FileStamp stamp = files.stamp(i);
        String known = intake.known(stamp);
        if (!known.isEmpty()) {
            add(files, i, known, store.mapBlob(known));
            return;
        }
        try (BlobWriter blob = store.newBlob()) {
            MessageDigest sha = Digest.sha256();
            intake.copy(file(files, i), stamp, blob, sha);
            String digest = Digest.hex(sha.digest());
            ByteBuffer content = blob.content();
            store.publish(blob, digest, root.timeOf(stamp));
            add(files, i, digest, content);
        } catch (FileNotFoundException e) {
            root.note("left out: " + BootcastException.reason(e));
        }
    }

    private void add(FileSet files, int i, String digest, ByteBuffer content) {
        FileStamp stamp = files.stamp(i);
        intake.use(stamp, digest);
        ElementFacts element = element(files);
        element.blob(index.blob(Digest.bytes(digest), content.limit(), root.timeOf(stamp)));
        element.file(FileFacts.blob(files.name(i), content.limit(), root.timeOf(stamp)));
        index.element(element);
        look(files.name(i), content);
        root.offer(new Offer(digest, content.limit(), root.timeOf(stamp)));
    }

    private void look(String name, ByteBuffer content) {
        ElfLibrary library = ElfLibrary.read(content);
        if (library != ElfLibrary.NONE || FileSet.isLibraryName(name)) {
            libraries.put(name, library);
        }
    }

    private void readPacked(FileSet files, boolean[] packed) throws IOException {
        ElementFacts element = element(files);
        try (BlobWriter pack = store.newBlob()) {
            MessageDigest sha = Digest.sha256();
            long[] ends = new long[files.size()];
            long at = 0;
            for (int i = 0; i < ends.length; i++) {
                at += packed[i] ? append(files, i, at, element, pack, sha) : 0;
                ends[i] = at;
            }
            lookAt(files, ends, pack.content());
            String digest = Digest.hex(sha.digest());
            store.publish(pack, digest, 0);
            element.blob(index.blob(Digest.bytes(digest), at, 0));
            index.element(element);
            root.offer(new Offer(digest, at, 0));
        }
    }

    /** Returns the number of bytes that were added. */
    private long append(FileSet files, int i, long at, ElementFacts element, BlobWriter pack, MessageDigest sha)
            throws IOException {
        FileStamp stamp = files.stamp(i);
        if (!files.target(i).isEmpty()) {
            byte[] target = files.target(i).getBytes(StandardCharsets.UTF_8);
            Intake.append(target, pack, sha);
            element.file(FileFacts.link(files.name(i), at, target.length));
            return target.length;
        }
        if (files.isDirectory(i)) {
            element.file(FileFacts.file(files.name(i), at, 0, root.timeOf(stamp), /* executable= */ false));
            return 0;
        }
        try {
            long bytes = intake.copyMost(file(files, i), stamp.sizeBytes(), pack, sha);
            element.file(FileFacts.file(files.name(i), at, bytes, root.timeOf(stamp), stamp.isExecutable()));
            return bytes;
        } catch (FileNotFoundException e) {
            root.note("left out: " + BootcastException.reason(e));
            return 0;
        }
    }

    private void lookAt(FileSet files, long[] ends, ByteBuffer pack) {
        for (int i = 0; i < ends.length; i++) {
            long start = i == 0 ? 0 : ends[i - 1];
            if (ends[i] > start && files.target(i).isEmpty()) {
                look(files.name(i), pack.duplicate().limit((int) ends[i]).position((int) start));
            }
        }
    }
}
