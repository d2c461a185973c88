package io.tickring.engine.simulation;

/** The process is gone in the middle of what it did: no part of it may answer any more. */
final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash() {
        super("the process is gone", null, false, false);
    }
}
