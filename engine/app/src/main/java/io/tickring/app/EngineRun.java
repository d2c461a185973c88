package io.tickring.app;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.EngineException;
import io.tickring.engine.RunSummary;
import io.tickring.engine.StopReason;
import io.tickring.engine.status.StatusReader.LoggedError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run, from the flags to the exit code: opens the feeds, launches the engine, watches it, closes it, sums up. */
final class EngineRun {
    private static final int WELL = 0;
    private static final int FAILED = 1;
    private static final long LINE_NS = TimeUnit.SECONDS.toNanos(1);
    /** A century: no end, and no overflow in sums of times. */
    private static final long NEVER_NS = TimeUnit.DAYS.toNanos(36_525);

    private final EngineOptions options;
    private final OrderlyEnd end;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean isTalking;
    private boolean durationIsOver;
    private volatile Exception startFailure;

    EngineRun(EngineOptions options, OrderlyEnd end, PrintWriter out, PrintWriter err) {
        this.options = options;
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
        EngineContext context = options.context().republish(feeds.republished());
        try (RecoveryProgress progress = new RecoveryProgress(end, err, isTalking, StandardError.isTerminal())) {
            return Engine.launch(context.recoveryProgress(progress));
        } catch (EngineException e) {
            if (e.getCause() instanceof RecoveryProgress.StoppedException) {
                say(e.getMessage());
                return null;
            }
            throw new WrongUseException(e.getMessage(), e);
        }
    }

    private int run(Engine engine, List<Engine.NamedFeed> feeds) throws InterruptedException {
        try (engine) {
            end.whenAsked(() -> engine.stop(StopReason.REQUESTED));
            say(engine.plan() + ", ring "
                    + Figures.count(engine.counters().ringCapacity.get()) + ", " + journalPlan(engine));
            start(engine, feeds);
            watch(engine);
        }
        return conclude(engine);
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

    private void watch(Engine engine) throws InterruptedException {
        long nowNs = System.nanoTime();
        long endNs = nowNs
                + (options.limits.duration == null ? NEVER_NS : Math.min(NEVER_NS, options.limits.duration.toNanos()));
        long lineNs = nowNs + (isTalking ? LINE_NS : NEVER_NS);
        RateLine rates = new RateLine(engine, nowNs);
        while (engine.awaitEnd(Math.min(endNs, lineNs) - nowNs, TimeUnit.NANOSECONDS) == null) {
            nowNs = System.nanoTime();
            if (nowNs - endNs >= 0) {
                durationIsOver = true;
                return;
            }
            if (nowNs - lineNs >= 0) {
                err.println(rates.next(nowNs));
                lineNs += LINE_NS;
            }
        }
    }

    private int conclude(Engine engine) {
        RunSummary summary = engine.summary();
        List<LoggedError> errors = engine.status().errors();
        StopReason reason = engine.counters().failures.get() > 0 ? StopReason.FAILED : engine.stopReason();
        if (isTalking) {
            SummaryText text = new SummaryText(
                    summary,
                    ending(reason, summary),
                    errors.stream().map(LoggedError::message).toList(),
                    options.machine.noJournal ? null : journalFolder().toString(),
                    isSaturated(),
                    NextSteps.of(options));
            text.lines().forEach(err::println);
        }
        if (options.talking.json) {
            out.println(SummaryJson.of(summary));
        }
        return exitCode(reason, errors);
    }

    private int exitCode(StopReason reason, List<LoggedError> errors) {
        if (out.checkError()) {
            err.println(OneLineErrors.line("standard output cannot be written"));
            return FAILED;
        }
        switch (reason) {
            case FAILED -> err.println(OneLineErrors.line("failed: " + failure(errors)));
            case DISK_LOW ->
                err.println(
                        OneLineErrors.line(
                                "the disk of data=" + options.folders.data
                                        + " has less than max(1 GiB, 5 %) free: the run was drained and ended; make room and start again"));
            default -> {
                return WELL;
            }
        }
        return FAILED;
    }

    private String failure(List<LoggedError> errors) {
        if (startFailure != null) {
            return startFailure.getMessage();
        }
        return errors.stream()
                .filter(error -> !error.text().contains("RejectedInput"))
                .reduce((earlier, later) -> later)
                .map(LoggedError::message)
                .orElse("the cause is not known");
    }

    private String ending(StopReason reason, RunSummary summary) {
        return switch (reason) {
            case FAILED -> "failed";
            case DISK_LOW -> "ended for want of disk";
            case FEEDS_ENDED ->
                summary.published() == options.limits.ticks ? "all ticks asked for" : "all feeds have ended";
            case REQUESTED -> durationIsOver ? "the time is over" : "stopped";
        };
    }

    private boolean isSaturated() {
        return options.feeds().stream()
                .anyMatch(feed -> feed.kind().equals(FeedSpec.SIM)
                        ? Double.isInfinite(SimArguments.parse(feed.argument()).ticksPerSecond())
                        : Double.isInfinite(options.input.pace));
    }

    private String journalPlan(Engine engine) {
        return options.machine.noJournal
                ? "no journal"
                : "journal " + journalFolder() + " from sequence " + Figures.count(engine.firstSequence());
    }

    private Path journalFolder() {
        return options.folders.data.resolve("journal");
    }

    private void say(String line) {
        if (isTalking) {
            err.println(OneLineErrors.line(line));
        }
    }
}
