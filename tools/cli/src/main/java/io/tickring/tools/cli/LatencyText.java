package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.app.view.Figures;
import io.tickring.app.view.TextTable;
import io.tickring.app.view.TextTable.Column;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A latency report on stdout, in \u00b5s: a table for people, or one JSON object. */
final class LatencyText {
    private final Console console;
    private final LatencyReport report;

    LatencyText(Console console, LatencyReport report) {
        this.console = console;
        this.report = report;
    }

    void writeTable() throws IOException {
        List<Column> columns = new ArrayList<>(List.of(Column.text("stage (\u00b5s)"), Column.number("count")));
        List.of("50 %", "90 %", "99 %", "99.9 %", "99.99 %", "max").forEach(title -> columns.add(Column.number(title)));
        TextTable table = new TextTable(columns.toArray(Column[]::new));
        report.stages().forEach((stage, histogram) -> {
            List<String> cells = new ArrayList<>(List.of(stage, Figures.count(histogram.getTotalCount())));
            LatencyReport.shownPercentiles()
                    .values()
                    .forEach(percentile -> cells.add(Figures.micros(histogram.getValueAtPercentile(percentile))));
            table.add(cells);
        });
        console.print(table.lines());
    }

    void writeJson() throws IOException {
        try (JsonGenerator generator = Json.generator(console.data())) {
            generator.writeStartObject();
            generator.writeArrayFieldStart("files");
            for (LatencyRun run : report.runs()) {
                generator.writeString(run.file().toString());
            }
            generator.writeEndArray();
            generator.writeObjectFieldStart("latencyUs");
            for (Map.Entry<String, Histogram> stage : report.stages().entrySet()) {
                generator.writeObjectFieldStart(stage.getKey());
                generator.writeNumberField("count", stage.getValue().getTotalCount());
                for (Map.Entry<String, Double> percentile :
                        LatencyReport.shownPercentiles().entrySet()) {
                    generator.writeNumberField(percentile.getKey(), us(stage.getValue(), percentile.getValue()));
                }
                generator.writeEndObject();
            }
            generator.writeEndObject();
            generator.writeEndObject();
            generator.writeRaw('\n');
        }
    }

    private static double us(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / LatencyReport.NS_PER_US;
    }
}
