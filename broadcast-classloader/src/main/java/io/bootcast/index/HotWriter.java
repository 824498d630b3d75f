package io.bootcast.index;

import static io.bootcast.index.HotFormat.*;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds a hot blob for one index: classes in load order, then {@link #write}. The same calls give the same bytes. For one thread. */
public final class HotWriter {
    private static final int COPY_BYTES = 8192;

    private final Index index;
    private final int mostBytes;
    private final Map<Integer, ByteBuffer> contents = new LinkedHashMap<>();
    private long contentBytes;

    public HotWriter(Index index) {
        this(index, MOST_BYTES);
    }

    /** @param mostBytes the longest file that may become of it */
    HotWriter(Index index, int mostBytes) {
        this.index = index;
        this.mostBytes = mostBytes;
    }

    /**
     * Adds the content of a place, from the buffer's position to its limit; the bytes must not change before {@link #write}. Returns false, and leaves it out, if it is there
     * already, or no longer fits into a file of this format.
     */
    public boolean add(int place, ByteBuffer content) {
        long length = contentAt(slotCount(contents.size() + 1)) + contentBytes + content.remaining();
        if (length > mostBytes || contents.containsKey(place)) {
            return false;
        }
        contents.put(place, content.duplicate());
        contentBytes += content.remaining();
        return true;
    }

    /** The number of classes that were added. */
    public int classCount() {
        return contents.size();
    }

    /** The length of all of them together. */
    public long contentBytes() {
        return contentBytes;
    }

    private static int slotCount(int classes) {
        int slotCount = SMALLEST_SLOT_COUNT;
        while (slotCount < classes * 2L) {
            slotCount *= 2;
        }
        return slotCount;
    }

    private static long contentAt(int slotCount) {
        return HEADER_BYTES + (long) slotCount * SLOT_BYTES;
    }

    /** Writes the whole file. */
    public void write(OutputStream out) throws IOException {
        out.write(head());
        byte[] copy = new byte[COPY_BYTES];
        for (ByteBuffer content : contents.values()) {
            ByteBuffer rest = content.duplicate();
            while (rest.hasRemaining()) {
                int count = Math.min(copy.length, rest.remaining());
                rest.get(copy, 0, count);
                out.write(copy, 0, count);
            }
        }
    }

    /** Header and slots. */
    private byte[] head() {
        int slotCount = slotCount(contents.size());
        int at = (int) contentAt(slotCount);
        ByteBuffer head = ByteBuffer.allocate(at).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(SLOT_COUNT_AT, slotCount).putInt(CLASS_COUNT_AT, contents.size());
        head.putInt(FINGERPRINT_AT, index.fingerprint());
        HotBlob.HEADER.write(head, at + contentBytes);
        for (Map.Entry<Integer, ByteBuffer> entry : contents.entrySet()) {
            int slot = slotOf(entry.getKey(), slotCount);
            while (head.getInt(HEADER_BYTES + slot * SLOT_BYTES) != 0) {
                slot = slot + 1 & slotCount - 1;
            }
            int length = entry.getValue().remaining();
            int slotAt = HEADER_BYTES + slot * SLOT_BYTES;
            head.putInt(slotAt, entry.getKey());
            head.putInt(slotAt + SLOT_OFFSET_AT, at).putInt(slotAt + SLOT_LENGTH_AT, length);
            at += length;
        }
        return head.array();
    }
}
