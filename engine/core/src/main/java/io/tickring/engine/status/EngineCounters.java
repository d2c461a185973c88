package io.tickring.engine.status;

import org.agrona.concurrent.status.AtomicCounter;

/**
 * The engine's own counters, by name. Each is written by one thread (failures and errors by any), read by all. What speaks of
 * ticks counts quotes and trades alone. They start at 0 with each run.
 */
public final class EngineCounters {
    /** Labels in the status file. */
    public static final String QUOTES = "quotes";

    public static final String TRADES = "trades";
    public static final String JOURNALED = "ticks journaled";
    public static final String JOURNAL_BYTES = "journal bytes";
    public static final String RING_CAPACITY = "ring capacity";
    public static final String RING_DEPTH = "ring depth";

    /** Records that went through the ring, by type: written by the counter stage. */
    public final AtomicCounter quotes;

    public final AtomicCounter trades;
    public final AtomicCounter definitions;
    public final AtomicCounter padding;
    /** Checkpoints, attributes, prices that have grown old, and types that this version does not know. */
    public final AtomicCounter control;

    /** Ticks that a handler threw at and that are not applied. */
    public final AtomicCounter skipped;

    public final AtomicCounter unknownTypes;
    /** Ticks in the price table: written by the price stage. */
    public final AtomicCounter applied;

    public final AtomicCounter unknownInstruments;
    /** Ticks in the journal: written by the journal stage. */
    public final AtomicCounter journaled;

    public final AtomicCounter journaledSequence;
    /** Every record up to this one survives a power cut: written by the force thread, or by the journal stage. */
    public final AtomicCounter durableSequence;

    public final AtomicCounter journalBlocks;
    public final AtomicCounter journalBytes;
    /** Records that the journal passed over, and the gaps that say so. */
    public final AtomicCounter unjournaled;

    public final AtomicCounter gaps;
    /** 1 while records are passed over and no gap says so yet: written by the journal stage. */
    public final AtomicCounter journalPaused;

    /** Torn tails that were sealed when the journal was opened. */
    public final AtomicCounter tornTails;

    /** Written by the snapshot thread. */
    public final AtomicCounter snapshots;

    public final AtomicCounter snapshotsFailed;
    public final AtomicCounter snapshotSequence;

    /** Written by the supervisor. */
    public final AtomicCounter acceptedSequence;

    public final AtomicCounter ringCapacity;
    public final AtomicCounter ringDepth;
    public final AtomicCounter checkpoints;
    public final AtomicCounter checkpointsSkipped;
    /** Instruments whose price is stale or has expired, now. */
    public final AtomicCounter staleInstruments;

    public final AtomicCounter heldClaims;
    public final AtomicCounter deadClaims;
    /** Steps of the system's clock of more than half a second. */
    public final AtomicCounter clockStepsBack;

    public final AtomicCounter clockStepsForward;
    /** 1 when the disk has not taken all of the latency log. */
    public final AtomicCounter latencyLogFailures;

    public final AtomicCounter failures;

    public EngineCounters(StatusWriter status) {
        acceptedSequence = status.newCounter("accepted sequence");
        journaledSequence = status.newCounter("journaled sequence");
        durableSequence = status.newCounter("durable sequence");
        quotes = status.newCounter(QUOTES);
        trades = status.newCounter(TRADES);
        definitions = status.newCounter("definitions");
        padding = status.newCounter("padding");
        control = status.newCounter("control");
        skipped = status.newCounter("ticks skipped");
        unknownTypes = status.newCounter("unknown types");
        applied = status.newCounter("ticks applied");
        unknownInstruments = status.newCounter("ticks of unknown instruments");
        journaled = status.newCounter(JOURNALED);
        journalBlocks = status.newCounter("journal blocks");
        journalBytes = status.newCounter(JOURNAL_BYTES);
        unjournaled = status.newCounter("records not journaled");
        gaps = status.newCounter("gaps");
        journalPaused = status.newGauge("journal paused");
        tornTails = status.newCounter("torn tails sealed");
        snapshots = status.newCounter("snapshots");
        snapshotsFailed = status.newCounter("snapshots failed");
        snapshotSequence = status.newCounter("snapshot sequence");
        ringCapacity = status.newGauge(RING_CAPACITY);
        ringDepth = status.newGauge(RING_DEPTH);
        checkpoints = status.newCounter("checkpoints");
        checkpointsSkipped = status.newCounter("checkpoints skipped");
        staleInstruments = status.newGauge("instruments stale");
        heldClaims = status.newGauge("claims held too long");
        deadClaims = status.newCounter("slots of dead threads padded");
        clockStepsBack = status.newCounter("clock steps back");
        clockStepsForward = status.newCounter("clock steps forward");
        latencyLogFailures = status.newCounter("latency log failures");
        failures = status.newCounter("failures");
    }

    /** Quotes and trades that went through the ring. */
    public long published() {
        return quotes.get() + trades.get();
    }
}
