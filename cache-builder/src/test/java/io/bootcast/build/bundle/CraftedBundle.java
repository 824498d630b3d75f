package io.bootcast.build.bundle;

import io.bootcast.build.bundle.TestImage.Made;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A bundle as somebody could make it who wants to do harm: an honest one's entries, of which some are changed before they are packed. */
final class CraftedBundle {
    private final List<Entry> entries = new ArrayList<>();
    private byte[] end = new byte[0];

    record Entry(TarArchiveEntry header, byte[] content) {}

    CraftedBundle(Made made) {
        add(BundleFormat.MANIFEST, made.manifest().toBytes());
        add(BundleFormat.LAUNCH, made.list().toBytes());
        add(BundleFormat.BLOBS + made.list().indexDigest(), made.index());
        made.blobs().forEach((digest, content) -> {
            if (!digest.equals(made.list().indexDigest())) {
                add(BundleFormat.BLOBS + digest, content);
            }
        });
    }

    CraftedBundle add(String name, byte[] content) {
        entries.add(entry(name, TarConstants.LF_NORMAL, "", content));
        return this;
    }

    static Entry entry(String name, byte type, String target, byte[] content) {
        TarArchiveEntry header = new TarArchiveEntry(name, type, /* preserveAbsolutePath= */ true);
        header.setSize(content.length);
        header.setLinkName(target);
        return new Entry(header, content);
    }

    String name(int number) {
        return entries.get(number).header.getName();
    }

    byte[] content(int number) {
        return entries.get(number).content;
    }

    CraftedBundle replace(int number, Entry entry) {
        entries.set(number, entry);
        return this;
    }

    CraftedBundle replace(int number, byte[] content) {
        return replace(number, entry(name(number), TarConstants.LF_NORMAL, "", content));
    }

    CraftedBundle insert(int number, Entry entry) {
        entries.add(number, entry);
        return this;
    }

    CraftedBundle remove(int number) {
        entries.remove(number);
        return this;
    }

    CraftedBundle swap(int one, int other) {
        Collections.swap(entries, one, other);
        return this;
    }

    /** What comes after the archive's end. */
    CraftedBundle end(byte[] bytes) {
        end = bytes;
        return this;
    }

    byte[] tar() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            for (Entry entry : entries) {
                tar.putArchiveEntry(entry.header);
                tar.write(entry.content);
                tar.closeArchiveEntry();
            }
        }
        out.writeBytes(end);
        return out.toByteArray();
    }

    Path write(Path file, String compression) throws IOException {
        return write(file, compression, tar());
    }

    static Path write(Path file, String compression, byte[] tar) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < tar.length; at += BundleFormat.PIECE_BYTES) {
            byte[] piece = Arrays.copyOfRange(tar, at, Math.min(tar.length, at + BundleFormat.PIECE_BYTES));
            ByteBuffer packed = Compression.of(compression).pack(piece, piece.length);
            out.write(packed.array(), packed.position(), packed.remaining());
        }
        return Files.write(file, out.toByteArray());
    }
}
