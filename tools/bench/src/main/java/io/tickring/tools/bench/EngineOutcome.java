package io.tickring.tools.bench;

import io.tickring.engine.Engine;
import io.tickring.engine.RunSummary;
import io.tickring.engine.StopReason;

/** What the contenders with an engine share: when its work is done, and whether it was done. */
final class EngineOutcome {
    private EngineOutcome() {}

    /** Returns once everything claimed so far has gone through all stages. Nobody may be publishing. */
    static void awaitDrained(Engine engine) {
        while (engine.ringDepth() > 0) {
            Thread.yield();
        }
    }

    /** The outcome of a closed engine. Throws unless exactly so many ticks were applied and journaled and nothing failed. */
    static Outcome of(String name, Engine engine, long ticks, long journaled, long elapsedNs) {
        RunSummary summary = engine.summary();
        boolean failed = engine.stopReason() == StopReason.FAILED
                || engine.counters().unjournaled.get() > 0;
        if (failed || summary.applied() != ticks || summary.journaled() != journaled) {
            throw new BenchException("contender=" + name + " stopReason=" + engine.stopReason() + " applied="
                    + summary.applied() + " journaled=" + summary.journaled() + " expected=" + ticks + ": "
                    + engine.status().errors());
        }
        return new Outcome(ticks, elapsedNs, summary.digest());
    }
}
