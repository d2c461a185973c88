package io.tickring.engine.ring;

/** Takes the time from a tick's claim to the end of the stage's batch. Called by the stage's thread alone. */
@FunctionalInterface
public interface LatencyRecorder {
    /** {@code count} ticks of one claim took {@code latencyNs} each. */
    void record(long latencyNs, long count);
}
