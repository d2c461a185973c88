package io.tickring.app;

/** What was asked for cannot be: the message says in one line what and why. Ends the process with exit code 2. */
public final class WrongUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WrongUseException(String message) {
        super(message);
    }

    public WrongUseException(String message, Throwable cause) {
        super(message, cause);
    }
}
