package io.tickring.app.view;

import io.tickring.app.view.Activity.Active;
import io.tickring.app.view.TextTable.Column;
import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.tick.Decimals;
import io.tickring.engine.tick.TickDescriptor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The most active instruments as a table; of one row all prices have as many decimals. One thread's. */
final class InstrumentLines {
    private static final String ABSENT = "-";

    private final PriceTableReader prices;
    private final Activity activity;
    private final PriceRow row = new PriceRow();

    InstrumentLines(PriceTableReader prices) {
        this.prices = prices;
        this.activity = new Activity(prices);
    }

    /**
     * A title and at most {@code count} lines; less where fewer instruments have ticks.
     *
     * @param seconds since the lines before; 0 for the first time, when there is no rate
     * @param nowEpochMs when it is, for the age of prices
     */
    List<String> next(int count, double seconds, long nowEpochMs) {
        TextTable table = new TextTable(
                Column.text("symbol"),
                Column.number("bid"),
                Column.number("ask"),
                Column.number("spread"),
                Column.number("last"),
                Column.text("side"),
                Column.number("quotes"),
                Column.number("trades"),
                Column.number("ticks/s"),
                Column.text("state"),
                Column.number("age"));
        for (Active active : activity.busiest(count)) {
            if (prices.read(active.id(), row)) {
                table.add(cells(
                        seconds > 0 ? Figures.count(Math.round(active.newTicks() / seconds)) : ABSENT, nowEpochMs));
            }
        }
        return table.lines();
    }

    private List<String> cells(String rate, long nowEpochMs) {
        boolean quoted = row.quotes() > 0;
        boolean traded = row.trades() > 0;
        int decimals = Math.max(
                quoted ? Math.max(decimals(row.bid()), decimals(row.ask())) : 0, traded ? decimals(row.last()) : 0);
        List<String> cells = new ArrayList<>();
        cells.add(row.symbol());
        cells.add(quoted ? price(row.bid(), decimals) : ABSENT);
        cells.add(quoted ? price(row.ask(), decimals) : ABSENT);
        cells.add(quoted ? price(row.ask() - row.bid(), decimals) : ABSENT);
        cells.add(traded ? price(row.last(), decimals) : ABSENT);
        cells.add(traded ? side(row.lastSide()) : ABSENT);
        cells.add(Figures.count(row.quotes()));
        cells.add(Figures.count(row.trades()));
        cells.add(rate);
        cells.add(row.state().name());
        cells.add(row.appliedTimeNs() == 0 ? ABSENT : Figures.age(row.ageNs(nowEpochMs)));
        return cells;
    }

    private static int decimals(long value) {
        return Math.max(0, decimal(value).stripTrailingZeros().scale());
    }

    private static String price(long value, int decimals) {
        return decimal(value).setScale(decimals).toPlainString();
    }

    private static BigDecimal decimal(long value) {
        return BigDecimal.valueOf(value, Decimals.SCALE);
    }

    private static String side(byte side) {
        return switch (side) {
            case TickDescriptor.SIDE_BUY -> "buy";
            case TickDescriptor.SIDE_SELL -> "sell";
            default -> ABSENT;
        };
    }
}
