package io.tickring.tools.bench;

import io.tickring.engine.Engine;
import io.tickring.engine.RunSummary;
import io.tickring.engine.StopReason;

/** What the peers with an engine share: when its work is done, and whether it was done. */
final class EngineOutcome {
    /** No checkpoint falls into a run: its record would shift the sequences that follow. */
    static final long NO_CHECKPOINTS = 1L << 62;

    private EngineOutcome() {}

    /** Returns once everything claimed so far has gone through all stages. Nobody may be publishing. */
    static void awaitDrained(Engine engine) {
        Waiting.until("Tickring", 0, () -> -engine.ringDepth(), () -> null);
    }

    /** Throws unless a closed engine has applied and journaled exactly so many ticks and nothing failed. */
    static void requireSound(String name, Engine engine, long ticks, long journaled) {
        RunSummary summary = engine.summary();
        boolean failed = engine.stopReason() == StopReason.FAILED
                || engine.counters().unjournaled.get() > 0;
        if (failed || summary.applied() != ticks || summary.journaled() != journaled) {
            throw new BenchException("peer=" + name + " stopReason=" + engine.stopReason() + " applied="
                    + summary.applied() + " journaled=" + summary.journaled() + " expected=" + ticks + ": "
                    + engine.status().errors());
        }
    }
}
