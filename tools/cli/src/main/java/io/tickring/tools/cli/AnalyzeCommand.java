package io.tickring.tools.cli;

import io.tickring.app.Choice;
import io.tickring.app.CountConverter;
import io.tickring.app.DurationConverter;
import io.tickring.engine.analytics.Analysis.History;
import io.tickring.engine.analytics.AnalysisResult;
import io.tickring.engine.analytics.AnalyticsContext;
import io.tickring.engine.analytics.WorkSharing;
import io.tickring.engine.analytics.Workers;
import io.tickring.engine.price.TableDigest;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Computes the figures of all instruments over the journal, or a range of it, on several cores. */
@Command(
        name = "analyze",
        mixinStandardHelpOptions = true,
        description = {
            "Computes figures of each instrument, as spread and volatility, and the correlation of all pairs.",
            "The same for each number of workers and strategy, bit for bit, and the same as those of an engine with --bars.",
            "The page of --html: the figures, the correlation as a heat map, the bars of each instrument as candles."
        },
        footer = {
            "",
            "Example: java -jar tools.jar analyze --symbol '*USDT.*' --interval 1m",
            "         java -jar tools.jar analyze --html figures.html"
        })
final class AnalyzeCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DataOption data;

    @Mixin
    private SymbolOption symbols;

    @Mixin
    private RangeOption range;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "1s",
            description = "How long a bar in the page is. Default: ${DEFAULT-VALUE}.")
    private Duration interval;

    @Mixin
    private GraceOption grace;

    @Option(
            names = "--grid",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "1s",
            description =
                    "The steps of the log returns that volatility and correlation are of; a live engine's are of 1s."
                            + " Default: ${DEFAULT-VALUE}.")
    private Duration grid;

    @Option(
            names = "--half-life",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "10s",
            description = "When a mid counts half in the moving average. Default: ${DEFAULT-VALUE}.")
    private Duration halfLife;

    @Option(
            names = "--workers",
            paramLabel = "N",
            converter = CountConverter.OfInt.class,
            description = "On how many threads, 1 to 256. Default: one for each core.")
    private Integer workers;

    @Option(
            names = "--strategy",
            paramLabel = "HOW",
            converter = Strategy.class,
            completionCandidates = Strategy.class,
            defaultValue = "dynamic",
            description =
                    "How they share the work: static (fixed shares), dynamic (the next few from a counter), stealing"
                            + " (fork/join). Default: ${DEFAULT-VALUE}.")
    private WorkSharing strategy;

    @Mixin
    private PageOption page;

    @ArgGroup
    private Format format = new Format();

    /** What the figures become. */
    static final class Format {
        @Option(names = "--csv", description = "One line for each instrument, its correlations at the end.")
        private boolean csv;

        @Option(names = "--json", description = "One JSON object.")
        private boolean json;
    }

    /** The words of {@code --strategy}. */
    static final class Strategy extends Choice<WorkSharing> {
        Strategy() {
            List.of(WorkSharing.values()).forEach(sharing -> add(word(sharing), sharing));
        }
    }

    AnalyzeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        AnalyticsContext context = new AnalyticsContext()
                .bars(List.of(interval))
                .grid(grid)
                .grace(grace.grace())
                .halfLife(halfLife);
        page.requireFile(false, "--html");
        // Begun before the journal is read, and gone again if it is damaged.
        try (OutputFile html = page.reserve()) {
            long startNs = System.nanoTime();
            AnalysisResult result =
                    analyze(context, html == null ? EnumSet.of(History.RETURNS) : EnumSet.allOf(History.class));
            double seconds = (System.nanoTime() - startNs) / 1e9;
            if (html != null) {
                new AnalysisPage(result, interval, grid, conditions(context, result))
                        .write(data.data.toString(), html.stream());
                html.keep();
                console.say("wrote " + page.file());
            }
            print(result);
            if (result.instruments().isEmpty()) {
                range.sayNone(symbols.wanted() == null ? null : "symbol=" + symbols, console);
            }
            console.say(summary(result, seconds));
        }
        return ToolsCommand.WELL;
    }

    private Map<String, String> conditions(AnalyticsContext context, AnalysisResult result) {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("Data folder", data.data.toAbsolutePath().normalize().toString());
        conditions.put("Range", range.toString());
        conditions.put("Symbols", symbols.toString());
        conditions.put("Settings", context.toString());
        conditions.put("Ticks", ticks(result));
        if (result.unknownInstruments() > 0) {
            conditions.put("Unknown", unknown(result) + ", in no figure");
        }
        conditions.put("Digest", TableDigest.format(result.digest()));
        return conditions;
    }

    private AnalysisResult analyze(AnalyticsContext context, Set<History> kept) throws IOException {
        JournalAnalysis analysis =
                new JournalAnalysis(console, "analyze", data.data, range.range(symbols.wanted(), Long.MAX_VALUE));
        try (Workers threads = newWorkers()) {
            return analysis.run(context, threads, kept);
        }
    }

    private Workers newWorkers() {
        try {
            return new Workers(workers == null ? Runtime.getRuntime().availableProcessors() : workers, strategy);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse("--" + e.getMessage());
        }
    }

    private void print(AnalysisResult result) throws IOException {
        AnalysisText text = new AnalysisText(result, interval, grid);
        if (format.json) {
            text.writeJson(console);
        } else if (format.csv) {
            text.writeCsv(console);
        } else {
            text.writeTable(console);
        }
    }

    private static String ticks(AnalysisResult result) {
        return String.format(
                Locale.ROOT,
                "%,d ticks of %,d instruments",
                result.ticks(),
                result.instruments().size());
    }

    private static String unknown(AnalysisResult result) {
        return String.format(Locale.ROOT, "%,d ticks of unknown instruments", result.unknownInstruments());
    }

    private static String summary(AnalysisResult result, double seconds) {
        return String.format(
                Locale.ROOT,
                "analyzed %s in %.2f s, digest %s%s",
                ticks(result),
                seconds,
                TableDigest.format(result.digest()),
                result.unknownInstruments() == 0 ? "" : "; " + unknown(result));
    }
}
