package io.bootcast.build.bundle;

import io.bootcast.fault.BootcastException;
import io.bootcast.index.Index;
import io.bootcast.path.BundleFile;
import io.bootcast.store.Digest;
import io.bootcast.store.ImageNames;
import io.bootcast.store.LaunchList;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a bundle from front to back, once, by threads of its own. What comes out of it is what launch list and index announce, in names and lengths, and can be laid out as an
 * image; that a blob's bytes are those of its digest is for the caller to see. Memory: a piece per processor (four at most) and five more, manifest, launch list and index.
 */
public final class BundleReader implements BundleFile {
    private static final int FILE_BUFFER_BYTES = 1 << 16;
    private static final int MOST_THREADS = 4;

    private final Refusal refusal;
    private final long fileBytes;
    private final Unpacker unpacker;
    private final TarEntries entries;
    private byte[] manifest = new byte[0];
    private byte[] launchList = new byte[0];
    private @Nullable Announced announced;
    private @Nullable LinkWatch links;
    private ByteArrayInputStream index = new ByteArrayInputStream(new byte[0]);
    private Iterator<String> others = List.<String>of().iterator();
    private boolean atIndex;

    /**
     * Opens {@code file} and starts to read. Loads zstd's native library if it needs it.
     *
     * @throws BootcastException with {@link io.bootcast.fault.Fault#BUNDLE} if there is none, or it is no bundle
     */
    public BundleReader(File file) throws IOException {
        Path path = file.toPath();
        this.refusal = new Refusal(path);
        BufferedInputStream in;
        if (Files.isDirectory(path)) {
            throw refusal.of("there is none", "a directory", "a bundle");
        }
        try {
            this.fileBytes = Files.size(path);
            in = new BufferedInputStream(Files.newInputStream(path), FILE_BUFFER_BYTES);
        } catch (NoSuchFileException e) {
            throw refusal.of("there is none", "no such file", "a bundle", e);
        }
        try {
            int processors = Runtime.getRuntime().availableProcessors();
            this.unpacker = new Unpacker(in, refusal, Math.min(processors, MOST_THREADS));
        } catch (Throwable e) {
            in.close();
            throw e;
        }
        this.entries = new TarEntries(unpacker, refusal);
    }

    /** The bytes of its {@link Manifest}. Reads no further than the launch list. */
    public byte[] manifest() throws IOException {
        readHead();
        return manifest.clone();
    }

    @Override
    public byte[] launchList() throws IOException {
        readHead();
        return launchList.clone();
    }

    private Announced readHead() throws IOException {
        if (announced != null) {
            return announced;
        }
        entries.next(BundleFormat.MANIFEST, BundleFormat.MOST_HEAD_BYTES);
        manifest = entries.readAll();
        String expectedDigest = inside(() -> Manifest.launchDigest(manifest));
        entries.next(BundleFormat.LAUNCH, BundleFormat.MOST_HEAD_BYTES);
        launchList = entries.readAll();
        String digest = Digest.hex(Digest.sha256().digest(launchList));
        if (!digest.equals(expectedDigest)) {
            throw refusal.of("the launch list is not the manifest's", digest, expectedDigest);
        }
        Announced found = inside(() -> new Announced(LaunchList.of(launchList)));
        requireHonest(found);
        announced = found;
        return found;
    }

    private void requireHonest(Announced found) {
        long most = Announced.mostBytes(fileBytes);
        if (found.bytes() > most) {
            throw refusal.of(
                    "it announces more than a file of " + fileBytes + " bytes can honestly hold",
                    found.bytes() + " bytes",
                    "at most " + most);
        }
    }

    /** What a part says, with the bundle's name in the message if it is refused. */
    private <T> T inside(Supplier<T> part) {
        try {
            return part.get();
        } catch (BootcastException e) {
            throw refusal.of(e);
        }
    }

    @Override
    public String next() throws IOException {
        Announced blobs = readHead();
        if (links == null) {
            return openIndex(blobs);
        }
        atIndex = false;
        skipRest();
        if (!others.hasNext()) {
            entries.requireEnd();
            return "";
        }
        String digest = others.next();
        openBlob(digest, blobs.lengthBytes(digest));
        links.begin(digest);
        return digest;
    }

    private void openBlob(String digest, long expectedBytes) throws IOException {
        long found = entries.next(BundleFormat.BLOBS + digest, expectedBytes);
        if (found != expectedBytes) {
            throw refusal.of("the length of " + BundleFormat.BLOBS + digest, found + " bytes", expectedBytes);
        }
    }

    /** Looks through it before anybody gets a blob. */
    private String openIndex(Announced blobs) throws IOException {
        String digest = blobs.digests().get(0);
        if (blobs.lengthBytes(digest) > BundleFormat.MOST_INDEX_BYTES) {
            throw refusal.of(
                    "the length of the index", blobs.lengthBytes(digest), "at most " + BundleFormat.MOST_INDEX_BYTES);
        }
        openBlob(digest, blobs.lengthBytes(digest));
        byte[] bytes = entries.readAll();
        String found = Digest.hex(Digest.sha256().digest(bytes));
        if (!found.equals(digest)) {
            throw refusal.of("the index is damaged", found, digest);
        }
        links = inside(() -> {
            Index opened = Index.open(ByteBuffer.wrap(bytes), "index of " + refusal.file());
            ImageNames.require(opened, LaunchList.of(launchList));
            blobs.add(opened);
            return new LinkWatch(opened);
        });
        requireHonest(blobs);
        others = blobs.digests().listIterator(1);
        index = new ByteArrayInputStream(bytes);
        atIndex = true;
        return digest;
    }

    private void skipRest() throws IOException {
        byte[] buffer = new byte[FILE_BUFFER_BYTES];
        int got = 0;
        while (got >= 0) {
            got = read(buffer, 0, buffer.length);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (atIndex) {
            return index.read(bytes, offset, length);
        }
        int got = entries.read(bytes, offset, length);
        if (got > 0 && links != null) {
            try {
                links.see(bytes, offset, got);
            } catch (BootcastException e) {
                throw refusal.of(e);
            }
        }
        return got;
    }

    @Override
    public void close() throws IOException {
        unpacker.close();
    }
}
