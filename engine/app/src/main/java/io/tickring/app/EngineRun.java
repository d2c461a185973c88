package io.tickring.app;

import io.tickring.app.view.Figures;
import io.tickring.app.view.Terminal;
import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.EngineException;
import io.tickring.engine.StopReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run, from the flags to the exit code: opens the feeds, launches the engine, watches it, closes it, sums up. */
final class EngineRun {
    private static final int WELL = 0;
    private static final int STANDARD_ERROR = 2;
    /** A century: no end, and no overflow in sums of times. */
    private static final long NEVER_NS = TimeUnit.DAYS.toNanos(36_525);

    private final EngineOptions options;
    private final OrderlyEnd end;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean isTalking;
    private boolean durationIsOver;
    private final long mainNs;
    private StartLine startLine;
    private volatile Exception startFailure;

    /** @param mainNs when the process began its work, of {@code System.nanoTime} */
    EngineRun(EngineOptions options, OrderlyEnd end, PrintWriter out, PrintWriter err, long mainNs) {
        this.options = options;
        this.mainNs = mainNs;
        this.end = end;
        this.out = out;
        this.err = err;
        this.isTalking = !options.talking.quiet;
    }

    /** @throws WrongUseException before any thread has started, with everything as it was. */
    int run() throws InterruptedException {
        checkLive();
        FeedOpener feeds = new FeedOpener(options.feeds(), options.folders.data);
        boolean launched = false;
        try {
            feeds.openRecordings();
            try (NativeFolder natives = NativeFolder.in(options.folders.data)) {
                feeds.openJournals();
                Engine engine = launch(feeds);
                if (engine == null) {
                    return WELL;
                }
                launched = true;
                startLine = new StartLine(engine.startup(), mainNs, System.nanoTime());
                natives.removeLeftBehind();
                return run(engine, feeds.feeds());
            }
        } finally {
            if (!launched) {
                feeds.close();
            }
        }
    }

    private void checkLive() {
        Path live = options.folders.live;
        if (live != null && Files.exists(live) && !Files.isDirectory(live)) {
            throw new WrongUseException("live=" + live + " cannot be written: it is a file");
        }
    }

    /** Null when the process was asked to stop meanwhile. */
    private Engine launch(FeedOpener feeds) {
        EngineContext context = options.context().republish(feeds.republished()).onOutOfMemory(OutOfMemory::halt);
        boolean isTerminal = Terminal.isBehind(STANDARD_ERROR) && !Terminal.isPlain(System.getenv());
        try (RecoveryProgress progress = new RecoveryProgress(end, err, isTalking, isTerminal)) {
            return Engine.launch(context.recoveryProgress(progress));
        } catch (EngineException e) {
            if (e.getCause() instanceof RecoveryProgress.StoppedException) {
                say(e.getMessage());
                return null;
            }
            if (e.isJournalDamaged()) {
                throw e;
            }
            throw new WrongUseException(e.getMessage(), e);
        }
    }

    private int run(Engine engine, List<Engine.NamedFeed> feeds) throws InterruptedException {
        OutOfMemory.endsWith(engine);
        try (engine) {
            end.whenAsked(() -> engine.stop(StopReason.REQUESTED));
            say(engine.plan() + ", ring "
                    + Figures.count(engine.counters().ringCapacity.get()) + ", " + journalPlan(engine));
            if (!engine.startup().checks().isEmpty()) {
                say("checked: " + String.join(", ", engine.startup().checks()));
            }
            if (options.refusesTimeToLive()) {
                say("--ttl is off: recordings at --pace max have no age; give them a pace, as --pace 1x");
            }
            say(startLine.text());
            if (options.holdsForStandardInput()) {
                say("--pace counts from the first line of every feed: none runs before standard input has given one");
            }
            start(engine, feeds);
            watchUntilNoMemory(engine);
        }
        return new Conclusion(options, out, err).conclude(engine, startLine, durationIsOver, startFailure);
    }

    /** On a thread of its own: a pace asks for each recording's first line, and standard input may never give one. */
    private void start(Engine engine, List<Engine.NamedFeed> feeds) {
        Thread starter = new Thread(
                () -> {
                    try {
                        engine.start(feeds);
                    } catch (IOException | RuntimeException e) {
                        startFailure = e;
                        engine.stop(StopReason.FAILED);
                    }
                },
                "starter");
        starter.setDaemon(true);
        starter.start();
    }

    /** Design note: without memory the engine must not be closed first, which takes its time and may need some. */
    private void watchUntilNoMemory(Engine engine) throws InterruptedException {
        try {
            watch(engine);
        } catch (OutOfMemoryError e) {
            OutOfMemory.end();
        }
    }

    private void watch(Engine engine) throws InterruptedException {
        long nowNs = System.nanoTime();
        long endNs = nowNs
                + (options.limits.duration == null ? NEVER_NS : Math.min(NEVER_NS, options.limits.duration.toNanos()));
        try (Narration narration = narration(engine, nowNs)) {
            while (engine.awaitEnd(Math.min(endNs, narration.dueNs()) - nowNs, TimeUnit.NANOSECONDS) == null) {
                nowNs = System.nanoTime();
                if (nowNs - endNs >= 0) {
                    durationIsOver = true;
                    return;
                }
                if (nowNs - narration.dueNs() >= 0) {
                    narration.next(nowNs);
                }
            }
        }
    }

    /** A table in place for who watches a terminal, lines for a pipe or who wants no more, or nothing. */
    private Narration narration(Engine engine, long nowNs) {
        if (!isTalking) {
            return Narration.silence(nowNs + NEVER_NS);
        }
        Terminal terminal = Terminal.isBehind(STANDARD_ERROR) ? Terminal.open(System.getenv()) : null;
        if (terminal == null) {
            return new RateLines(engine, err, nowNs);
        }
        end.beforeHalt(terminal::close);
        Signals.handle("WINCH", number -> terminal.resized());
        Signals.handle("CONT", number -> terminal.resumed());
        return new LiveTable(engine, options.hasRecordings(), terminal, System.err, nowNs);
    }

    private String journalPlan(Engine engine) {
        return options.journal.noJournal
                ? "no journal"
                : "journal " + options.journalFolder() + " from sequence " + Figures.count(engine.firstSequence());
    }

    private void say(String line) {
        if (isTalking) {
            err.println(OneLineErrors.line(line));
        }
    }
}
