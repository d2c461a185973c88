package io.tickring.tools.bench;

import io.tickring.engine.price.PriceTableFile;
import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.price.PriceTableWriter;
import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.StatusWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/** Tickring's price table without an engine, for a contender that applies ticks by itself: the same handler, the same rows. */
final class PeerTable {
    /** No checkpoint falls into a run: its record would shift the sequences that follow, and with them the digest. */
    static final long NO_CHECKPOINTS = 1L << 62;

    final PriceTableHandler handler;
    private final UnsafeBuffer table;
    private final PriceTableWriter writer;
    private final EngineCounters counters;

    private PeerTable(UnsafeBuffer table) {
        this.table = table;
        counters = new EngineCounters(StatusWriter.inMemory(SystemEpochClock.INSTANCE));
        writer = new PriceTableWriter(table, TickSet.INSTRUMENTS);
        handler = new PriceTableHandler(
                writer, NO_CHECKPOINTS, (sequence, digest) -> {}, counters.applied, counters.unknownInstruments);
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

    /** Applies the set's definitions, the records before the first tick. */
    void define() {
        handler.onBatch(TickSet.definitions(), 0, 1, TickSet.INSTRUMENTS);
    }

    /** The outcome of a run that put {@code ticks} ticks into this table. */
    Outcome outcome(String name, long ticks, long elapsedNs) {
        if (counters.applied.get() != ticks) {
            throw new BenchException("contender=" + name + " applied=" + counters.applied.get() + " expected=" + ticks);
        }
        return new Outcome(ticks, elapsedNs, writer.digest());
    }
}
