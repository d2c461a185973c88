package io.tickring.engine;

import io.tickring.engine.journaling.JournalStorage;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.price.PriceTableWriter;
import io.tickring.engine.ring.OverflowPolicy;
import io.tickring.engine.ring.TickProcessor;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.StatusReader;
import java.io.IOException;
import java.util.List;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * A whole engine, wired as {@link Engine} wires it, whose threads are never started: whoever holds it says which part takes its next
 * step. One thread's.
 */
public final class SteppedEngine {
    private final EngineParts parts;
    private final EngineThreads threads;
    private Throwable failure;
    private boolean isForcing = true;

    /** Settings of an engine on this storage and these clocks. */
    public static EngineContext context(JournalStorage storage, EpochClock epochClock, NanoClock nanoClock) {
        return new EngineContext()
                .storage(storage)
                .epochClock(epochClock)
                .nanoClock(nanoClock)
                .waitMode(WaitMode.BUSY_SPIN);
    }

    /** @param waiting what happens while the journal's stage waits for a copy of the table */
    public SteppedEngine(EngineContext context, Runnable waiting) throws IOException {
        SettingCheck.check(context);
        parts = EngineParts.build(context, reason -> {});
        threads = new EngineThreads(context, parts, (stage, first, count, cause) -> onFailure(cause), waiting);
    }

    public TickPublisher newPublisher(String name) {
        return parts.ring.newPublisher(name, OverflowPolicy.DROP, parts.status.newCounter(name + ": dropped"));
    }

    /** How many processors there are; each has its own thread in a running engine. */
    public int processors() {
        return threads.processors.size();
    }

    /** Lets a processor take one batch of at most {@code limit} records, if there is one. */
    public void step(int processor, int limit) {
        threads.processors.get(processor).poll(limit);
    }

    /** One round of the supervisor. */
    public void supervise() {
        threads.supervisor.round();
    }

    /** One round of the thread that forces, where there is one. */
    public void force() {
        isForcing = isForcing && threads.groupCommit != null && threads.groupCommit.force();
    }

    /** One round of the thread that writes snapshots, where there is one. */
    public void storeSnapshot() {
        if (threads.snapshots != null) {
            threads.snapshots.store();
        }
    }

    /** An orderly end, in the order of {@link Engine#close}. */
    public void stop() {
        parts.ring.close();
        drain();
        supervise();
        drain();
        threads.publishLastCheckpoint();
        drain();
        threads.processors.forEach(TickProcessor::halt);
        force();
        threads.endSnapshots(failure == null);
        parts.close(false);
    }

    private void drain() {
        for (int steps = 0; threads.doneSequence() < parts.ring.lastClaimedSequence(); steps++) {
            if (steps > parts.ring.capacity()) {
                throw new AssertionError("done=" + threads.doneSequence() + " does not reach claimed="
                        + parts.ring.lastClaimedSequence());
            }
            threads.processors.forEach(processor -> processor.poll(TickProcessor.MAX_BATCH));
        }
    }

    private void onFailure(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        parts.ring.close();
    }

    /** What a stage or a thread has thrown first; null while none has. */
    public Throwable failure() {
        return failure;
    }

    /** What the engine says has gone wrong, a text each. */
    public List<String> errors() {
        return parts.status.reader().errors().stream()
                .map(StatusReader.LoggedError::message)
                .toList();
    }

    public EngineCounters counters() {
        return parts.counters;
    }

    public PriceTableReader prices() {
        return PriceTableReader.over(parts.table);
    }

    /** The table, for a look at its rows. */
    public PriceTableWriter table() {
        return parts.writer;
    }

    public long firstSequence() {
        return parts.firstSequence;
    }

    public long lastClaimedSequence() {
        return parts.ring.lastClaimedSequence();
    }

    /** Slots that can be claimed now. */
    public long room() {
        return parts.ring.capacity() - parts.ring.depth();
    }

    /** What was done about a torn tail at the start; empty where there was none. */
    public String sealed() {
        return parts.journal.sealed();
    }

    /** Of the snapshot that this start began from; 0 for none. */
    public long snapshotSequence() {
        return parts.recovered.snapshotSequence();
    }
}
