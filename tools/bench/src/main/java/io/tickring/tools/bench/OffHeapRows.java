package io.tickring.tools.bench;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.tick.PriceState;

/**
 * Tickring's price table, written by the engine's own stage: a sequence lock a row, taken for each quote. How old a price is stands
 * in its row, told and judged by others: a reader looks at it or not.
 */
final class OffHeapRows implements RowDesign.Rows {
    private final PeerTable table = PeerTable.inMemory();
    private final PriceTableHandler stage = table.stage();
    private final boolean onlyLive;

    /** @param onlyLive whether a row is had only while its price is live */
    OffHeapRows(boolean onlyLive) {
        this.onlyLive = onlyLive;
        table.define();
    }

    @Override
    public void write(TickSet set, long first, int count) {
        stage.onBatch(set.records(), set.offset(first), TickSet.FIRST_TICK_SEQUENCE + first, count);
    }

    @Override
    public RowDesign.RowReading reading() {
        return reading(table.reader(), onlyLive);
    }

    /** Of any table of Tickring's. */
    static RowDesign.RowReading reading(PriceTableReader reader, boolean onlyLive) {
        PriceRow row = new PriceRow();
        return new RowDesign.RowReading() {
            @Override
            public boolean read(int instrumentId) {
                return reader.read(instrumentId, row) && (!onlyLive || row.state() == PriceState.LIVE);
            }

            @Override
            public boolean isBound() {
                return row.quotes() == 0 || row.ask() == row.bid() + 1 && row.askSize() == row.bidSize();
            }
        };
    }

    @Override
    public TableRows rows() {
        return TableRows.of(table.reader());
    }
}
