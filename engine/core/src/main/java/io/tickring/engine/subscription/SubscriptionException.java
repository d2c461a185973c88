package io.tickring.engine.subscription;

/** A subscription that cannot be, or one that has failed: says which and why, in one line. */
public final class SubscriptionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SubscriptionException(String message, Throwable cause) {
        super(message, cause);
    }

    SubscriptionException(String message) {
        super(message);
    }
}
