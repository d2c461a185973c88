package io.tickring.tools.cli;

import io.tickring.app.Choice;
import io.tickring.app.CountConverter;
import io.tickring.app.Signals;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionException;
import io.tickring.engine.subscription.SubscriptionMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Subscribes to an engine of another process and prints what it is given, over the engine's starts. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Prints what an engine publishes, as it comes, until --limit or ^C.",
        footer = {"", "Example: java -jar tools.jar watch --symbol 'BTC*' --mode latest"})
final class WatchCommand implements Callable<Integer> {
    private static final int BATCH = 1024;
    private static final long SHORTEST_WAIT_NS = 100_000;
    private static final long LONGEST_WAIT_NS = 10_000_000;

    private final Console console;

    @Mixin
    private LiveOption live;

    @Mixin
    private SymbolOption symbols;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            converter = Mode.class,
            completionCandidates = Mode.class,
            defaultValue = "every",
            description =
                    "every: each tick out of the broadcast, and a line where some were missed. latest: the newest state"
                            + " of each instrument that changed, and how many ticks it folds. lossless: each tick out of the"
                            + " journal. Default: ${DEFAULT-VALUE}.")
    private SubscriptionMode mode;

    @Option(
            names = "--from",
            paramLabel = "now|start|SEQ|TIME",
            converter = WatchFrom.Converter.class,
            description =
                    "Where lossless begins: now (default: the table as it is, then all that follows), the journal's start,"
                            + " a sequence, or the first tick received at or after a time.")
    private WatchFrom from = WatchFrom.NOW;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "Shows under this name in stat. A lossless watch keeps its place under it and goes on there the next"
                            + " time, whatever --from says; after a kill the newest lines may come twice.")
    private String name;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = CountConverter.class,
            description = "At most this many ticks or states, a snapshot not counted; k, m and g are understood.")
    private Long limit;

    @ArgGroup
    private Format format = new Format();

    @Option(names = "--pretty", description = "Times in ISO-8601; without --csv and --json also aligned columns.")
    private boolean pretty;

    /** What a line is. */
    static final class Format {
        @Option(names = "--csv", description = "Comma-separated, with a title line (default).")
        private boolean csv;

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;
    }

    /** The words of {@code --mode}. */
    static final class Mode extends Choice<SubscriptionMode> {
        Mode() {
            List.of(SubscriptionMode.values()).forEach(mode -> add(word(mode), mode));
        }
    }

    private volatile boolean stopped;

    WatchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (mode != SubscriptionMode.LOSSLESS && !from.isNow()) {
            throw CommandException.wrongUse("--from with --mode " + mode.name().toLowerCase(Locale.ROOT)
                    + ": it begins now; say --mode lossless to begin elsewhere");
        }
        Signals.handle("INT", number -> stopped = true);
        Signals.handle("TERM", number -> stopped = true);
        NativeScratch.prepare();
        live.awaitStarted(console, () -> stopped);
        WatchPrinter printer = new WatchPrinter(newFormat(), new LineBuffer(console.data()));
        try (Subscription subscription = open(printer)) {
            live.sayIfUnknown(symbols.wanted(), console);
            poll(subscription, printer);
            printer.flush();
            if (subscription.failure() == null) {
                subscription.done();
            }
            return end(subscription, printer);
        }
    }

    private WatchFormat newFormat() {
        if (format.json) {
            return new WatchJson(pretty);
        }
        return pretty && !format.csv ? new WatchPretty() : new WatchCsv(pretty);
    }

    private Subscription open(WatchPrinter printer) throws IOException {
        try {
            return live.subscribe(
                    from.begin(new SubscriptionContext().mode(mode).name(name).symbols(symbols.wanted())), printer);
        } catch (IllegalArgumentException | SubscriptionException e) {
            throw CommandException.wrongUse(e.getMessage());
        }
    }

    private void poll(Subscription subscription, WatchPrinter printer) throws IOException {
        IdleStrategy idle = new BackoffIdleStrategy(0, 0, SHORTEST_WAIT_NS, LONGEST_WAIT_NS);
        EngineLook engine = new EngineLook(live);
        long left = limit == null ? Long.MAX_VALUE : limit;
        while (!stopped && left > 0) {
            int given = subscription.poll((int) Math.min(BATCH, left));
            if (given == Subscription.ENDED) {
                return;
            }
            // What is polled again counts as read: nothing of it may still lie in this process then.
            printer.flush();
            left -= given;
            if (given == 0) {
                engine.look(console);
            }
            idle.idle(given);
        }
    }

    private int end(Subscription subscription, WatchPrinter printer) throws IOException {
        subscription.close();
        Throwable failure = subscription.failure();
        if (failure instanceof UncheckedIOException output) {
            throw output.getCause();
        }
        if (failure != null) {
            throw CommandException.failed(CommandErrors.oneLine(failure));
        }
        console.say(String.format(
                Locale.ROOT,
                "watched %,d %s%s%s%s%s%s",
                subscription.delivered(),
                mode == SubscriptionMode.LATEST ? "state" : "tick",
                subscription.delivered() == 1 ? "" : "s",
                printer.snapshotSequence() < 0 ? "" : " behind a snapshot at sequence " + printer.snapshotSequence(),
                subscription.missed() == 0
                        ? ""
                        : String.format(Locale.ROOT, ", missed %,d records", subscription.missed()),
                mode == SubscriptionMode.LATEST
                        ? String.format(Locale.ROOT, " with %,d ticks folded into them", subscription.folded())
                        : "",
                subscription.position() < 1 ? "" : ", up to sequence " + subscription.position()));
        return ToolsCommand.WELL;
    }
}
