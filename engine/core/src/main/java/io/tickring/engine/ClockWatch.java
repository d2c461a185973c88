package io.tickring.engine;

import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.StatusWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;

/**
 * Compares the wall clock with the monotonic one and counts the steps that somebody, or time synchronisation, makes it take. Changes
 * nothing: latencies are of the monotonic clock, the journal's cycles never go back. The supervisor's.
 */
final class ClockWatch {
    static final long STEP_MS = 500;

    /** Two readings further apart than this say nothing of a step. */
    private static final long MOST_APART_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final EpochClock epochClock;
    private final LongSupplier nanoClock;
    private final EngineCounters counters;
    private final StatusWriter status;
    private long lastEpochMs;
    private long lastNs;
    private boolean hasLast;

    ClockWatch(EpochClock epochClock, LongSupplier nanoClock, EngineCounters counters, StatusWriter status) {
        this.epochClock = epochClock;
        this.nanoClock = nanoClock;
        this.counters = counters;
        this.status = status;
    }

    /** Looks once. */
    void look() {
        long beforeNs = nanoClock.getAsLong();
        long epochMs = epochClock.time();
        long nowNs = nanoClock.getAsLong();
        if (nowNs - beforeNs > MOST_APART_NS) {
            return;
        }
        long stepMs = hasLast ? epochMs - lastEpochMs - TimeUnit.NANOSECONDS.toMillis(nowNs - lastNs) : 0;
        if (stepMs > STEP_MS) {
            counters.clockStepsForward.incrementRelease();
            status.onError(new Notice("the system's clock has stepped forward"));
        } else if (stepMs < -STEP_MS) {
            counters.clockStepsBack.incrementRelease();
            status.onError(new Notice("the system's clock has stepped back"));
        }
        lastEpochMs = epochMs;
        lastNs = nowNs;
        hasLast = true;
    }
}
