package io.tickring.engine;

/** What an engine does when it becomes degraded. */
public enum DegradedPolicy {
    /** Serves on, and says so. */
    SERVE,
    /** Drains and ends, halted for the reason that degraded it. */
    STOP
}
