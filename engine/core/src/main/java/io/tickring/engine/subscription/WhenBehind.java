package io.tickring.engine.subscription;

/** What becomes of a lossless subscriber in the engine's process when the ring would have to wait for it. */
public enum WhenBehind {
    /** The producers wait for it. */
    HOLD,
    /** It is told what no longer comes one by one, and given the newest states from then on, as in {@link SubscriptionMode#LATEST}. */
    CONFLATE,
    /** It ends, and says why. */
    DISCONNECT
}
