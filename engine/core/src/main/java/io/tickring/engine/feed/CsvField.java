package io.tickring.engine.feed;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a column of a CSV file may hold, with the names under which it is known: ours first, then those of Databento's dbn. */
public enum CsvField {
    TIME("receive_time", "ts_recv", "time", "timestamp", "ts"),
    EXCHANGE_TIME("exchange_time", "ts_event"),
    SYMBOL("symbol"),
    TYPE("type"),
    ACTION("action"),
    BID("bid", "bid_px", "bid_px_00"),
    ASK("ask", "ask_px", "ask_px_00"),
    BID_SIZE("bid_size", "bid_sz", "bid_sz_00"),
    ASK_SIZE("ask_size", "ask_sz", "ask_sz_00"),
    PRICE("price"),
    SIZE("size"),
    SIDE("side"),
    TRADE_ID("trade_id");

    private final List<String> names;

    CsvField(String... names) {
        this.names = Stream.of(names).map(CsvField::plain).toList();
    }

    /** The field's word in a query, as {@code bid-size}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The names by which a header may call it, in {@link #plain} form, the first one known best. */
    List<String> names() {
        return names;
    }

    /** A name as names are compared: without case, {@code -} and {@code _}. */
    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}
