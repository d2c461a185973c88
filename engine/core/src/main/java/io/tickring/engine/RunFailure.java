package io.tickring.engine;

/** In the error log: which stage or feed has failed, and why. */
final class RunFailure extends Exception {
    private static final long serialVersionUID = 1L;

    RunFailure(String where, Throwable cause) {
        super(where + ": " + (cause.getMessage() == null ? cause : cause.getMessage()), cause);
    }
}
