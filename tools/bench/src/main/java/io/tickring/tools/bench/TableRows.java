package io.tickring.tools.bench;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/** What a table tells of an instrument, be it Tickring's or a peer's own. */
@FunctionalInterface
interface TableRows {
    /** A field of a row. */
    enum Field {
        SEQUENCE(true),
        BID(false),
        ASK(false),
        BID_SIZE(false),
        ASK_SIZE(false),
        EXCHANGE_TIME(false),
        RECEIVE_TIME(false),
        LAST(false),
        LAST_SIZE(false),
        LAST_SIDE(false),
        OPEN(false),
        HIGH(false),
        LOW(false),
        LAST_TRADE_ID(false),
        QUOTES(true),
        TRADES(true),
        RECEIVE_TIME_BACK(true),
        REPEATED_IDS(true),
        VOLUME(true),
        NOTIONAL(true);

        /** Whether each further pass over a set of ticks adds the same to it; else each pass leaves the same in it. */
        final boolean grows;

        Field(boolean grows) {
            this.grows = grows;
        }
    }

    Map<Field, BigDecimal> row(int instrumentId);

    static TableRows of(PriceTableReader table) {
        PriceRow row = new PriceRow();
        return id -> {
            if (!table.read(id, row)) {
                throw new BenchException("id=" + id + ": its row is never whole");
            }
            return fields(row);
        };
    }

    private static Map<Field, BigDecimal> fields(PriceRow row) {
        Map<Field, BigDecimal> fields = new EnumMap<>(Field.class);
        put(fields, Field.SEQUENCE, row.sequence());
        put(fields, Field.BID, row.bid());
        put(fields, Field.ASK, row.ask());
        put(fields, Field.BID_SIZE, row.bidSize());
        put(fields, Field.ASK_SIZE, row.askSize());
        put(fields, Field.EXCHANGE_TIME, row.exchangeTimeNs());
        put(fields, Field.RECEIVE_TIME, row.receiveTimeNs());
        put(fields, Field.LAST, row.last());
        put(fields, Field.LAST_SIZE, row.lastSize());
        put(fields, Field.LAST_SIDE, row.lastSide());
        put(fields, Field.OPEN, row.open());
        put(fields, Field.HIGH, row.high());
        put(fields, Field.LOW, row.low());
        put(fields, Field.LAST_TRADE_ID, row.lastTradeId());
        put(fields, Field.QUOTES, row.quotes());
        put(fields, Field.TRADES, row.trades());
        put(fields, Field.RECEIVE_TIME_BACK, row.receiveTimeBack());
        put(fields, Field.REPEATED_IDS, row.repeatedIds());
        fields.put(Field.VOLUME, row.volume());
        fields.put(Field.NOTIONAL, row.notional());
        return fields;
    }

    static void put(Map<Field, BigDecimal> fields, Field field, long value) {
        fields.put(field, BigDecimal.valueOf(value));
    }
}
