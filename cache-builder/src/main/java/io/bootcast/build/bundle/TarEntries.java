package io.bootcast.build.bundle;

import io.bootcast.fault.BootcastException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncoding;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;

/**
 * Goes through a tar that may hold plain regular files only. Commons Compress takes the headers apart; its stream is not used, because it follows extended headers, long names and
 * sparse maps before anybody could refuse them. For one thread.
 */
final class TarEntries {
    private static final ZipEncoding UTF_8 = ZipEncodingHelper.getZipEncoding(StandardCharsets.UTF_8.name());
    private static final int SKIP_BYTES = 1 << 16;

    private final InputStream tar;
    private final Refusal refusal;
    private String name = "";
    private long leftBytes;
    private int paddingBytes;

    TarEntries(InputStream tar, Refusal refusal) {
        this.tar = tar;
        this.refusal = refusal;
    }

    /** Goes on to the next entry, which must be the regular file {@code expected} of at most {@code mostBytes}; returns its length. */
    long next(String expected, long mostBytes) throws IOException {
        skipRest();
        byte[] header = tar.readNBytes(BundleFormat.TAR_RECORD_BYTES);
        if (header.length < BundleFormat.TAR_RECORD_BYTES) {
            throw cutShort(expected);
        }
        if (isZero(header)) {
            throw refusal.of("an entry is missing", "the end", expected);
        }
        TarArchiveEntry entry = parsed(header);
        if (!entry.isCheckSumOK()) {
            throw refusal.of("a header is damaged", "checksum of " + entry.getName(), "the header of " + expected);
        }
        if (entry.getLinkFlag() != TarConstants.LF_NORMAL || entry.isDirectory()) {
            throw refusal.of("an entry is no regular file", type(entry), expected);
        }
        if (!entry.getName().equals(expected)) {
            throw refusal.of("an entry is not the one announced", entry.getName(), expected);
        }
        if (entry.getSize() < 0 || entry.getSize() > mostBytes) {
            throw refusal.of("the length of " + expected, entry.getSize() + " bytes", "at most " + mostBytes);
        }
        name = expected;
        leftBytes = entry.getSize();
        paddingBytes = (int) (-leftBytes & BundleFormat.TAR_RECORD_BYTES - 1);
        return leftBytes;
    }

    private TarArchiveEntry parsed(byte[] header) {
        try {
            return new TarArchiveEntry(header, UTF_8, /* lenient= */ false);
        } catch (IOException | RuntimeException e) {
            throw refusal.of("a header is damaged", BootcastException.reason(e), "a tar header", e);
        }
    }

    private static String type(TarArchiveEntry entry) {
        int flag = entry.getLinkFlag() & 0xFF;
        String type = flag > ' ' && flag < 0x7F ? "type " + (char) flag : "type code " + flag;
        String target = entry.getLinkName().isEmpty() ? "" : " -> " + entry.getLinkName();
        return entry.getName() + " (" + type + ")" + target;
    }

    /** Reads of the entry's content; -1 at its end. */
    int read(byte[] bytes, int offset, int length) throws IOException {
        if (leftBytes == 0) {
            return -1;
        }
        int got = tar.read(bytes, offset, (int) Math.min(length, leftBytes));
        if (got < 0) {
            throw cutShort(name);
        }
        leftBytes -= got;
        return got;
    }

    /** What is left of the entry's content, which {@link #next} has found not too long for memory. */
    byte[] readAll() throws IOException {
        byte[] bytes = tar.readNBytes((int) leftBytes);
        if (bytes.length < leftBytes) {
            throw cutShort(name);
        }
        leftBytes = 0;
        return bytes;
    }

    private void skipRest() throws IOException {
        byte[] buffer = new byte[SKIP_BYTES];
        while (leftBytes > 0) {
            read(buffer, 0, buffer.length);
        }
        byte[] padding = tar.readNBytes(paddingBytes);
        if (padding.length < paddingBytes) {
            throw cutShort(name);
        }
        paddingBytes = 0;
        if (!isZero(padding)) {
            throw refusal.of("something is hidden", "bytes behind " + name, "zeros");
        }
    }

    /** Refuses whatever is not the end of the archive, and of the file. */
    void requireEnd() throws IOException {
        skipRest();
        byte[] end = tar.readNBytes(BundleFormat.MOST_END_BYTES + 1);
        if (isZero(end) && end.length < 2 * BundleFormat.TAR_RECORD_BYTES) {
            throw cutShort("its end");
        }
        if (end.length > BundleFormat.MOST_END_BYTES || !isZero(end)) {
            throw refusal.of("there is more than its launch list and index announce", "more", "the end");
        }
    }

    private BootcastException cutShort(String where) {
        return refusal.of("it is cut short", "the end of the file", where);
    }

    private static boolean isZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
