package io.bootcast.index;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** The start of the files of this package, little endian: magic, version, the file's length, fields of the format's own, and a CRC-32 of all of that. */
final class Header {
    static final int BYTES = 64;
    static final int VERSION_AT = 8;
    static final int LENGTH_AT = 16;
    static final int CRC_AT = 60;

    private final long magic;
    private final int version;
    private final String what;
    private final String cure;

    /**
     * @param what the file, as messages name it
     * @param cure what the user can do about a damaged one
     */
    Header(long magic, int version, String what, String cure) {
        this.magic = magic;
        this.version = version;
        this.what = what;
        this.cure = cure;
    }

    /** {@code file} from 0 to its limit, to be read by the format's offsets; refuses what does not begin as a whole file of the format and version does. */
    ByteBuffer open(ByteBuffer file, String name) {
        ByteBuffer bytes = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.limit() < BYTES) {
            throw damaged(name, "bytes", bytes.limit(), "at least " + BYTES);
        }
        if (bytes.getLong(0) != magic) {
            throw damaged(name, "magic", Long.toHexString(bytes.getLong(0)), Long.toHexString(magic));
        }
        if (bytes.getInt(VERSION_AT) != version) {
            throw damaged(name, "version", bytes.getInt(VERSION_AT), version);
        }
        if (bytes.getInt(CRC_AT) != crc(bytes)) {
            throw damaged(name, "headerCrc", bytes.getInt(CRC_AT), crc(bytes));
        }
        if (bytes.getLong(LENGTH_AT) != bytes.limit()) {
            throw damaged(name, "bytes", bytes.limit(), bytes.getLong(LENGTH_AT));
        }
        return bytes;
    }

    /** Writes it around the format's own fields, which are there already. */
    void write(ByteBuffer out, long lengthBytes) {
        out.putLong(0, magic).putInt(VERSION_AT, version).putLong(LENGTH_AT, lengthBytes);
        out.putInt(CRC_AT, crc(out));
    }

    private static int crc(ByteBuffer bytes) {
        byte[] header = new byte[CRC_AT];
        bytes.duplicate().position(0).get(header);
        CRC32 crc = new CRC32();
        crc.update(header, 0, header.length);
        return (int) crc.getValue();
    }

    BootcastException damaged(String name, String field, Object found, Object expected) {
        return new BootcastException(
                Fault.FORMAT,
                what + " cannot be used: file=" + name + " " + field + "=" + found + " expected=" + expected + "; "
                        + cure);
    }
}
