package io.tickring.tools.cli;

import io.tickring.app.CountConverter;
import io.tickring.app.PaceConverter;
import io.tickring.engine.journaling.JournalFeed;
import io.tickring.engine.journaling.JournalRange;
import io.tickring.engine.price.TableDigest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replays a journal, or a range of it, through an engine in memory and prints its ticks. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Replays the journal and prints its ticks; both ends of a range are inclusive.",
        footer = {"", "Example: java -jar tools.jar replay --from 2024-08-08T23:55:00Z --limit 20 --pretty"})
final class ReplayCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private DataOption data;

    @Mixin
    private RangeOption range;

    @Mixin
    private SymbolOption symbols;

    @Option(
            names = "--pace",
            paramLabel = "max|Nx",
            defaultValue = "max",
            converter = PaceConverter.class,
            description = "As fast as possible (default), or N times the recorded speed.")
    private double pace;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = CountConverter.class,
            description = "At most this many ticks; k, m and g are understood.")
    private Long limit;

    @Option(
            names = "--follow",
            description =
                    "Goes on at the journal's end with what is appended, over restarts of its engine, until --to, --limit or ^C.")
    private boolean follow;

    @ArgGroup
    private Format format = new Format();

    @Option(
            names = "--pretty",
            description = "Times in ISO-8601; without --csv and --json also aligned columns, for people.")
    private boolean pretty;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Writes the ticks into a file, which is there whole or not at all.")
    private Path output;

    @Option(
            names = {"-f", "--force"},
            description = "Overwrites the file of -o.")
    private boolean force;

    /** What a tick becomes. */
    static final class Format {
        @Option(names = "--csv", description = "One line for each tick, with a title line (default).")
        private boolean csv;

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;

        @Option(names = "--none", description = "No ticks: the summary alone.")
        private boolean none;
    }

    /** What went through the engine, and what of it was printed. */
    private record Replayed(Replay.Result result, TickPrinter.Counts counts) {}

    ReplayCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        check();
        NativeScratch.prepare();
        JournalRange asked = range.range(symbols.wanted(), limit == null ? Long.MAX_VALUE : limit);
        Replay replay = new Replay(data.data, asked, pace, follow);
        Replayed result;
        try (JournalFeed feed = replay.open()) {
            result = output == null ? run(replay, feed, console.data()) : runIntoFile(replay, feed);
            console.data().flush();
            feed.gaps().forEach(gap -> console.say(gap.toString()));
        }
        console.say(summary(result, asked.isWhole()));
        return ToolsCommand.WELL;
    }

    private void check() {
        if (force && output == null) {
            throw CommandException.wrongUse("-f without -o: there is no file to overwrite");
        }
        if (follow && !Double.isInfinite(pace)) {
            throw CommandException.wrongUse("--follow with --pace: what is followed comes when it is journaled");
        }
        if (follow && output != null && !range.hasEnd() && limit == null) {
            throw CommandException.wrongUse(
                    "--follow with -o: name the end by --to or --limit, for the file is there when the replay ends");
        }
        if (output != null && format.none) {
            throw CommandException.wrongUse("-o with --none: there is nothing to write");
        }
    }

    private Replayed runIntoFile(Replay replay, JournalFeed feed) throws IOException {
        try (OutputFile file = OutputFile.create(output, force)) {
            Replayed result = run(replay, feed, file.stream());
            file.keep();
            return result;
        }
    }

    private Replayed run(Replay replay, JournalFeed feed, OutputStream out) throws IOException {
        boolean toTerminal = output == null && console.dataIsTerminal();
        boolean prompt = toTerminal || follow || !Double.isInfinite(pace);
        TickPrinter printer = new TickPrinter(tickFormat(), new LineBuffer(out), prompt);
        boolean quiet = !follow && (format.none || !toTerminal);
        try (Progress progress = Progress.of("replay", console.talkIsTerminal() && quiet, console.talk())) {
            Replay.Result result = replay.run(feed, printer, progress);
            return new Replayed(result, printer.counts());
        }
    }

    private TickFormat tickFormat() {
        if (format.none) {
            return null;
        }
        if (format.json) {
            return new JsonFormat(pretty);
        }
        return pretty && !format.csv ? new PrettyFormat() : new CsvFormat(pretty);
    }

    private static String summary(Replayed replayed, boolean whole) {
        Replay.Result result = replayed.result();
        TickPrinter.Counts counts = replayed.counts();
        double seconds = result.seconds();
        long ticksPerSecond = seconds > 0 ? Math.round(counts.ticks() / seconds) : 0;
        boolean empty = result.lastSequence() < result.firstSequence();
        return String.format(
                Locale.ROOT,
                "replayed %,d quotes, %,d trades and %,d other records%s, %s, in %.2f s, %,d ticks/s, digest %s%s",
                counts.quotes(),
                counts.trades(),
                counts.others(),
                counts.skipped() == 0 ? "" : String.format(Locale.ROOT, " (%,d skipped ticks)", counts.skipped()),
                empty ? "no sequence" : "sequences " + result.firstSequence() + " to " + result.lastSequence(),
                seconds,
                ticksPerSecond,
                TableDigest.format(result.digest()),
                whole ? "" : ", partial");
    }
}
