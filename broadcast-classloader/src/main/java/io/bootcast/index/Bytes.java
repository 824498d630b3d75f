package io.bootcast.index;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Little-endian bytes under construction. */
final class Bytes extends ByteArrayOutputStream {
    Bytes put1(int value) {
        write(value);
        return this;
    }

    Bytes put2(int value) {
        return put1(value).put1(value >> 8);
    }

    Bytes put4(int value) {
        return put2(value).put2(value >> 16);
    }

    Bytes put8(long value) {
        return put4((int) value).put4((int) (value >> 32));
    }

    /** A string of the index format: length in bytes, then UTF-8; {@code null} as the length -1. */
    Bytes string(String value) {
        if (value == null) {
            return put4(-1);
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        put4(utf8.length);
        write(utf8, 0, utf8.length);
        return this;
    }
}
