package io.tickring.engine;

/** Why a run ends. */
public enum StopReason {
    /** Every feed has ended, or the limit of ticks is reached. */
    FEEDS_ENDED,
    /** Somebody asked: a signal, a time limit, a call. */
    REQUESTED,
    /** The engine became degraded, and is told to end then. */
    DEGRADED,
    /** A stage or a feed has failed; the status file's error log names it. */
    FAILED
}
