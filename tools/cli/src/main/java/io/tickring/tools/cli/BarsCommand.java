package io.tickring.tools.cli;

import io.tickring.app.DurationConverter;
import io.tickring.engine.analytics.Analysis;
import io.tickring.engine.analytics.AnalysisResult;
import io.tickring.engine.analytics.AnalyticsContext;
import io.tickring.engine.analytics.Bar;
import io.tickring.engine.analytics.BarHistory;
import io.tickring.engine.analytics.WorkSharing;
import io.tickring.engine.analytics.Workers;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the bars of one instrument over the journal, or a range of it. */
@Command(
        name = "bars",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the bars of one instrument: open, high, low, close, volume, VWAP.",
            "A trade goes by its exchange time, or receive time where it has none, into [kI, (k+1)I) UTC. An interval without a"
                    + " trade is empty. A bar is final at the first trade at or after its end and --grace; an older trade is late:"
                    + " counted, in no bar. --from and --to go by sequence or receive time."
        },
        footer = {"", "Example: java -jar tools.jar bars --symbol BTCUSDT.spot --interval 1m --pretty"})
final class BarsCommand implements Callable<Integer> {
    /** Three years of seconds. */
    private static final long MOST_INTERVALS = 100_000_000;

    private final Console console;

    @Mixin
    private DataOption data;

    @Option(names = "--symbol", paramLabel = "SYMBOL", required = true, description = "Whose bars.")
    private String symbol;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            defaultValue = "1m",
            description = "How long a bar is. Default: ${DEFAULT-VALUE}.")
    private Duration interval;

    @Mixin
    private GraceOption grace;

    @Mixin
    private RangeOption range;

    @ArgGroup
    private Format format = new Format();

    @Option(names = "--pretty", description = "Times in ISO-8601; without --csv and --json also aligned columns.")
    private boolean pretty;

    /** What a bar becomes. */
    static final class Format {
        @Option(names = "--csv", description = "One line for each interval, with a title line (default).")
        private boolean csv;

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;
    }

    BarsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        AnalyticsContext context =
                new AnalyticsContext().bars(List.of(interval)).grace(grace.grace());
        JournalAnalysis analysis =
                new JournalAnalysis(console, "bars", data.data, range.range(symbol::equals, Long.MAX_VALUE));
        AnalysisResult result;
        try (Workers workers = new Workers(1, WorkSharing.STATIC)) {
            result = analysis.run(context, workers, EnumSet.of(Analysis.History.BARS));
        }
        BarPrinter printer = BarPrinter.of(format.json, format.csv, pretty, console);
        if (result.instruments().isEmpty()) {
            printer.begin();
            printer.end();
            range.sayNone("symbol=" + symbol, console);
            return ToolsCommand.WELL;
        }
        AnalysisResult.Instrument found = result.instruments().get(0);
        requireSpan(found.bars());
        printer.begin();
        found.bars().forEach(printer);
        printer.end();
        console.say(String.format(
                Locale.ROOT,
                "%,d bars, %,d trades, %,d late, %,d intervals without a trade",
                found.bars().bars().size(),
                found.figures().trades(),
                found.figures().late(0),
                printer.empty()));
        return ToolsCommand.WELL;
    }

    /** One trade whose exchange time is years off would make an interval of every second between. */
    private void requireSpan(BarHistory history) {
        if (history.intervals() > MOST_INTERVALS) {
            List<Bar> bars = history.bars();
            throw CommandException.failed(String.format(
                    Locale.ROOT,
                    "the bars of symbol=%s lie in %,d intervals, from %s to %s; say a longer --interval, or leave out by"
                            + " --from and --to what lies far off",
                    symbol,
                    history.intervals(),
                    Notation.isoTime(bars.get(0).startNs()),
                    Notation.isoTime(bars.get(bars.size() - 1).startNs())));
        }
    }
}
