package io.tickring.engine;

/** Too many runs before this start ended at once. */
final class CrashLoopException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CrashLoopException(String message) {
        super(message);
    }
}
