package io.bootcast.index;

import static io.bootcast.index.HotFormat.*;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * The content of the classes that an earlier run has loaded, read where it lies: opening it checks the header and parses nothing; a lookup touches a slot or two, and
 * allocates nothing. The body is trusted: digests were checked when it arrived in the store. For any number of threads.
 */
public final class HotBlob {
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
        ByteBuffer bytes = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.limit() < HEADER_BYTES) {
            throw damaged(name, "bytes", bytes.limit(), "at least " + HEADER_BYTES);
        }
        if (bytes.getLong(0) != MAGIC) {
            throw damaged(name, "magic", Long.toHexString(bytes.getLong(0)), Long.toHexString(MAGIC));
        }
        if (bytes.getInt(VERSION_AT) != VERSION) {
            throw damaged(name, "version", bytes.getInt(VERSION_AT), VERSION);
        }
        byte[] header = new byte[HEADER_CRC_AT];
        bytes.duplicate().position(0).get(header);
        CRC32 crc = new CRC32();
        crc.update(header, 0, header.length);
        if (bytes.getInt(HEADER_CRC_AT) != (int) crc.getValue()) {
            throw damaged(name, "headerCrc", bytes.getInt(HEADER_CRC_AT), (int) crc.getValue());
        }
        if (bytes.getLong(LENGTH_AT) != bytes.limit()) {
            throw damaged(name, "bytes", bytes.limit(), bytes.getLong(LENGTH_AT));
        }
        int slots = bytes.getInt(SLOT_COUNT_AT);
        if (Integer.bitCount(slots) != 1 || slots / 2 < bytes.getInt(CLASS_COUNT_AT) || !hasRoom(bytes, slots)) {
            throw damaged(name, "slots", slots, "a power of two that fits");
        }
        if (bytes.getInt(FINGERPRINT_AT) != index.fingerprint()) {
            throw damaged(name, "index", bytes.getInt(FINGERPRINT_AT), index.fingerprint());
        }
        return new HotBlob(bytes, name);
    }

    private static boolean hasRoom(ByteBuffer bytes, int slots) {
        return slots > 0 && (long) slots * SLOT_BYTES <= bytes.limit() - HEADER_BYTES;
    }

    private static BootcastException damaged(String name, String what, Object found, Object expected) {
        return new BootcastException(
                Fault.FORMAT,
                "hot blob cannot be used: file=" + name + " " + what + "=" + found + " expected=" + expected
                        + "; remove it with bootcast clean, or build the bundle again");
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
            throw damaged(name, "content", from + "+" + length, "at most " + bytes.limit());
        }
        return bytes.duplicate().position(from).limit(from + length);
    }
}
