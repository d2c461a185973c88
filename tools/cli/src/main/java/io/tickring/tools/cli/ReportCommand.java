package io.tickring.tools.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the latency of each stage as an engine recorded it, from claim to the end of the stage's batch. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Shows latency percentiles for each stage, in \u00b5s.",
            "The page of --html: timeline and percentiles of each stage, each log a run of its own, laid over each other."
        },
        footer = {
            "",
            "Example: java -jar tools.jar report --html report.html",
            "         java -jar tools.jar report --html both.html before.hlog after.hlog"
        })
final class ReportCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DataOption data;

    @Parameters(
            paramLabel = "FILE.hlog",
            arity = "0..*",
            description = "Latency logs, summed (default: the newest latency-*.hlog in the data folder).")
    private List<Path> files;

    @Mixin
    private PageOption page;

    @Option(
            names = "--hgrm",
            paramLabel = "PREFIX",
            description = "Also writes PREFIX-STAGE.hgrm, as HdrHistogram's plotters read it.")
    private String hgrmPrefix;

    @Option(names = "--json", description = "One JSON object instead of a table.")
    private boolean json;

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        page.requireFile(hgrmPrefix != null, "--hgrm or --html");
        List<Path> logs = files == null ? List.of(newest()) : files;
        for (Path log : logs) {
            check(log);
        }
        // Begun before the logs are read, and gone again if one of them is damaged.
        try (OutputFile html = page.reserve()) {
            LatencyReport report = read(logs);
            if (hgrmPrefix != null) {
                new HgrmFiles(hgrmPrefix, page.overwrites()).write(report.stages());
            }
            if (html != null) {
                new HtmlReport(report.runs()).write(html.stream());
                html.keep();
                console.say("wrote " + page.file());
            }
            print(report);
        }
        return ToolsCommand.WELL;
    }

    private void print(LatencyReport report) throws IOException {
        LatencyText text = new LatencyText(console, report);
        if (json) {
            text.writeJson();
        } else {
            text.writeTable();
        }
    }

    private void check(Path log) throws IOException {
        if (!Files.isRegularFile(log)) {
            throw CommandException.wrongUse("file=" + log + (Files.exists(log) ? " is no file" : ": no such file"));
        }
        Path html = page.file();
        if (html != null && Files.exists(html) && Files.isSameFile(log, html)) {
            throw CommandException.wrongUse("file=" + html + " is the log itself: --html would overwrite it");
        }
    }

    private static LatencyReport read(List<Path> logs) throws IOException {
        LatencyReport report = new LatencyReport();
        for (Path log : logs) {
            report.add(LatencyRunReader.read(log));
        }
        return report;
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
}
