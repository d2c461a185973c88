package io.tickring.engine.subscription;

/** What a subscriber is given, and what it costs when it is slow. */
public enum SubscriptionMode {
    /** Each record as it is published, out of the broadcast; a subscriber that is lapped is told which ones it missed. */
    EVERY,
    /** The newest state of each instrument that has changed, out of the price table, with how many updates are folded into it. */
    LATEST,
    /** Each record, none missed: out of the journal, or in the engine's process out of the ring. */
    LOSSLESS
}
