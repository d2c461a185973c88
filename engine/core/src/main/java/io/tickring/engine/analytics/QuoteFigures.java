package io.tickring.engine.analytics;

import static io.tickring.engine.analytics.FiguresDescriptor.*;

import io.tickring.engine.tick.Sum128;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What comes of quotes, by receive time: sizes, time-weighted spread, moving average and variance of the mid. A time that goes back
 * counts as the newest one before it; a quote that lacks a side, or has no time and none before it, has sizes alone.
 *
 * <ul>
 *   <li>Time-weighted spread = Σ spread·Δt / ΣΔt, each spread until the next quote; a crossed quote's is below 0.
 *   <li>EWMA += (1 − 2^(−Δt/h))·(mid − EWMA), started by the first mid.
 *   <li>Variance = Σ ln²(mid_k / mid_{k−1}) over the steps of the grid, mid_k the last one in step k, or before it where it has none; only
 *       mids above 0.
 * </ul>
 *
 * Source: U. Müller, "Specially weighted moving averages with repeated application of the EMA operator", 2000, for unequal steps of
 * time; T. Andersen, T. Bollerslev, "Answering the skeptics", 1998, for realized volatility. Allocates nothing; threads may update
 * different rows at once.
 *
 * <p>Design note: 1 − 2^x is −expm1(x·ln 2), as precise for a short Δt. {@code StrictMath.pow} makes three arrays a call until it is
 * compiled, and takes six times as long.
 */
final class QuoteFigures {
    private final UnsafeBuffer table;
    private final FiguresListener listener;
    private final double decayPerNs;
    private final long gridNs;

    QuoteFigures(UnsafeBuffer table, FiguresShape shape, FiguresListener listener) {
        this.table = table;
        this.listener = listener;
        this.decayPerNs = StrictMath.log(2) / shape.halfLifeNs;
        this.gridNs = shape.gridNs;
    }

    void update(int row, Tick quote) {
        long timeNs = moveTo(row, quote.receiveTimeNs());
        long bidSize = quote.bidSize();
        long askSize = quote.askSize();
        table.putLong(row + BID_SIZE, bidSize);
        table.putLong(row + ASK_SIZE, askSize);
        table.putLong(row + QUOTES, table.getLong(row + QUOTES) + 1);
        if (bidSize == 0 || askSize == 0 || timeNs == TickDescriptor.NO_TIME) {
            table.putLong(row + SPREAD, NO_SPREAD);
            return;
        }
        table.putLong(row + SPREAD, spread(quote.bid(), quote.ask()));
        double mid = quote.bid() / 2.0 + quote.ask() / 2.0;
        average(row, timeNs, mid);
        if (mid > 0) {
            step(row, quote.instrumentId(), Math.floorDiv(timeNs, gridNs), mid);
        }
    }

    /** At most the greatest long, where prices lie that far apart. */
    private static long spread(long bid, long ask) {
        long spread = ask - bid;
        boolean overflows = ((ask ^ bid) & (ask ^ spread)) < 0;
        return overflows ? (ask < 0 ? -Long.MAX_VALUE : Long.MAX_VALUE) : Math.max(spread, -Long.MAX_VALUE);
    }

    /** Counts the spread up to a time; answers the newest time. */
    private long moveTo(int row, long timeNs) {
        long beforeNs = table.getLong(row + QUOTE_TIME);
        if (timeNs <= beforeNs) {
            return beforeNs;
        }
        table.putLong(row + QUOTE_TIME, timeNs);
        if (beforeNs == TickDescriptor.NO_TIME) {
            return timeNs;
        }
        long spread = table.getLong(row + SPREAD);
        if (spread != NO_SPREAD) {
            table.putLong(row + SPREAD_TIME, table.getLong(row + SPREAD_TIME) + timeNs - beforeNs);
            Sum128.addProduct(table, row + SPREAD_SUM, spread, timeNs - beforeNs);
        }
        return timeNs;
    }

    private void average(int row, long timeNs, double mid) {
        long beforeNs = table.getLong(row + MID_TIME);
        if (beforeNs == NO_MID) {
            table.putDouble(row + EWMA, mid);
        } else if (timeNs > beforeNs) {
            double average = table.getDouble(row + EWMA);
            double weight = -StrictMath.expm1(-(timeNs - beforeNs) * decayPerNs);
            table.putDouble(row + EWMA, average + weight * (mid - average));
        }
        table.putLong(row + MID_TIME, timeNs);
    }

    private void step(int row, int id, long step, double mid) {
        double last = table.getDouble(row + MID);
        long newestStep = table.getLong(row + NEWEST_STEP);
        if (last == 0) {
            table.putLong(row + FIRST_STEP, step);
        } else if (step > newestStep) {
            double before = table.getDouble(row + MID_BEFORE);
            if (before > 0) {
                double logReturn = StrictMath.log(last / before);
                table.putDouble(row + VARIANCE, table.getDouble(row + VARIANCE) + logReturn * logReturn);
                listener.onReturn(id, table.getLong(row + FIRST_STEP) + 1, newestStep, logReturn);
            }
            table.putDouble(row + MID_BEFORE, last);
        }
        table.putLong(row + NEWEST_STEP, step);
        table.putDouble(row + MID, mid);
    }
}
