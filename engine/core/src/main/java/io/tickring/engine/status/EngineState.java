package io.tickring.engine.status;

/** What an engine says of itself in its status file. The order is part of the file's layout. */
public enum EngineState {
    /** It builds its state from what lies in the folder; its prices are not shown yet. */
    STARTING,
    RUNNING,
    /** It serves, and something is wrong that may go away; the reason says what. */
    DEGRADED,
    STOPPING,
    /** Ended as asked: everything accepted is applied and journaled. */
    STOPPED,
    /** Ended, or about to end, for the reason that is given and that the error log explains. Final. */
    HALTED;

    /** Whether the engine serves ticks and prices. */
    public boolean isServing() {
        return this == RUNNING || this == DEGRADED;
    }
}
