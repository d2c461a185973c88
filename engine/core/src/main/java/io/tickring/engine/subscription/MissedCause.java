package io.tickring.engine.subscription;

/** Why records are missing in what a subscriber is given. */
public enum MissedCause {
    /** It was too slow: they were overwritten before it came. */
    LAPPED,
    /** Another start of the engine begins behind them: what the earlier one published last was not read in time. */
    RESTARTED,
    /** A lossless subscriber fell behind: the newest states are given in their place. */
    CONFLATED,
    /** The journal does not have them, and says so. */
    NOT_JOURNALED,
    /** The journal no longer goes back so far. */
    NOT_AVAILABLE
}
