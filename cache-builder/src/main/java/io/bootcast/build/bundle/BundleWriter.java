package io.bootcast.build.bundle;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.Index;
import io.bootcast.store.Digest;
import io.bootcast.store.ImageNames;
import io.bootcast.store.LaunchList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes bundles. The same launch list, manifest, blobs and compression give the same bytes, whatever the machine, its clock and the number of threads. */
public final class BundleWriter {
    private static final int READ_BYTES = 1 << 16;

    /** Where the content of blobs is. */
    @FunctionalInterface
    public interface Blobs {
        /** A file whose content has the SHA-256 {@code digest}. */
        Path file(String digest) throws IOException;
    }

    private final Compression compression;
    private final int threads;

    /** Packs by as many threads as there are processors. */
    public BundleWriter(Compression compression) {
        this(compression, Runtime.getRuntime().availableProcessors());
    }

    BundleWriter(Compression compression, int threads) {
        this.compression = compression;
        this.threads = threads;
    }

    /**
     * Writes the bundle to {@code target}, which appears as a whole or not at all, in place of what was there. Reads each blob once, and refuses one that is not what it is called,
     * as well as everything that {@link BundleReader} would refuse.
     *
     * @return its length in bytes
     */
    public long write(Path target, LaunchList list, Manifest manifest, Blobs blobs) throws IOException {
        if (compression.method() == Compression.Method.ZSTD) {
            ZstdLibrary.require();
        }
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        temporary.toFile().deleteOnExit(); // an interrupt from the keyboard ends the JVM
        try {
            long bytes = writeTemporary(temporary, list, manifest, blobs);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return bytes;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private long writeTemporary(Path temporary, LaunchList list, Manifest manifest, Blobs blobs) throws IOException {
        try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                Packer packer = new Packer(file, compression, threads)) {
            long announcedBytes = writeTar(packer, list, manifest, blobs);
            long bytes = packer.finish();
            if (announcedBytes > Announced.mostBytes(bytes)) {
                throw new BootcastException(
                        Fault.BUNDLE,
                        "bundle: nobody would unpack it, as almost all is repetition: found=" + announcedBytes
                                + " bytes in " + bytes + " expected=at most " + Announced.mostBytes(bytes)
                                + "; leave out what is empty, or use --compression none");
            }
            file.force(/* metaData= */ true);
            return bytes;
        }
    }

    private static long writeTar(Packer packer, LaunchList list, Manifest manifest, Blobs blobs) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(packer);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        Index index = index(list, blobs);
        ImageNames.require(index, list);
        LinkWatch links = new LinkWatch(index);
        Announced announced = new Announced(list);
        announced.add(index);

        putBytes(tar, BundleFormat.MANIFEST, manifest.toBytes());
        putBytes(tar, BundleFormat.LAUNCH, list.toBytes());
        tar.flush();
        packer.endPiece();
        for (String digest : announced.digests()) {
            putBlob(tar, digest, announced.lengthBytes(digest), blobs.file(digest), links);
        }
        tar.finish();
        tar.flush();
        return announced.bytes();
    }

    private static Index index(LaunchList list, Blobs blobs) throws IOException {
        Path file = blobs.file(list.indexDigest());
        return Index.open(ByteBuffer.wrap(Files.readAllBytes(file)), file.toString());
    }

    private static void putBytes(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        if (bytes.length > BundleFormat.MOST_HEAD_BYTES) {
            throw new BootcastException(
                    Fault.BUNDLE,
                    "bundle: too long: entry=" + name + " found=" + bytes.length + " bytes expected=at most "
                            + BundleFormat.MOST_HEAD_BYTES + "; leave out files");
        }
        tar.putArchiveEntry(entry(name, bytes.length));
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static void putBlob(
            TarArchiveOutputStream tar, String digest, long expectedBytes, Path file, LinkWatch links)
            throws IOException {
        tar.putArchiveEntry(entry(BundleFormat.BLOBS + digest, expectedBytes));
        links.begin(digest);
        MessageDigest sha = Digest.sha256();
        long bytes = 0;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[READ_BYTES];
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                bytes += got;
                if (bytes > expectedBytes) {
                    throw changed(file, "more than " + expectedBytes + " bytes", expectedBytes + " bytes");
                }
                sha.update(buffer, 0, got);
                links.see(buffer, 0, got);
                tar.write(buffer, 0, got);
            }
        }
        String found = Digest.hex(sha.digest());
        if (bytes != expectedBytes || !found.equals(digest)) {
            throw changed(file, bytes + " bytes " + found, expectedBytes + " bytes " + digest);
        }
        tar.closeArchiveEntry();
    }

    private static BootcastException changed(Path file, String found, String expected) {
        return new BootcastException(
                Fault.BUNDLE,
                "bundle: a file changed while it was packed: file=" + file + " found=" + found + " expected=" + expected
                        + "; build again");
    }

    private static TarArchiveEntry entry(String name, long lengthBytes) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(lengthBytes);
        entry.setMode(BundleFormat.MODE);
        entry.setIds(0, 0);
        entry.setUserName("");
        entry.setGroupName("");
        entry.setModTime(TimeUnit.SECONDS.toMillis(BundleFormat.MTIME_SECONDS));
        return entry;
    }
}
