package io.bootcast.fault;

/**
 * A fault that the user meets. The message is one line: what failed, {@code key=value} facts, and what to do. It is unchecked because
 * only the edge of the program handles it: one line, and the fault's exit code.
 */
public final class BootcastException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    public BootcastException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    public BootcastException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
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
