package io.tickring.engine;

/** An engine cannot start: the message says in one line what is wrong, with the value, and what to do. Nothing is left half-done. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
