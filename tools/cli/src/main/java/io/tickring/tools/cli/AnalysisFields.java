package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.engine.analytics.InstrumentFigures;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;

/** The figures of an instrument that people and programs see, in their order. A double that is not known is NaN, and shown as absent. */
enum AnalysisFields {
    SYMBOL("symbol", InstrumentFigures::symbol),
    QUOTES("quotes", InstrumentFigures::quotes),
    TRADES("trades", InstrumentFigures::trades),
    SPREAD("time_weighted_spread", InstrumentFigures::timeWeightedSpread),
    EWMA("ewma", InstrumentFigures::ewma),
    VOLATILITY("realized_volatility", InstrumentFigures::realizedVolatility),
    RETURNS("returns", InstrumentFigures::returns),
    IMBALANCE("imbalance", figures -> figures.quotes() == 0 ? Double.NaN : figures.imbalance()),
    BUY_VOLUME("buy_volume", figures -> Notation.plain(figures.buyVolume())),
    SELL_VOLUME("sell_volume", figures -> Notation.plain(figures.sellVolume())),
    LATE("late", figures -> figures.late(0));

    final String label;
    private final Function<InstrumentFigures, Object> value;

    AnalysisFields(String label, Function<InstrumentFigures, Object> value) {
        this.label = label;
        this.value = value;
    }

    boolean isNumber() {
        return this != SYMBOL;
    }

    /** All digits; null for what is not known. */
    String exact(InstrumentFigures figures) {
        Object known = value.apply(figures);
        return known instanceof Double number && number.isNaN() ? null : known.toString();
    }

    /** As people read it. */
    String rounded(InstrumentFigures figures) {
        return value.apply(figures) instanceof Double number ? rounded(number) : exact(figures);
    }

    /** Six digits that count. */
    static String rounded(double number) {
        return Double.isNaN(number) ? "-" : String.format(Locale.ROOT, "%.6g", number);
    }

    /** Counts and doubles as JSON numbers, volumes as strings. */
    void write(InstrumentFigures figures, JsonGenerator generator) throws IOException {
        Object known = value.apply(figures);
        if (known instanceof Long integer) {
            generator.writeNumberField(label, integer);
        } else if (known instanceof Double number && !number.isNaN()) {
            generator.writeNumberField(label, number);
        } else {
            Json.writeField(generator, label, exact(figures));
        }
    }
}
