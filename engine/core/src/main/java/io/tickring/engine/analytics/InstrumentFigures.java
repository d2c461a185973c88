package io.tickring.engine.analytics;

import static io.tickring.engine.analytics.FiguresDescriptor.*;

import io.tickring.engine.tick.Decimals;
import io.tickring.engine.tick.Sum128;
import io.tickring.engine.tick.Symbols;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The figures of one instrument at one moment: a copy of a row. Doubles are NaN where nothing is known yet. What each is computed from
 * stands at {@link QuoteFigures} and {@link TradeFigures}. One thread's.
 */
public final class InstrumentFigures {
    private final FiguresShape shape;
    private final UnsafeBuffer row;
    private int id;

    InstrumentFigures(FiguresShape shape) {
        this.shape = shape;
        this.row = new UnsafeBuffer(new byte[shape.rowLength()]);
    }

    void copyFrom(DirectBuffer rows, int offset, int instrumentId) {
        rows.getBytes(offset, row, 0, shape.rowLength());
        id = instrumentId;
    }

    public int instrumentId() {
        return id;
    }

    /** Empty for an instrument that is not defined yet. */
    public String symbol() {
        return Symbols.decode(row, SYMBOL);
    }

    /** Of the newest record that has changed the figures. */
    public long sequence() {
        return row.getLong(SEQUENCE);
    }

    public long quotes() {
        return row.getLong(QUOTES);
    }

    public long trades() {
        return row.getLong(TRADES);
    }

    /** Quotes and trades. */
    public long ticks() {
        return quotes() + trades();
    }

    /** Σ spread·Δt / ΣΔt over the quotes with two sides, as a price. */
    public double timeWeightedSpread() {
        long timeNs = row.getLong(SPREAD_TIME);
        return timeNs == 0
                ? Double.NaN
                : new BigDecimal(Sum128.signed(row, SPREAD_SUM), Decimals.SCALE)
                        .divide(BigDecimal.valueOf(timeNs), MathContext.DECIMAL128)
                        .doubleValue();
    }

    /** The exponentially weighted moving average of the mid, as a price. */
    public double ewma() {
        return row.getLong(SEQUENCE) == 0 || row.getLong(MID_TIME) == NO_MID
                ? Double.NaN
                : row.getDouble(EWMA) / Decimals.ONE;
    }

    /** √Σ of the squared log returns on the grid: not annualized, over all steps so far. */
    public double realizedVolatility() {
        double last = lastReturn();
        return returns() == 0 ? Double.NaN : StrictMath.sqrt(row.getDouble(VARIANCE) + last * last);
    }

    /** The steps of the grid with a return: all from the second on that this instrument had a mid in, or before it. */
    public long returns() {
        return row.getDouble(MID) == 0 ? 0 : row.getLong(NEWEST_STEP) - row.getLong(FIRST_STEP);
    }

    /** Adds the return of the newest step, which is not over yet, to those before it. */
    void endReturns(ReturnSeries series) {
        if (returns() > 0) {
            series.add(row.getLong(FIRST_STEP) + 1, row.getLong(NEWEST_STEP), lastReturn());
        }
    }

    /** The log return of the newest step, which is not over yet; 0 for the first one. */
    private double lastReturn() {
        double before = row.getDouble(MID_BEFORE);
        return before > 0 ? StrictMath.log(row.getDouble(MID) / before) : 0;
    }

    /** (bidSize − askSize) / (bidSize + askSize) of the last quote. */
    public double imbalance() {
        double bidSize = row.getLong(BID_SIZE);
        double askSize = row.getLong(ASK_SIZE);
        return (bidSize - askSize) / (bidSize + askSize);
    }

    /** The volume of trades whose aggressor bought, exact. */
    public BigDecimal buyVolume() {
        return new BigDecimal(Sum128.unsigned(row, BUY_VOLUME), Decimals.SCALE);
    }

    /** The volume of trades whose aggressor sold, exact. */
    public BigDecimal sellVolume() {
        return new BigDecimal(Sum128.unsigned(row, SELL_VOLUME), Decimals.SCALE);
    }

    /** How many kinds of bars there are. */
    public int kinds() {
        return shape.kinds();
    }

    /** The length of the bars of a kind. */
    public long intervalNs(int kind) {
        return shape.intervalNs(kind);
    }

    /** Trades that came too late for their bar of this kind. */
    public long late(int kind) {
        return row.getLong(shape.part(kind) + LATE);
    }

    /**
     * The newest bars of a kind, oldest first: those that still take trades, and of the final ones those in whose place no newer one lies.
     * The newest final one is there unless a pause in trading lies behind it.
     */
    public List<Bar> bars(int kind) {
        List<Bar> bars = new ArrayList<>();
        for (int slot = 0; slot < shape.slots(kind); slot++) {
            int offset = shape.slot(kind, slot);
            if (row.getLong(offset + BAR_TRADES) > 0) {
                bars.add(Bar.at(row, offset));
            }
        }
        bars.sort(Comparator.comparingLong(Bar::startNs));
        return bars;
    }
}
