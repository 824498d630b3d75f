package io.bootcast.path;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.transport.Message;

/**
 * What one rank tells the others at the end of something that they do together: go on, wait longer, do without, or fail like this. A failure travels in
 * the message that would have carried the result, so that nobody waits for a message that never comes.
 */
final class Verdict {
    private enum Kind {
        GO,
        WAIT,
        FALL_BACK,
        FAIL
    }

    private static final Kind[] KINDS = Kind.values();

    private final Kind kind;
    private final int fault;
    private final String text;
    private final byte[] result;

    private Verdict(Kind kind, int fault, String text, byte[] result) {
        this.kind = kind;
        this.fault = fault;
        this.text = text;
        this.result = result;
    }

    static Verdict go(byte[] result) {
        return new Verdict(Kind.GO, 0, "", result);
    }

    static Verdict go(String text) {
        return new Verdict(Kind.GO, 0, text, new byte[0]);
    }

    static Verdict waitLonger() {
        return new Verdict(Kind.WAIT, 0, "", new byte[0]);
    }

    static Verdict fallBack(String reason) {
        return new Verdict(Kind.FALL_BACK, 0, reason, new byte[0]);
    }

    static Verdict fail(BootcastException e) {
        return new Verdict(Kind.FAIL, e.fault().ordinal(), e.getMessage(), new byte[0]);
    }

    static Verdict of(byte[] bytes) {
        Message message = new Message(bytes);
        int kind = message.getInt();
        return new Verdict(
                kind >= 0 && kind < KINDS.length ? KINDS[kind] : Kind.FAIL,
                message.getInt(),
                message.getString(),
                message.getBytes());
    }

    byte[] toBytes() {
        return new Message()
                .put(kind.ordinal())
                .put(fault)
                .put(text)
                .put(result)
                .toBytes();
    }

    boolean isWait() {
        return kind == Kind.WAIT;
    }

    boolean isFallBack() {
        return kind == Kind.FALL_BACK;
    }

    /** The text of a go or the reason of a fall-back; throws what failed. */
    String text() {
        result();
        return text;
    }

    /** The result; throws what failed. */
    byte[] result() {
        if (kind == Kind.FAIL) {
            throw BootcastException.common(Fault.of(fault), text);
        }
        return result;
    }
}
