package io.bootcast.fault;

import org.jspecify.annotations.Nullable;

/**
 * A fault that the user meets. The message is one line: what failed, {@code key=value} facts, and what to do. It is unchecked because
 * only the edge of the program handles it: one line, and the fault's exit code.
 */
public final class BootcastException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final boolean common;

    public BootcastException(Fault fault, String message) {
        this(fault, message, null, /* common= */ false);
    }

    public BootcastException(Fault fault, String message, Throwable cause) {
        this(fault, message, cause, /* common= */ false);
    }

    private BootcastException(Fault fault, String message, @Nullable Throwable cause, boolean common) {
        super(message, cause);
        this.fault = fault;
        this.common = common;
    }

    /** A failure that a rank was told of: the same at every rank of the job or of the node, so that one line of the lowest is enough. */
    public static BootcastException common(Fault fault, String message) {
        return new BootcastException(fault, message, null, /* common= */ true);
    }

    /** True if other ranks fail alike. */
    public boolean isCommon() {
        return common;
    }

    /** What failed, as an exit code. */
    public Fault fault() {
        return fault;
    }

    /** One line for {@code thrown}: its message, or its class where it has none. */
    public static String reason(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getName() : message;
    }
}
