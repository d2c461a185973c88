package io.tickring.tools.bench;

/** A bench has no result: the message says in one line which contender did not do its work, or what is missing. */
final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BenchException(String message) {
        super(message);
    }
}
