package io.tickring.engine.price;

import static io.tickring.engine.price.PriceTableDescriptor.*;

import io.tickring.engine.tick.PriceState;
import io.tickring.engine.tick.Sum128;
import io.tickring.engine.tick.Symbols;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A copy of one row, filled by {@link PriceTableReader#read} again and again. Prices and sizes are in 10⁻⁸, times in ns since the
 * epoch or NO_TIME. Quote fields mean nothing while {@link #quotes()} is 0, trade fields while {@link #trades()} is 0. One thread's.
 */
public final class PriceRow {
    private static final int PRICE_SCALE = 8;

    private final UnsafeBuffer row = new UnsafeBuffer(new byte[ROW_LENGTH]);
    private int id;

    void copyFrom(DirectBuffer table, int offset, int instrumentId) {
        table.getBytes(offset, row, 0, ROW_LENGTH);
        id = instrumentId;
    }

    void copyTo(MutableDirectBuffer rows, int offset) {
        rows.putBytes(offset, row, 0, ROW_LENGTH);
    }

    /** Even, and another with each change of the row, as {@link PriceTableReader#version}. */
    public long version() {
        return row.getLong(VERSION);
    }

    /** Of the newest record that has changed the row, tick or not. */
    long newestSequence() {
        return Math.max(sequence(), row.getLong(CONTROL_SEQUENCE));
    }

    public int instrumentId() {
        return id;
    }

    /** Allocates. */
    public String symbol() {
        return Symbols.decode(row, SYMBOL);
    }

    /** The sequence of the instrument's newest tick, 0 before the first. */
    public long sequence() {
        return row.getLong(SEQUENCE);
    }

    public long bid() {
        return row.getLong(BID);
    }

    public long ask() {
        return row.getLong(ASK);
    }

    public long bidSize() {
        return row.getLong(BID_SIZE);
    }

    public long askSize() {
        return row.getLong(ASK_SIZE);
    }

    /** The newest exchange time that a tick told. */
    public long exchangeTimeNs() {
        return row.getLong(EXCHANGE_TIME);
    }

    public long receiveTimeNs() {
        return row.getLong(RECEIVE_TIME);
    }

    /** How old the newest tick is at a time of the wall clock, at least 0. The engine judges by a clock that nobody can set. */
    public long ageNs(long nowEpochMs) {
        return Math.max(0, TimeUnit.MILLISECONDS.toNanos(nowEpochMs) - appliedTimeNs());
    }

    public long last() {
        return row.getLong(LAST);
    }

    public long lastSize() {
        return row.getLong(LAST_SIZE);
    }

    /** The aggressor of the newest trade: SIDE_BUY, SIDE_SELL or SIDE_NONE. */
    public byte lastSide() {
        return row.getByte(LAST_SIDE);
    }

    /** How old the price is against its time to live, as the engine judged it last. */
    public PriceState state() {
        return PriceState.of(row.getByte(STATE));
    }

    /**
     * When the newest tick was applied, by the clock of the engine that applied it, or when that engine started, if that is later; 0
     * where nobody knows.
     */
    public long appliedTimeNs() {
        return row.getLong(APPLIED_TIME);
    }

    public long open() {
        return row.getLong(OPEN);
    }

    public long high() {
        return row.getLong(HIGH);
    }

    public long low() {
        return row.getLong(LOW);
    }

    public long quotes() {
        return row.getLong(QUOTES);
    }

    public long trades() {
        return row.getLong(TRADES);
    }

    /** The id of the newest trade that had one, or NO_TRADE_ID. */
    public long lastTradeId() {
        return row.getLong(LAST_TRADE_ID);
    }

    /** Ticks received at an earlier time than the one before them. */
    public long receiveTimeBack() {
        return row.getLong(RECEIVE_TIME_BACK);
    }

    /** Trades whose id is not above the one before them. */
    public long repeatedIds() {
        return row.getLong(REPEATED_IDS);
    }

    /** Trades whose id is more than one above the one before them. */
    public long idGaps() {
        return row.getLong(ID_GAPS);
    }

    /** Quotes whose bid was above their ask. */
    public long crossed() {
        return row.getLong(CROSSED);
    }

    /** Quotes whose bid was their ask. */
    public long locked() {
        return row.getLong(LOCKED);
    }

    /** The sum of all trades' sizes, exact. Allocates. */
    public BigDecimal volume() {
        return new BigDecimal(Sum128.unsigned(row, VOLUME_HIGH), PRICE_SCALE);
    }

    /** The sum of price × size of all trades, exact; no contract multiplier. Allocates. */
    public BigDecimal notional() {
        return new BigDecimal(Sum128.unsigned(row, NOTIONAL_HIGH), 2 * PRICE_SCALE);
    }

    /** Notional / volume, rounded half-even to 8 decimals; 0 before the first trade. Allocates. */
    public BigDecimal vwap() {
        return trades() == 0 ? BigDecimal.ZERO : notional().divide(volume(), PRICE_SCALE, RoundingMode.HALF_EVEN);
    }
}
