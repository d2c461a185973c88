package io.tickring.tools.stress;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableDescriptor;
import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.price.PriceTableWriter;
import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.StatusWriter;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.TickDescriptor;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A price table of one row, driven as the engine drives it. Tick n of a run is quote n and then trade n, and each field of them is
 * made of n, so whoever reads the row can tell whether all of it is of one moment. Memory is on the heap: millions are made.
 */
final class StressTable {
    /** {@link #read} answers: fields of different moments. */
    static final int TORN = -1;

    private static final int LAST = 8;
    private static final EngineCounters COUNTERS = new EngineCounters(StatusWriter.inMemory(SystemEpochClock.INSTANCE));
    private static final UnsafeBuffer RECORDS = records();
    private static final int FIRST_SEQUENCE = 2;

    private final PriceTableHandler handler;
    private final PriceTableReader reader;

    /** The row is defined and holds quote 1 and trade 1. */
    StressTable() {
        UnsafeBuffer table = new UnsafeBuffer(new byte[PriceTableDescriptor.lengthBytes(1)]);
        handler = new PriceTableHandler(
                new PriceTableWriter(table, 1),
                1L << 62,
                (sequence, digest) -> {},
                COUNTERS.applied,
                COUNTERS.unknownInstruments);
        reader = PriceTableReader.over(table);
        handler.onBatch(RECORDS, 0, 1, 1);
        apply(1, 1);
    }

    /** Writes quotes and trades {@code first} to {@code last}, one batch. */
    void apply(int first, int last) {
        int sequence = quoteSequence(first);
        handler.onBatch(RECORDS, (sequence - 1) << TickDescriptor.LENGTH_SHIFT, sequence, 2 * (last - first + 1));
    }

    /**
     * Reads the row: how many ticks it holds, or TORN. Where the reader gives up, as it may when the writer has lost its core in
     * the middle of a row, it reads again; a row that stays unreadable is a test that does not end.
     */
    int read(PriceRow row) {
        while (!reader.read(0, row)) {
            Thread.yield();
        }
        return isOf(row, row.quotes(), row.trades()) ? (int) (row.quotes() + row.trades()) : TORN;
    }

    private static boolean isOf(PriceRow row, long quote, long trade) {
        long ticks = quote + trade;
        boolean quoted =
                row.bid() == quote && row.ask() == quote + 1 && row.bidSize() == quote && row.askSize() == quote;
        boolean traded = row.last() == trade
                && row.lastSize() == trade
                && row.lastTradeId() == trade
                && row.open() == 1
                && row.low() == 1
                && row.high() == trade;
        boolean stamped = row.sequence() == FIRST_SEQUENCE - 1 + ticks
                && row.exchangeTimeNs() == row.sequence()
                && row.receiveTimeNs() == row.sequence();
        long volume = trade * (trade + 1) / 2;
        long notional = trade * (trade + 1) * (2 * trade + 1) / 6;
        return (quote == trade || quote == trade + 1)
                && quoted
                && traded
                && stamped
                && row.volume().equals(BigDecimal.valueOf(volume, 8))
                && row.notional().equals(BigDecimal.valueOf(notional, 16));
    }

    private static int quoteSequence(int number) {
        return FIRST_SEQUENCE + 2 * (number - 1);
    }

    private static UnsafeBuffer records() {
        UnsafeBuffer records = new UnsafeBuffer(new byte[(FIRST_SEQUENCE + 2 * LAST) * TickDescriptor.LENGTH]);
        MutableTick tick = new MutableTick();
        tick.wrap(records, 0).definition(0, "STRESS");
        for (int n = 1; n <= LAST; n++) {
            int sequence = quoteSequence(n);
            int offset = (sequence - 1) << TickDescriptor.LENGTH_SHIFT;
            tick.wrap(records, offset).quote(0, sequence, sequence, n, n + 1, n, n);
            records.putLong(offset, sequence, ByteOrder.LITTLE_ENDIAN);
            int next = offset + TickDescriptor.LENGTH;
            tick.wrap(records, next).trade(0, sequence + 1, sequence + 1, n, n, n, TickDescriptor.SIDE_BUY);
            records.putLong(next, sequence + 1, ByteOrder.LITTLE_ENDIAN);
        }
        return records;
    }
}
