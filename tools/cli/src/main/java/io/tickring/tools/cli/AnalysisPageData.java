package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.engine.analytics.AnalysisResult;
import io.tickring.engine.analytics.AnalysisResult.Instrument;
import io.tickring.engine.analytics.Bar;
import io.tickring.engine.analytics.InstrumentFigures;
import io.tickring.engine.tick.Decimals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What the page of an analysis shows, as JSON: the figures of all instruments, correlation and bars of those with the most ticks; so
 * many of them, and so many bars, as a browser takes.
 */
final class AnalysisPageData {
    static final int MOST_INSTRUMENTS = 300;
    static final int MOST_BARS = 2_000;

    private static final int MOST_BARS_IN_ALL = 120_000;
    private static final double CORRELATION_STEPS = 10_000;
    private static final int MS_DECIMALS = 6;

    private final JsonGenerator json;
    private final List<Instrument> instruments;
    /** Positions of those that are drawn, in the order of the result. */
    private final int[] drawn;

    private AnalysisPageData(JsonGenerator json, List<Instrument> instruments) {
        this.json = json;
        this.instruments = instruments;
        this.drawn = IntStream.range(0, instruments.size())
                .boxed()
                .sorted(Comparator.comparingLong(
                        i -> -instruments.get(i).figures().ticks()))
                .limit(MOST_INSTRUMENTS)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    static String json(AnalysisResult result, Duration interval, Duration grid, Map<String, String> conditions)
            throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator generator = Json.generator(text)) {
            new AnalysisPageData(generator, result.instruments()).write(result, interval, grid, conditions);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private void write(AnalysisResult result, Duration interval, Duration grid, Map<String, String> conditions)
            throws IOException {
        json.writeStartObject();
        json.writeFieldName("intervalMs");
        json.writeNumber(ms(interval.toNanos()));
        json.writeFieldName("gridMs");
        json.writeNumber(ms(grid.toNanos()));
        json.writeObjectFieldStart("conditions");
        for (Map.Entry<String, String> condition : conditions.entrySet()) {
            json.writeStringField(condition.getKey(), condition.getValue());
        }
        json.writeEndObject();
        writeFigures();
        json.writeFieldName("drawn");
        json.writeArray(drawn, 0, drawn.length);
        writeCorrelation(result);
        json.writeArrayFieldStart("bars");
        int most = Math.min(MOST_BARS, MOST_BARS_IN_ALL / Math.max(1, drawn.length));
        for (int position : drawn) {
            writeBars(Candles.of(instruments.get(position).bars(), most));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeFigures() throws IOException {
        json.writeArrayFieldStart("figures");
        for (Instrument instrument : instruments) {
            InstrumentFigures figures = instrument.figures();
            json.writeStartObject();
            for (AnalysisFields field : AnalysisFields.values()) {
                field.write(figures, json);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Rows of the lower half, the diagonal included, in the order of the drawn ones. */
    private void writeCorrelation(AnalysisResult result) throws IOException {
        json.writeArrayFieldStart("correlation");
        for (int row = 0; row < drawn.length; row++) {
            json.writeStartArray();
            for (int column = 0; column <= row; column++) {
                double value = result.correlation().of(drawn[row], drawn[column]);
                if (Double.isNaN(value)) {
                    json.writeNull();
                } else {
                    json.writeNumber(Math.round(value * CORRELATION_STEPS) / CORRELATION_STEPS);
                }
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private void writeBars(Candles candles) throws IOException {
        json.writeStartObject();
        json.writeNumberField("intervals", candles.intervals());
        writeColumn("startMs", candles, bar -> ms(bar.startNs()));
        writeColumn("open", candles, bar -> Decimals.format(bar.open()));
        writeColumn("high", candles, bar -> Decimals.format(bar.high()));
        writeColumn("low", candles, bar -> Decimals.format(bar.low()));
        writeColumn("close", candles, bar -> Decimals.format(bar.close()));
        writeColumn("volume", candles, bar -> Notation.plain(bar.volume()));
        writeColumn("trades", candles, bar -> Long.toString(bar.trades()));
        json.writeEndObject();
    }

    private void writeColumn(String name, Candles candles, Function<Bar, String> number) throws IOException {
        json.writeArrayFieldStart(name);
        for (Bar bar : candles.bars()) {
            json.writeNumber(number.apply(bar));
        }
        json.writeEndArray();
    }

    private static String ms(long ns) {
        return Notation.plain(BigDecimal.valueOf(ns, MS_DECIMALS));
    }
}
