package io.tickring.tools.bench;

import io.tickring.engine.price.PriceTableFile;
import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.price.PriceTableWriter;
import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.StatusWriter;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/** Tickring's price table without an engine, for a peer that applies ticks by itself: the same rows, by the same writer. One thread applies. */
final class PeerTable {
    private final UnsafeBuffer table;
    private final PriceTableWriter writer;
    private final AtomicLong shown = new AtomicLong();
    private long applied;

    private PeerTable(UnsafeBuffer table) {
        this.table = table;
        writer = new PriceTableWriter(table, TickSet.INSTRUMENTS);
    }

    /** A table in a mapped file of {@code folder}, as an engine with a data folder has it; other processes can read it. */
    static PeerTable map(Path folder) throws IOException {
        PriceTableFile file = PriceTableFile.build(folder, TickSet.INSTRUMENTS);
        PeerTable table = new PeerTable(file.buffer());
        table.writer.publish(1, 0, ProcessHandle.current().pid(), System.currentTimeMillis());
        file.show();
        return table;
    }

    /** A table in memory, as an engine without a data folder has it. */
    static PeerTable inMemory() {
        return new PeerTable(PriceTableFile.inMemory(TickSet.INSTRUMENTS));
    }

    PriceTableReader reader() {
        return PriceTableReader.over(table);
    }

    /** The engine's own stage on this table, which applies batches; nothing else may apply then. */
    PriceTableHandler stage() {
        EngineCounters counters = new EngineCounters(StatusWriter.inMemory(SystemEpochClock.INSTANCE));
        return new PriceTableHandler(
                writer,
                EngineOutcome.NO_CHECKPOINTS,
                (sequence, digest) -> {},
                counters.applied,
                counters.unknownInstruments);
    }

    /** Applies the set's definitions, the records before the first tick. */
    void define() {
        UnsafeBuffer definitions = TickSet.definitions();
        for (int id = 0; id < TickSet.INSTRUMENTS; id++) {
            apply(definitions, id << TickDescriptor.LENGTH_SHIFT);
        }
        show();
    }

    /** Puts the record at {@code offset} into its row; it has its sequence already. */
    void apply(DirectBuffer records, int offset) {
        boolean isTick = TickDescriptor.isTick(records.getByte(offset + TickDescriptor.TYPE_OFFSET));
        if (writer.apply(records, offset) && isTick) {
            applied++;
        }
    }

    /** Says what was applied so far; once a batch. */
    void show() {
        writer.applied(applied);
        shown.setRelease(applied);
    }

    /** The ticks that {@link #show} said. Any thread. */
    long shown() {
        return shown.getAcquire();
    }
}
