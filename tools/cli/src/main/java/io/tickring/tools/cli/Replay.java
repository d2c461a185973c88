package io.tickring.tools.cli;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.RunSummary;
import io.tickring.engine.StopReason;
import io.tickring.engine.journaling.JournalFeed;
import io.tickring.engine.journaling.JournalRange;
import io.tickring.engine.price.PriceTableDescriptor;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.status.StatusReader.LoggedError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A journal, or a range of it, through an engine that lives in memory: the ring, the price table and the counters that
 * a live engine has, with a {@link ReplayStage} as one more stage.
 */
final class Replay {
    /** What was replayed; the digest is that of the price table at the end. */
    record Result(long firstSequence, long lastSequence, double seconds, long digest) {}

    private static final String FEED = "journal";
    /** What the engine puts before the words of a feed that failed: here they speak for themselves. */
    private static final String FEED_FAILED = "feed=" + FEED + ": ";

    private static final int SPARE_INSTRUMENTS = 1024;
    private static final int MANY_INSTRUMENTS = 65_536;
    private static final long PROGRESS_MS = 100;
    private static final long FIRST_RECORD_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long STAGE_WAIT_NS = TimeUnit.MICROSECONDS.toNanos(200);

    private final Path folder;
    private final JournalRange range;
    private final double pace;
    private final boolean follows;

    /**
     * @param range a beginning before the journal's first record means that record.
     * @param follows goes on at the journal's end with what is appended.
     */
    Replay(Path folder, JournalRange range, double pace, boolean follows) {
        this.folder = folder;
        this.range = range;
        this.pace = pace;
        this.follows = follows;
    }

    /**
     * Opens the journal where the range begins; to follow it, waits until there is a record to begin with. Throws the journal's exception;
     * creates nothing.
     */
    JournalFeed open() {
        JournalFeed feed = JournalFeed.open(folder, range);
        while (follows && !feed.hasRecord()) {
            feed.close();
            LockSupport.parkNanos(FIRST_RECORD_WAIT_NS);
            feed = JournalFeed.open(folder, range);
        }
        if (follows) {
            feed.follow();
        }
        return feed;
    }

    /**
     * Runs to the end of the range, or until the stage takes no more.
     *
     * @throws IOException what stopped the stage.
     * @throws CommandException if the journal is damaged: what is sound before that has gone to the stage.
     */
    Result run(JournalFeed feed, ReplayStage stage, Progress progress) throws IOException {
        stage.defineAll(feed.definitionsBefore(), feed.definitionsBeforeCount());
        long first = feed.firstSequence();
        EngineContext context = new EngineContext()
                .journaling(false)
                .instruments(instruments(feed))
                .pace(pace)
                .waitMode(waitMode(stage))
                .republish(feed)
                .handler("replayed", stage);
        Engine engine = Engine.launch(context);
        long last;
        try {
            engine.start(List.of(new Engine.NamedFeed(FEED, "", feed)));
            await(engine, stage, progress, first, feed.lastSequence());
            awaitStage(engine, stage);
            // Before the engine closes: it ends its stream with a checkpoint that is not the journal's.
            last = engine.summary().lastSequence();
            stage.end();
        } finally {
            engine.close();
        }
        requireWell(engine);
        RunSummary summary = engine.summary();
        return new Result(first, last, summary.seconds(), summary.digest());
    }

    /** What comes now and then is waited for without a core, and so are workers, who need it; null lets the engine choose. */
    private WaitMode waitMode(ReplayStage stage) {
        if (follows || stage.hasWorkers()) {
            return WaitMode.BLOCK;
        }
        return Double.isInfinite(pace) ? null : WaitMode.SLEEP;
    }

    private void await(Engine engine, ReplayStage stage, Progress progress, long first, long end) {
        boolean ended = false;
        while (!ended && stage.failure() == null) {
            ended = awaitEnd(engine) != null;
            progress.update(stage.doneSequence() - first + 1, end - first + 1);
        }
    }

    private static StopReason awaitEnd(Engine engine) {
        try {
            return engine.awaitEnd(PROGRESS_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            engine.stop(StopReason.REQUESTED);
            return StopReason.REQUESTED;
        }
    }

    /** A reader of the output may take its time, so what is accepted is printed before the engine is told to drain. */
    private static void awaitStage(Engine engine, ReplayStage stage) throws IOException {
        while (stage.failure() == null && engine.ringDepth() > 0) {
            LockSupport.parkNanos(STAGE_WAIT_NS);
        }
        Exception failure = stage.failure();
        if (failure instanceof IOException io) {
            engine.stop(StopReason.REQUESTED);
            throw io;
        }
        if (failure != null) {
            throw CommandException.failed(CommandErrors.oneLine(failure));
        }
    }

    private static void requireWell(Engine engine) {
        if (engine.stopReason() == StopReason.FAILED) {
            List<LoggedError> errors = engine.status().errors();
            String cause = errors.isEmpty()
                    ? "the replay failed"
                    : errors.get(errors.size() - 1).message();
            throw CommandException.failed(
                    cause.startsWith(FEED_FAILED) ? cause.substring(FEED_FAILED.length()) : cause);
        }
    }

    /** As many as are defined in the stream up to its last record, and some that may lie in it. */
    int instruments(JournalFeed feed) {
        int spare = follows ? MANY_INSTRUMENTS : SPARE_INSTRUMENTS;
        if (feed.lastSequence() < 1) {
            return spare;
        }
        JournalRange lastRecord =
                new JournalRange(JournalRange.Position.sequence(feed.lastSequence()), null, null, Long.MAX_VALUE);
        try (JournalFeed end = JournalFeed.open(folder, lastRecord)) {
            return Math.min(PriceTableDescriptor.MAX_CAPACITY, end.definitionsBeforeCount() + spare);
        } catch (RuntimeException damaged) {
            return MANY_INSTRUMENTS;
        }
    }
}
