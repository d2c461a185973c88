package io.tickring.engine.analytics;

import static io.tickring.engine.analytics.FiguresDescriptor.*;

import io.tickring.engine.tick.Sum128;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What comes of trades, by exchange time, or receive time where a trade has none: bars and the volume by side.
 *
 * <p>A bar of the interval [kI, (k+1)I) is final at the instrument's first trade at or after (k+1)I + grace; an older trade than that
 * is late: counted, in no bar. Open and close are the prices with the least and the greatest time in the bar, among equal times the
 * first and the last that came. A trade without any time is in no bar. Allocates nothing; threads may update different rows at once.
 */
final class TradeFigures {
    private final UnsafeBuffer table;
    private final FiguresShape shape;
    private final FiguresListener listener;

    TradeFigures(UnsafeBuffer table, FiguresShape shape, FiguresListener listener) {
        this.table = table;
        this.shape = shape;
        this.listener = listener;
    }

    void update(int row, Tick trade) {
        long exchangeTimeNs = trade.exchangeTimeNs();
        long timeNs = exchangeTimeNs == TickDescriptor.NO_TIME ? trade.receiveTimeNs() : exchangeTimeNs;
        if (timeNs != TickDescriptor.NO_TIME) {
            addToBars(row, timeNs, trade);
        }
        increment(row + TRADES);
        addBySide(row + BUY_VOLUME, row + SELL_VOLUME, trade);
    }

    private void addToBars(int row, long timeNs, Tick trade) {
        long newestNs = table.getLong(row + NEWEST_TRADE);
        for (int kind = 0; kind < shape.kinds(); kind++) {
            long intervalNs = shape.intervalNs(kind);
            long startNs = timeNs - Math.floorMod(timeNs, intervalNs);
            if (newestNs != TickDescriptor.NO_TIME && newestNs - intervalNs - shape.graceNs >= startNs) {
                increment(row + shape.part(kind) + LATE);
                listener.onLate(trade.instrumentId(), kind, startNs);
            } else {
                addTo(row + shape.slotOf(kind, startNs), kind, startNs, timeNs, trade);
            }
        }
        table.putLong(row + NEWEST_TRADE, Math.max(newestNs, timeNs));
    }

    private void addTo(int slot, int kind, long startNs, long timeNs, Tick trade) {
        long price = trade.price();
        if (table.getLong(slot + BAR_TRADES) == 0 || table.getLong(slot + BAR_START) != startNs) {
            begin(slot, trade.instrumentId(), kind, startNs);
            table.putLong(slot + BAR_OPEN_TIME, timeNs);
            table.putLong(slot + BAR_OPEN, price);
            table.putLong(slot + BAR_HIGH, price);
            table.putLong(slot + BAR_LOW, price);
        } else {
            if (timeNs < table.getLong(slot + BAR_OPEN_TIME)) {
                table.putLong(slot + BAR_OPEN_TIME, timeNs);
                table.putLong(slot + BAR_OPEN, price);
            }
            table.putLong(slot + BAR_HIGH, Math.max(price, table.getLong(slot + BAR_HIGH)));
            table.putLong(slot + BAR_LOW, Math.min(price, table.getLong(slot + BAR_LOW)));
        }
        if (timeNs >= table.getLong(slot + BAR_CLOSE_TIME)) {
            table.putLong(slot + BAR_CLOSE_TIME, timeNs);
            table.putLong(slot + BAR_CLOSE, price);
        }
        increment(slot + BAR_TRADES);
        Sum128.add(table, slot + BAR_VOLUME, 0, trade.size());
        Sum128.addProduct(table, slot + BAR_NOTIONAL, price, trade.size());
        addBySide(slot + BAR_BUY_VOLUME, slot + BAR_SELL_VOLUME, trade);
    }

    private void begin(int slot, int id, int kind, long startNs) {
        if (table.getLong(slot + BAR_TRADES) > 0) {
            listener.onBar(id, kind, table, slot);
        }
        table.setMemory(slot, BAR_LENGTH, (byte) 0);
        table.putLong(slot + BAR_START, startNs);
        table.putLong(slot + BAR_CLOSE_TIME, Long.MIN_VALUE);
    }

    private void addBySide(int buys, int sells, Tick trade) {
        if (trade.side() == TickDescriptor.SIDE_BUY) {
            Sum128.add(table, buys, 0, trade.size());
        } else if (trade.side() == TickDescriptor.SIDE_SELL) {
            Sum128.add(table, sells, 0, trade.size());
        }
    }

    private void increment(int offset) {
        table.putLong(offset, table.getLong(offset) + 1);
    }
}
