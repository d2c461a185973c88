package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.app.view.TextTable;
import io.tickring.engine.analytics.AnalysisResult;
import io.tickring.engine.analytics.AnalysisResult.Instrument;
import io.tickring.engine.analytics.InstrumentFigures;
import io.tickring.engine.price.TableDigest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** An analysis in lines: for people, as CSV, as JSON. */
final class AnalysisText {
    /** A wider matrix fits no terminal. */
    private static final int MOST_COLUMNS = 12;

    private static final String CORRELATION = "correlation:";

    private final AnalysisResult result;
    private final Duration interval;
    private final Duration grid;

    AnalysisText(AnalysisResult result, Duration interval, Duration grid) {
        this.result = result;
        this.interval = interval;
        this.grid = grid;
    }

    void writeTable(Console console) throws IOException {
        TextTable figures = new TextTable(Arrays.stream(AnalysisFields.values())
                .map(field -> new TextTable.Column(field.label, field.isNumber()))
                .toArray(TextTable.Column[]::new));
        for (Instrument instrument : result.instruments()) {
            figures.add(Arrays.stream(AnalysisFields.values())
                    .map(field -> field.rounded(instrument.figures()))
                    .toList());
        }
        console.print(figures.lines());
        int size = result.instruments().size();
        if (size < 2) {
            return;
        }
        console.print("");
        if (size > MOST_COLUMNS) {
            console.print("correlation of " + size + " instruments: --csv, --json and --html have it");
            return;
        }
        List<TextTable.Column> columns = new ArrayList<>();
        columns.add(TextTable.Column.text("correlation"));
        result.instruments()
                .forEach(each ->
                        columns.add(TextTable.Column.number(each.figures().symbol())));
        TextTable matrix = new TextTable(columns.toArray(TextTable.Column[]::new));
        for (int row = 0; row < size; row++) {
            List<String> cells = new ArrayList<>();
            cells.add(figures(row).symbol());
            for (int column = 0; column < size; column++) {
                double value = result.correlation().of(row, column);
                cells.add(Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value));
            }
            matrix.add(cells);
        }
        console.print(matrix.lines());
    }

    private InstrumentFigures figures(int number) {
        return result.instruments().get(number).figures();
    }

    void writeCsv(Console console) throws IOException {
        List<String> titles = new ArrayList<>();
        Arrays.stream(AnalysisFields.values()).forEach(field -> titles.add(field.label));
        result.instruments()
                .forEach(each -> titles.add(CORRELATION + each.figures().symbol()));
        console.print(CsvFormat.line(titles));
        for (int row = 0; row < result.instruments().size(); row++) {
            List<String> cells = new ArrayList<>();
            for (AnalysisFields field : AnalysisFields.values()) {
                cells.add(field.exact(figures(row)));
            }
            for (int column = 0; column < result.instruments().size(); column++) {
                double value = result.correlation().of(row, column);
                cells.add(Double.isNaN(value) ? null : Double.toString(value));
            }
            console.print(CsvFormat.line(cells));
        }
    }

    void writeJson(Console console) throws IOException {
        try (JsonGenerator generator = Json.generator(console.data())) {
            generator.writeStartObject();
            generator.writeNumberField("interval_ns", interval.toNanos());
            generator.writeNumberField("grid_ns", grid.toNanos());
            generator.writeStringField("digest", TableDigest.format(result.digest()));
            generator.writeArrayFieldStart("instruments");
            for (Instrument instrument : result.instruments()) {
                generator.writeStartObject();
                for (AnalysisFields field : AnalysisFields.values()) {
                    field.write(instrument.figures(), generator);
                }
                generator.writeEndObject();
            }
            generator.writeEndArray();
            writeCorrelation(generator);
            generator.writeEndObject();
            generator.writeRaw('\n');
        }
    }

    /** A field {@code correlation}: an array of rows, in the order of the instruments; null for what is not known. */
    private void writeCorrelation(JsonGenerator generator) throws IOException {
        generator.writeArrayFieldStart("correlation");
        for (int row = 0; row < result.instruments().size(); row++) {
            generator.writeStartArray();
            for (int column = 0; column < result.instruments().size(); column++) {
                double value = result.correlation().of(row, column);
                if (Double.isNaN(value)) {
                    generator.writeNull();
                } else {
                    generator.writeNumber(value);
                }
            }
            generator.writeEndArray();
        }
        generator.writeEndArray();
    }
}
