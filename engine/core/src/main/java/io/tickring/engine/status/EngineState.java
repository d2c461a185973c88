package io.tickring.engine.status;

/** What an engine says of itself in its status file. The order is part of the file's layout. */
public enum EngineState {
    STARTING,
    RUNNING,
    STOPPING,
    /** Ended as asked: everything accepted is applied and journaled. */
    STOPPED,
    /** Ended by a failure that the error log names. */
    HALTED
}
