package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What the page shows, as JSON: times in s since a run's start, latencies in ns. */
final class HtmlReportData {
    /** The comments of an engine's log that state what was measured and under which conditions. */
    private static final List<String> STATED = List.of("Tickring", "Machine", "JVM", "Run", "Folder");

    private static final double STEPS_A_SECOND = 10_000;

    private final JsonGenerator json;

    private HtmlReportData(JsonGenerator json) {
        this.json = json;
    }

    static String json(List<String> names, List<LatencyRun> runs) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator generator = Json.generator(text)) {
            new HtmlReportData(generator).write(names, runs);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private void write(List<String> names, List<LatencyRun> runs) throws IOException {
        json.writeStartObject();
        json.writeFieldName("grid");
        double[] grid = PercentileCurve.grid();
        json.writeArray(grid, 0, grid.length);
        json.writeArrayFieldStart("runs");
        for (int i = 0; i < runs.size(); i++) {
            writeRun(names.get(i), runs.get(i));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeRun(String name, LatencyRun run) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("file", run.file().toString());
        Json.writeField(json, "start", run.startEpochMs() == null ? null : Notation.isoTimeOfMs(run.startEpochMs()));
        json.writeNumberField("seconds", rounded(run.seconds()));
        json.writeNumberField("intervals", run.intervals());
        json.writeNumberField("count", run.count());
        json.writeObjectFieldStart("stated");
        for (String condition : STATED) {
            Json.writeField(json, condition, run.comments().get(condition));
        }
        json.writeEndObject();
        json.writeArrayFieldStart("stages");
        for (Map.Entry<String, LatencyRun.Stage> stage : run.stages().entrySet()) {
            writeStage(stage.getKey(), stage.getValue());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeStage(String name, LatencyRun.Stage stage) throws IOException {
        Timeline timeline = Timeline.of(stage.intervals());
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeNumberField("count", stage.total().getTotalCount());
        json.writeNumberField("intervals", stage.intervals().size());
        json.writeNumberField("intervalsAStep", timeline.intervalsAStep());
        for (Map.Entry<String, Double> percentile :
                LatencyReport.shownPercentiles().entrySet()) {
            json.writeNumberField(percentile.getKey(), stage.total().getValueAtPercentile(percentile.getValue()));
        }
        json.writeArrayFieldStart("atS");
        for (Timeline.Point point : timeline.points()) {
            json.writeNumber(rounded(point.atS()));
        }
        json.writeEndArray();
        writeArray(
                "maxNs", timeline.points().stream().map(Timeline.Point::maxNs).toList());
        writeArray("curveNs", PercentileCurve.of(stage.total()));
        json.writeEndObject();
    }

    private void writeArray(String name, List<Long> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (Long value : values) {
            if (value == null) {
                json.writeNull();
            } else {
                json.writeNumber(value);
            }
        }
        json.writeEndArray();
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * STEPS_A_SECOND) / STEPS_A_SECOND;
    }
}
