package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.app.view.Figures;
import io.tickring.app.view.TextTable;
import io.tickring.engine.price.PriceRow;
import io.tickring.engine.tick.Decimals;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The fields of a price row that people and programs see, in their order. A field that is not known yet is null, or
 * {@code -}.
 */
enum PriceFields {
    SYMBOL("symbol", Kind.TEXT, PriceRow::symbol),
    BID("bid", Kind.DECIMAL, row -> quoted(row, row.bid())),
    BID_SIZE("bidSize", Kind.DECIMAL, row -> quoted(row, row.bidSize())),
    ASK("ask", Kind.DECIMAL, row -> quoted(row, row.ask())),
    ASK_SIZE("askSize", Kind.DECIMAL, row -> quoted(row, row.askSize())),
    LAST("last", Kind.DECIMAL, row -> traded(row, row.last())),
    LAST_SIZE("lastSize", Kind.DECIMAL, row -> traded(row, row.lastSize())),
    OPEN("open", Kind.DECIMAL, row -> traded(row, row.open())),
    HIGH("high", Kind.DECIMAL, row -> traded(row, row.high())),
    LOW("low", Kind.DECIMAL, row -> traded(row, row.low())),
    VOLUME("volume", Kind.DECIMAL, row -> Notation.plain(row.volume())),
    NOTIONAL("notional", Kind.DECIMAL, row -> Notation.plain(row.notional())),
    VWAP("vwap", Kind.DECIMAL, row -> row.trades() == 0 ? null : Notation.plain(row.vwap())),
    QUOTES("quotes", Kind.INTEGER, PriceRow::quotes),
    TRADES("trades", Kind.INTEGER, PriceRow::trades),
    EXCHANGE_TIME("exchangeTime", Kind.TIME, row -> known(row.exchangeTimeNs())),
    RECEIVE_TIME("receiveTime", Kind.TIME, row -> known(row.receiveTimeNs())),
    SEQUENCE("sequence", Kind.INTEGER, row -> row.sequence() == 0 ? null : row.sequence()),
    STATE("state", Kind.TEXT, row -> row.state().name()),
    AGE("age", Kind.AGE, row -> row.appliedTimeNs() == 0 ? null : row.ageNs(System.currentTimeMillis())),
    CROSSED("crossed", Kind.INTEGER, PriceRow::crossed),
    LOCKED("locked", Kind.INTEGER, PriceRow::locked),
    TIME_BACK("timeBack", Kind.INTEGER, PriceRow::receiveTimeBack),
    REPEATED_IDS("repeatedIds", Kind.INTEGER, PriceRow::repeatedIds),
    ID_GAPS("idGaps", Kind.INTEGER, PriceRow::idGaps);

    private enum Kind {
        TEXT,
        DECIMAL,
        INTEGER,
        TIME,
        /** For people alone: it is another by the time that a program reads it. */
        AGE
    }

    private final String label;
    private final Kind kind;
    private final Function<PriceRow, Object> value;

    PriceFields(String label, Kind kind, Function<PriceRow, Object> value) {
        this.label = label;
        this.kind = kind;
        this.value = value;
    }

    /** A table with a column for each field. */
    static TextTable table() {
        return new TextTable(Arrays.stream(values())
                .map(field -> new TextTable.Column(field.label, field.isNumber()))
                .toArray(TextTable.Column[]::new));
    }

    /** One row of that table. */
    static List<String> cells(PriceRow row) {
        return Arrays.stream(values()).map(field -> field.cell(row)).toList();
    }

    /**
     * One JSON object: prices, sizes and sums are strings, counts, sequence and times (ns since the epoch) are
     * integers.
     */
    static void write(PriceRow row, JsonGenerator generator) throws IOException {
        generator.writeStartObject();
        for (PriceFields field : values()) {
            if (field.kind == Kind.AGE) {
                continue;
            }
            Object value = field.value.apply(row);
            if (value instanceof Long integer) {
                generator.writeNumberField(field.label, integer);
            } else {
                Json.writeField(generator, field.label, (String) value);
            }
        }
        generator.writeEndObject();
    }

    private boolean isNumber() {
        return kind == Kind.DECIMAL || kind == Kind.INTEGER || kind == Kind.AGE;
    }

    private String cell(PriceRow row) {
        Object known = value.apply(row);
        if (known == null) {
            return "-";
        }
        return switch (kind) {
            case TIME -> Notation.isoTime((Long) known);
            case AGE -> Figures.age((Long) known);
            default -> known.toString();
        };
    }

    private static String quoted(PriceRow row, long value) {
        return row.quotes() == 0 ? null : Decimals.format(value);
    }

    private static String traded(PriceRow row, long value) {
        return row.trades() == 0 ? null : Decimals.format(value);
    }

    private static Long known(long epochNs) {
        return Notation.isKnown(epochNs) ? epochNs : null;
    }
}
