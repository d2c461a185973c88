package io.tickring.engine.price;

import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.PriceState;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A subscriber's own price table: made of what a listener is given and of nothing else. One thread's. */
public final class RebuiltTable {
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);
    private final MutableTick written = new MutableTick().wrap(record, 0);
    private final PriceRow row = new PriceRow();
    private final PriceTableWriter writer;
    private final PriceTableReader reader;

    public RebuiltTable(int capacity) {
        UnsafeBuffer table = PriceTableFile.inMemory(capacity);
        writer = new PriceTableWriter(table, capacity);
        reader = PriceTableReader.over(table);
    }

    public void snapshot(PriceTableReader table) {
        ExpandableArrayBuffer rows = new ExpandableArrayBuffer();
        for (int id = 0; id < table.instruments(); id++) {
            if (!table.read(id, row)) {
                throw new AssertionError("a snapshot's row is being written: id=" + id);
            }
            row.copyTo(rows, id << PriceTableDescriptor.ROW_LENGTH_SHIFT);
        }
        writer.restoreRows(rows, 0, table.instruments());
    }

    public void define(int id, String symbol, long sequence) {
        written.definition(id, symbol);
        apply(sequence);
    }

    public void tick(Tick tick) {
        if (tick.type() == TickDescriptor.QUOTE) {
            written.quote(
                    tick.instrumentId(),
                    tick.exchangeTimeNs(),
                    tick.receiveTimeNs(),
                    tick.bid(),
                    tick.ask(),
                    tick.bidSize(),
                    tick.askSize());
        } else {
            written.trade(
                    tick.instrumentId(),
                    tick.exchangeTimeNs(),
                    tick.receiveTimeNs(),
                    tick.price(),
                    tick.size(),
                    tick.tradeId(),
                    tick.side());
        }
        apply(tick.sequence());
    }

    /** A listener is told of a state because the newest tick is the one that was judged. */
    public void state(int id, PriceState state, long sequence) {
        if (!reader.read(id, row)) {
            throw new AssertionError("id=" + id);
        }
        written.stale(id, row.sequence(), state, 0, 1_000);
        apply(sequence);
    }

    /** A record as it stands in the journal. */
    public void record(DirectBuffer records, int offset) {
        record.putBytes(0, records, offset, TickDescriptor.LENGTH);
        writer.apply(record, 0);
    }

    private void apply(long sequence) {
        record.putLong(TickDescriptor.SEQUENCE_OFFSET, sequence);
        writer.apply(record, 0);
    }

    /** What an engine's checkpoint says of such a table. */
    public long digest() {
        return writer.digest();
    }

    /** Of what the digest leaves out too: states and marks of quality. */
    public long checksum() {
        CRC32C checksum = new CRC32C();
        UnsafeBuffer copy = new UnsafeBuffer(new byte[PriceTableDescriptor.ROW_LENGTH]);
        for (int id = 0; id < reader.instruments(); id++) {
            if (!reader.read(id, row)) {
                throw new AssertionError("id=" + id);
            }
            row.copyTo(copy, 0);
            copy.putLong(PriceTableDescriptor.VERSION, 0);
            copy.putLong(PriceTableDescriptor.APPLIED_TIME, 0);
            copy.putLong(PriceTableDescriptor.CONTROL_SEQUENCE, 0);
            checksum.update(copy.byteArray(), 0, copy.capacity());
        }
        return checksum.getValue();
    }
}
