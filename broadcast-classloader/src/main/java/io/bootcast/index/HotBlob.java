package io.bootcast.index;

import static io.bootcast.index.HotFormat.*;

import io.bootcast.fault.BootcastException;
import java.nio.ByteBuffer;

/**
 * The content of the classes that an earlier run has loaded, read where it lies: opening it checks the header and parses nothing; a lookup touches a slot or two, and
 * allocates nothing. The body is trusted: digests were checked when it arrived in the store. For any number of threads.
 */
public final class HotBlob {
    static final Header HEADER =
            new Header(MAGIC, VERSION, "hot blob", "remove it with bootcast clean, or build the bundle again");

    private final ByteBuffer bytes;
    private final String name;
    private final int slotCount;

    private HotBlob(ByteBuffer bytes, String name) {
        this.bytes = bytes;
        this.name = name;
        this.slotCount = bytes.getInt(SLOT_COUNT_AT);
    }

    /**
     * The hot blob in {@code file}, from 0 to its limit.
     *
     * @param name where the bytes come from, for messages
     * @param index the index that it must belong to
     * @throws BootcastException with {@link Fault#FORMAT} if it is damaged, of another version, or of another index
     */
    public static HotBlob open(ByteBuffer file, String name, Index index) {
        ByteBuffer bytes = HEADER.open(file, name);
        int slots = bytes.getInt(SLOT_COUNT_AT);
        if (Integer.bitCount(slots) != 1 || slots / 2 < bytes.getInt(CLASS_COUNT_AT) || !hasRoom(bytes, slots)) {
            throw HEADER.damaged(name, "slots", slots, "a power of two that fits");
        }
        if (bytes.getInt(FINGERPRINT_AT) != index.fingerprint()) {
            throw HEADER.damaged(name, "index", bytes.getInt(FINGERPRINT_AT), index.fingerprint());
        }
        return new HotBlob(bytes, name);
    }

    private static boolean hasRoom(ByteBuffer bytes, int slots) {
        return slots > 0 && (long) slots * SLOT_BYTES <= bytes.limit() - HEADER_BYTES;
    }

    /** The number of classes. */
    public int size() {
        return bytes.getInt(CLASS_COUNT_AT);
    }

    /** Where the content of {@code place} is found, for {@link #content}; 0 if it is not here. */
    public int find(int place) {
        int slot = slotOf(place, slotCount);
        while (true) {
            int at = HEADER_BYTES + slot * SLOT_BYTES;
            int found = bytes.getInt(at);
            if (found == place || found == 0) {
                return found == 0 ? 0 : at;
            }
            slot = slot + 1 & slotCount - 1;
        }
    }

    /** The content, from the position to the limit of a buffer of the caller's own. */
    public ByteBuffer content(int found) {
        int from = bytes.getInt(found + SLOT_OFFSET_AT);
        int length = bytes.getInt(found + SLOT_LENGTH_AT);
        if (from < 0 || length < 0 || length > bytes.limit() - from) {
            throw HEADER.damaged(name, "content", from + "+" + length, "at most " + bytes.limit());
        }
        return bytes.duplicate().position(from).limit(from + length);
    }
}
