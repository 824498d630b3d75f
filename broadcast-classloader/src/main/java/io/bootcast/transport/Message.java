package io.bootcast.transport;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message between ranks: values are written in order and read in the same order. Big endian; a string is its length in bytes and UTF-8.
 * A message is written and read by the same version of Bootcast (ranks compare versions first), so it carries no version.
 */
public final class Message {
    private static final int FIRST_BYTES = 256;

    private ByteBuffer bytes;

    /** An empty message, to be written. */
    public Message() {
        bytes = ByteBuffer.allocate(FIRST_BYTES);
    }

    /** A message that came, to be read. */
    public Message(byte[] received) {
        bytes = ByteBuffer.wrap(received);
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            int grown = Math.max(bytes.capacity() * 2, bytes.position() + more);
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), grown)).position(bytes.position());
        }
        return bytes;
    }

    public Message put(int value) {
        room(4).putInt(value);
        return this;
    }

    public Message put(long value) {
        room(8).putLong(value);
        return this;
    }

    public Message put(boolean value) {
        return put(value ? 1 : 0);
    }

    public Message put(byte[] value) {
        put(value.length);
        room(value.length).put(value);
        return this;
    }

    public Message put(String value) {
        return put(value.getBytes(StandardCharsets.UTF_8));
    }

    /** The message as it travels. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    public int getInt() {
        try {
            return bytes.getInt();
        } catch (BufferUnderflowException e) {
            throw cut();
        }
    }

    public long getLong() {
        try {
            return bytes.getLong();
        } catch (BufferUnderflowException e) {
            throw cut();
        }
    }

    public boolean getBoolean() {
        return getInt() != 0;
    }

    public byte[] getBytes() {
        int length = getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw cut();
        }
        byte[] value = new byte[length];
        bytes.get(value);
        return value;
    }

    public String getString() {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }

    private BootcastException cut() {
        return new BootcastException(
                Fault.FORMAT,
                "message between ranks is cut: bytes=" + bytes.limit() + " at=" + bytes.position()
                        + "; are all ranks started from one installation?");
    }
}
