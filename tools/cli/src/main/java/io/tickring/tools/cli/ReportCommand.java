package io.tickring.tools.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tickring.app.view.TextTable;
import io.tickring.app.view.TextTable.Column;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the latency of each stage as an engine recorded it, from claim to the end of the stage's batch. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Shows latency percentiles for each stage, in \u00b5s.")
final class ReportCommand implements Callable<Integer> {
    private static final double NS_PER_US = 1_000.0;
    private static final int TICKS_PER_HALF_DISTANCE = 5;
    private static final Map<String, Double> PERCENTILES = percentiles();

    private final Console console;

    @Mixin
    private DataOption data;

    @Parameters(
            paramLabel = "FILE.hlog",
            arity = "0..*",
            description = "Latency logs, summed (default: the newest latency-*.hlog in the data folder).")
    private List<Path> files;

    @Option(
            names = "--hgrm",
            paramLabel = "PREFIX",
            description = "Also writes PREFIX-STAGE.hgrm, as HdrHistogram's plotters read it.")
    private String hgrmPrefix;

    @Option(
            names = {"-f", "--force"},
            description = "Overwrites the files of --hgrm.")
    private boolean force;

    @Option(names = "--json", description = "One JSON object instead of a table.")
    private boolean json;

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (force && hgrmPrefix == null) {
            throw CommandException.wrongUse("-f without --hgrm: there is no file to overwrite");
        }
        List<Path> logs = files == null ? List.of(newest()) : files;
        for (Path log : logs) {
            if (!Files.isRegularFile(log)) {
                throw CommandException.wrongUse("file=" + log + (Files.exists(log) ? " is no file" : ": no such file"));
            }
        }
        LatencyReport report = new LatencyReport();
        for (Path log : logs) {
            report.add(log);
        }
        writeHgrm(report);
        if (json) {
            writeJson(logs, report);
        } else {
            for (String line : table(report).lines()) {
                console.print(line);
            }
        }
        return ToolsCommand.WELL;
    }

    private Path newest() throws IOException {
        if (Files.isDirectory(data.data)) {
            try (Stream<Path> entries = Files.list(data.data)) {
                Path newest = entries.filter(ReportCommand::isLatencyLog)
                        .max(Comparator.comparing(log -> log.getFileName().toString()))
                        .orElse(null);
                if (newest != null) {
                    return newest;
                }
            }
        }
        throw CommandException.wrongUse(
                "folder=" + data.data + " holds no latency-*.hlog: run an engine there first, or name"
                        + " the logs or, with --data, their folder");
    }

    private static boolean isLatencyLog(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("latency-") && name.endsWith(".hlog");
    }

    private static TextTable table(LatencyReport report) {
        List<Column> columns = new ArrayList<>(List.of(Column.text("stage (\u00b5s)"), Column.number("count")));
        List.of("50 %", "90 %", "99 %", "99.9 %", "99.99 %", "max").forEach(title -> columns.add(Column.number(title)));
        TextTable table = new TextTable(columns.toArray(Column[]::new));
        report.stages().forEach((stage, histogram) -> {
            List<String> cells = new ArrayList<>(List.of(stage, Notation.grouped(histogram.getTotalCount())));
            PERCENTILES
                    .values()
                    .forEach(percentile -> cells.add(String.format(
                            Locale.ROOT, "%,.1f", histogram.getValueAtPercentile(percentile) / NS_PER_US)));
            table.add(cells);
        });
        return table;
    }

    private void writeJson(List<Path> logs, LatencyReport report) throws IOException {
        try (JsonGenerator generator = Json.generator(console.data())) {
            generator.writeStartObject();
            generator.writeArrayFieldStart("files");
            for (Path log : logs) {
                generator.writeString(log.toString());
            }
            generator.writeEndArray();
            generator.writeObjectFieldStart("latencyUs");
            for (Map.Entry<String, Histogram> stage : report.stages().entrySet()) {
                generator.writeObjectFieldStart(stage.getKey());
                generator.writeNumberField("count", stage.getValue().getTotalCount());
                for (Map.Entry<String, Double> percentile : PERCENTILES.entrySet()) {
                    long ns = stage.getValue().getValueAtPercentile(percentile.getValue());
                    generator.writeNumberField(percentile.getKey(), ns / NS_PER_US);
                }
                generator.writeEndObject();
            }
            generator.writeEndObject();
            generator.writeEndObject();
            generator.writeRaw('\n');
        }
    }

    private void writeHgrm(LatencyReport report) throws IOException {
        if (hgrmPrefix == null) {
            return;
        }
        for (String stage : report.stages().keySet()) {
            OutputFile.refuse(hgrmFile(stage), force);
        }
        for (Map.Entry<String, Histogram> stage : report.stages().entrySet()) {
            try (OutputFile file = OutputFile.create(hgrmFile(stage.getKey()), force)) {
                PrintStream text = new PrintStream(file.stream(), false, StandardCharsets.UTF_8);
                stage.getValue().outputPercentileDistribution(text, TICKS_PER_HALF_DISTANCE, NS_PER_US);
                if (text.checkError()) {
                    throw CommandException.failed("file=" + hgrmFile(stage.getKey()) + " cannot be written");
                }
                file.keep();
            }
        }
    }

    private Path hgrmFile(String stage) {
        return Path.of(hgrmPrefix + "-" + stage.replaceAll("[^A-Za-z0-9._-]", "_") + ".hgrm");
    }

    private static Map<String, Double> percentiles() {
        Map<String, Double> percentiles = new LinkedHashMap<>();
        percentiles.put("p50", 50.0);
        percentiles.put("p90", 90.0);
        percentiles.put("p99", 99.0);
        percentiles.put("p999", 99.9);
        percentiles.put("p9999", 99.99);
        percentiles.put("max", 100.0);
        return percentiles;
    }
}
