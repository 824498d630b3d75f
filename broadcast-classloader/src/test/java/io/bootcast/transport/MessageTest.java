package io.bootcast.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
    private static final String TEXT = "jär:/\u0000\uD83D\uDE00";

    private static byte[] written() {
        return new Message()
                .put(-7)
                .put(Long.MIN_VALUE)
                .put(true)
                .put(new byte[] {1, 2, 3})
                .put(TEXT)
                .put("")
                .put(false)
                .toBytes();
    }

    private static String read(byte[] bytes) {
        Message message = new Message(bytes);
        return message.getInt() + " " + message.getLong() + " " + message.getBoolean() + " "
                + Arrays.toString(message.getBytes()) + " " + message.getString() + "|" + message.getString() + "|"
                + message.getBoolean();
    }

    @Test
    void messageWhenReadGivesWhatWasWritten() {
        String found = read(written());

        assertEquals("-7 -9223372036854775808 true [1, 2, 3] " + TEXT + "||false", found);
    }

    @Test
    void messageWhenCutAtAnyByteIsRefused() {
        byte[] whole = written();

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            BootcastException thrown = assertThrows(BootcastException.class, () -> read(cut));
            assertEquals(Fault.FORMAT, thrown.fault());
            String pattern = "message between ranks is cut: bytes=" + length
                    + " at=\\d+; are all ranks started from one" + " installation\\?";
            assertEquals("", thrown.getMessage().replaceFirst(pattern, ""));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 5})
    void bytesWhenTheirLengthIsWrongAreRefused(int length) {
        byte[] bytes = new Message().put(length).put(0).toBytes();

        BootcastException thrown = assertThrows(BootcastException.class, () -> new Message(bytes).getBytes());

        assertEquals(
                "message between ranks is cut: bytes=8 at=4; are all ranks started from one installation?",
                thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 251, 252, 253, 256, 100_000})
    void messageWhenItOutgrowsItsBufferKeepsAll(int bytes) {
        byte[] large = new byte[bytes];
        Arrays.fill(large, (byte) 5);

        Message message = new Message(new Message().put(large).put(9L).toBytes());

        assertArrayEquals(large, message.getBytes());
        assertEquals(9, message.getLong());
    }
}
