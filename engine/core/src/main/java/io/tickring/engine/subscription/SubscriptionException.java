package io.tickring.engine.subscription;

/** A subscription that cannot be, or one that has failed: says which and why, in one line. */
public final class SubscriptionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private SubscriptionException(String message, boolean hasStack) {
        super(message, null, true, hasStack);
    }

    /** For the error log: where it was made says nothing. */
    static SubscriptionException notice(String message) {
        return new SubscriptionException(message, false);
    }

    SubscriptionException(String message) {
        super(message);
    }
}
