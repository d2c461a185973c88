package io.tickring.engine.subscription;

/** Why records are missing in what a subscriber is given. */
public enum MissedCause {
    /** It was too slow: they were overwritten before it came. */
    LAPPED,
    /** The journal does not have them, and says so. */
    NOT_JOURNALED,
    /** The journal no longer goes back so far. */
    NOT_AVAILABLE
}
