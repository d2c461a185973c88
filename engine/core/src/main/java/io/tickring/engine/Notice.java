package io.tickring.engine;

/** In the error log, for people: something that is no failure and should be known. */
final class Notice extends Exception {
    private static final long serialVersionUID = 1L;

    Notice(String message) {
        super(message, null, false, false);
    }
}
