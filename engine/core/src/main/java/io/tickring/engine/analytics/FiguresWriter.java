package io.tickring.engine.analytics;

import static io.tickring.engine.analytics.FiguresDescriptor.*;

import io.tickring.engine.tick.Symbols;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.lang.invoke.VarHandle;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes rows of figures. One thread at a time for each row, any number for different ones; readers of any process copy a row whole by
 * its seqlock. A record that a row knows already changes nothing, so a stretch of records may be applied again. Allocates nothing but
 * for a definition.
 */
final class FiguresWriter {
    private final UnsafeBuffer table;
    private final FiguresShape shape;
    private final QuoteFigures quotes;
    private final TradeFigures trades;
    private final int capacity;

    /** Writes into {@code table}, which holds zeros, or rows of the same shape. */
    FiguresWriter(UnsafeBuffer table, FiguresShape shape, int capacity, FiguresListener listener) {
        table.boundsCheck(0, shape.lengthBytes(capacity));
        this.table = table;
        this.shape = shape;
        this.capacity = capacity;
        this.quotes = new QuoteFigures(table, shape, listener);
        this.trades = new TradeFigures(table, shape, listener);
        table.putInt(MAGIC_OFFSET, MAGIC);
        table.putInt(CAPACITY_OFFSET, capacity);
        shape.writeTo(table);
    }

    FiguresShape shape() {
        return shape;
    }

    /** Where the row of an instrument begins. */
    int row(int id) {
        return rowOffset(id, shape.rowLength());
    }

    boolean hasRow(int id) {
        return id >= 0 && id < capacity;
    }

    /** Puts a quote, a trade or a definition of an instrument that has a row into it. */
    void apply(Tick tick) {
        int row = row(tick.instrumentId());
        byte type = tick.type();
        boolean isDefinition = type == TickDescriptor.DEFINITION;
        if (isDefinition == isDefined(row) || !isDefinition && tick.sequence() <= table.getLong(row + SEQUENCE)) {
            return;
        }
        long version = table.getLong(row + VERSION) + 1;
        table.putLongOpaque(row + VERSION, version);
        VarHandle.releaseFence();
        if (isDefinition) {
            define(row, tick);
        } else {
            table.putLong(row + SEQUENCE, tick.sequence());
            if (type == TickDescriptor.QUOTE) {
                quotes.update(row, tick);
            } else {
                trades.update(row, tick);
            }
        }
        table.putLongRelease(row + VERSION, version + 1);
    }

    private boolean isDefined(int row) {
        return table.getByte(row + SYMBOL) != 0;
    }

    private void define(int row, Tick definition) {
        Symbols.encode(definition.symbol(), table, row + SYMBOL);
        table.putLong(row + QUOTE_TIME, TickDescriptor.NO_TIME);
        table.putLong(row + NEWEST_TRADE, TickDescriptor.NO_TIME);
        table.putLong(row + SPREAD, NO_SPREAD);
        table.putLong(row + MID_TIME, NO_MID);
    }

    /** Says that there are rows up to this id. */
    void tellInstruments(int instruments) {
        table.putIntRelease(INSTRUMENTS_OFFSET, instruments);
    }

    int instruments() {
        return table.getInt(INSTRUMENTS_OFFSET);
    }

    /** Makes the rows those of {@link FiguresReader#copyRows}. */
    void restore(DirectBuffer from, int offset, int instruments) {
        if (instruments > capacity) {
            throw new IllegalArgumentException("instruments=" + instruments + " capacity=" + capacity
                    + ": there is no room for these rows; ask for more instruments");
        }
        table.putBytes(HEADER_LENGTH, from, offset, instruments * shape.rowLength());
        tellInstruments(instruments);
    }
}
