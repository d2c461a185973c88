package io.tickring.engine;

import io.tickring.engine.analytics.FiguresReader;
import io.tickring.engine.broadcast.BroadcastReader;
import io.tickring.engine.feed.Feed;
import io.tickring.engine.journaling.EngineJournal;
import io.tickring.engine.journaling.GapCause;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.request.Requests;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.StageLatency;
import io.tickring.engine.status.StateReason;
import io.tickring.engine.status.StatusReader;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.SubscriptionContext;
import io.tickring.engine.subscription.SubscriptionException;
import io.tickring.engine.subscription.TickListener;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/**
 * A running engine: publishers and feeds write ticks into its ring, stages put them into the price table, the journal and the
 * counters. Launched ready to take ticks; {@link #close()} drains in order and leaves everything accepted applied and journaled.
 * Thread-safe, but for {@link #start}, which is called once.
 */
public final class Engine implements AutoCloseable {
    private static final long SUBSCRIPTIONS_END_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int RESERVE_BYTES = 128 << 10;

    private final EngineContext context;
    private final EngineParts parts;
    private final EngineThreads threads;
    private final Requests requests;
    private final EngineFeeds feeds;
    private final CompletableFuture<StopReason> end = new CompletableFuture<>();
    private final long startNanoTime;
    private volatile double seconds;
    /** Let go when there is no memory, so that the end has some. */
    private volatile byte[] reserve = new byte[RESERVE_BYTES];

    private volatile StateReason degradedFor;
    private boolean closed;

    private Engine(EngineContext context) throws IOException {
        this.context = context;
        this.parts = EngineParts.build(context, this::onDegraded);
        this.feeds = new EngineFeeds(context, parts, this::onFeedFailure, () -> stop(StopReason.FEEDS_ENDED));
        this.startNanoTime = System.nanoTime();
        try {
            this.threads = new EngineThreads(context, parts, this::onStageFailure);
            this.requests = EngineRequests.over(context, parts, threads, this::onStageFailure);
        } catch (Throwable e) {
            showFailedStart(e);
            parts.close(false);
            throw e;
        }
    }

    private void startThreads() {
        try {
            threads.start();
        } catch (Throwable e) {
            showFailedStart(e);
            stop(StopReason.FAILED);
            close();
            throw e;
        }
    }

    private void showFailedStart(Throwable cause) {
        boolean withoutMemory = HaltReason.isOutOfMemory(cause);
        parts.health.halt(withoutMemory ? StateReason.OUT_OF_MEMORY : StateReason.START_FAILED);
        if (!withoutMemory) {
            parts.status.onError(cause);
        }
    }

    /**
     * Starts an engine: takes the folder's lock, rebuilds the table from the journal, starts the stages.
     *
     * @throws EngineException if a setting is wrong, the folder is in use, unwritable or damaged. Whatever is thrown, an error too,
     *     nothing is left half-done.
     */
    public static Engine launch(EngineContext context) {
        try {
            SettingCheck.check(context);
            Engine engine = new Engine(context);
            engine.startThreads();
            engine.parts.start.done("threads");
            return engine;
        } catch (IOException | RuntimeException e) {
            throw new EngineException(e.getMessage(), e, EngineJournal.isDamage(e));
        }
    }

    /** A feed with the name it is counted under and what is put after its symbols, empty for nothing. */
    public record NamedFeed(String name, String suffix, Feed feed) {}

    /**
     * Lets the feeds define their instruments in their order, on this thread, which waits while the ring is full; then starts a thread
     * for each. Paced recordings share one origin in time. Called once; the engine then ends by itself when all have ended. A feed that
     * fails to define ends the run as one that fails later.
     *
     * @throws IOException if a feed cannot be read at its beginning.
     */
    public void start(List<NamedFeed> named) throws IOException {
        feeds.start(named);
    }

    /** A door for a producer thread of your own, beside the feeds. */
    public TickPublisher newPublisher(String name) {
        return parts.ring.newPublisher(
                name, context.overflow(), parts.status.newCounter("publisher " + name + ": dropped"));
    }

    /** The price table. */
    public PriceTableReader prices() {
        return PriceTableReader.over(parts.table);
    }

    /** The figures of each instrument; null unless {@link EngineContext#analytics} asks for them. */
    public FiguresReader figures() {
        return parts.figures == null ? null : parts.figures.reader();
    }

    /** Questions to this engine, answered by futures. */
    public Requests requests() {
        return requests;
    }

    /**
     * Begins a subscription in this process: the caller polls it, on whatever thread it likes.
     *
     * @throws SubscriptionException if the engine is closed, has no such source, or has too many subscriptions
     * @throws IllegalArgumentException if a setting is wrong; the message names it
     */
    public Subscription subscribe(SubscriptionContext context, TickListener listener) {
        return threads.subscriptions.subscribe(context, listener);
    }

    /** A new subscriber in this process to every record from now on; for one thread. */
    public BroadcastReader broadcast() {
        if (parts.broadcast == null) {
            throw new EngineException("broadcastBytes=0: there is no broadcast; set it to 67108864, say", null, false);
        }
        return parts.broadcast.reader();
    }

    /** Counters and errors. */
    public StatusReader status() {
        return parts.status.reader();
    }

    public EngineCounters counters() {
        return parts.counters;
    }

    /** What was chosen for this machine, in one line. */
    public String plan() {
        return parts.plan.describe();
    }

    /** The stages whose latency is recorded. */
    public List<StageLatency> latencies() {
        return parts.latencies;
    }

    /** Records that are claimed and not yet through all stages. */
    public long ringDepth() {
        return parts.ring.depth();
    }

    /** The sequence that the first record of this run owns, or would own. */
    public long firstSequence() {
        return parts.firstSequence;
    }

    /** How this engine came to run, and how long that took. */
    public Startup startup() {
        return new Startup(
                parts.start.stageNs(),
                parts.recovered.snapshotSequence(),
                parts.recovered.records(),
                parts.journal == null ? List.of() : parts.journal.checks());
    }

    /** Holds all recordings where they are; simulated markets and publishers of one's own go on. Idempotent. */
    public void pauseRecordings() {
        feeds.pace().pause(System.nanoTime());
    }

    /** Lets the recordings go on, at their pace, from where they were held. Idempotent. */
    public void resumeRecordings() {
        feeds.pace().resume(System.nanoTime());
    }

    public boolean isPaused() {
        return feeds.pace().isPaused();
    }

    /**
     * Waits until every record up to {@code sequence} is journaled: it then survives the death of this process.
     *
     * @return false when the time is over first, or the engine has ended without it.
     */
    public boolean awaitJournaled(long sequence, long timeout, TimeUnit unit) throws InterruptedException {
        return SequenceWait.await(
                parts.counters.journaledSequence, sequence, unit.toNanos(timeout), () -> seconds > 0, () -> {});
    }

    /**
     * As {@link #awaitJournaled}, until it survives a power cut. Whoever waits lets the next force come at once.
     *
     * @return false when the time is over first, or the engine has ended without it.
     */
    public boolean awaitDurable(long sequence, long timeout, TimeUnit unit) throws InterruptedException {
        return SequenceWait.await(
                parts.counters.durableSequence,
                sequence,
                unit.toNanos(timeout),
                () -> seconds > 0,
                threads::hurryForce);
    }

    /** Asks the engine to end; it goes on until {@link #close()}. The first reason stands. */
    public void stop(StopReason reason) {
        end.complete(reason);
    }

    /** A thread around the engine has no memory left: halts as when one of its own has none. Allocates nothing. */
    public void endWithoutMemory() {
        reserve = null;
        parts.health.halt(StateReason.OUT_OF_MEMORY);
        context.onOutOfMemory().run();
    }

    /** Waits until something ends the run, or the time is over (null then). */
    public StopReason awaitEnd(long timeout, TimeUnit unit) throws InterruptedException {
        try {
            return end.get(timeout, unit);
        } catch (TimeoutException running) {
            return null;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Why the run ends, or null while it does not. */
    public StopReason stopReason() {
        return end.getNow(null);
    }

    /**
     * Drains in order: requests end, feeds end, accepted records pass all stages, a last checkpoint, subscriptions end, journal and
     * files are closed. Idempotent.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        requests.close();
        stop(StopReason.REQUESTED);
        parts.health.stopping();
        parts.ring.close();
        feeds.close();
        threads.drainAndStop();
        threads.subscriptions.close(SUBSCRIPTIONS_END_NS);
        parts.counters.acceptedSequence.setRelease(threads.doneSequence());
        seconds = secondsSinceStart();
        boolean failed = stopReason() == StopReason.FAILED || parts.counters.failures.get() > 0;
        threads.endSnapshots(!failed);
        parts.starts.addIfFailed(parts, context);
        parts.close(threads.journalIsHeld());
        switch (stopReason()) {
            case FAILED -> parts.health.halt(StateReason.FEED_FAILED);
            case DEGRADED -> parts.health.halt(degradedFor);
            case FEEDS_ENDED, REQUESTED -> parts.health.ended(threads.endsPaused() ? StateReason.DISK_LOW : null);
        }
    }

    /** What this run has done so far; exact after {@link #close()}. */
    public RunSummary summary() {
        EngineCounters counters = parts.counters;
        Map<String, Histogram> latencies = new LinkedHashMap<>();
        parts.latencies.forEach(stage -> latencies.put(stage.stage(), stage.total()));
        return new RunSummary(
                parts.health.state(),
                parts.health.reason(),
                feeds.summaries(),
                counters.published(),
                counters.journaled.get(),
                counters.applied.get(),
                counters.definitions.get(),
                counters.padding.get(),
                counters.control.get(),
                counters.skipped.get(),
                parts.firstSequence,
                threads.doneSequence(),
                counters.journaledSequence.get(),
                counters.durableSequence.get(),
                parts.writer.digest(),
                figures() == null ? null : figures().digest(),
                seconds > 0 ? seconds : secondsSinceStart(),
                counters.journalBytes.get(),
                CorePlan.lowerCase(parts.plan.threading()),
                CorePlan.lowerCase(parts.plan.waitMode()),
                latencies);
    }

    /** Passes over the journal from the next batch on; {@link #resumeJournal} ends it. */
    void pauseJournal(GapCause cause) {
        threads.pause().begin(cause);
    }

    void resumeJournal() {
        threads.pause().end();
    }

    private void onFeedFailure(String feed, Throwable cause) {
        endIfOutOfMemory(cause);
        fail(StateReason.FEED_FAILED, "feed=" + feed, cause);
    }

    private void onStageFailure(String stage, long firstSequence, int count, Throwable cause) {
        endIfOutOfMemory(cause);
        fail(
                HaltReason.of(stage, cause),
                "stage=" + stage + " firstSequence=" + firstSequence + " count=" + count,
                cause);
        parts.ring.close();
    }

    /** Before anything that needs memory. */
    private void endIfOutOfMemory(Throwable cause) {
        if (HaltReason.isOutOfMemory(cause)) {
            endWithoutMemory();
        }
    }

    private void fail(StateReason reason, String where, Throwable cause) {
        parts.counters.failures.increment();
        parts.health.halt(reason);
        try {
            parts.status.onError(new RunFailure(where, cause));
        } finally {
            stop(StopReason.FAILED);
        }
    }

    private void onDegraded(StateReason reason) {
        if (context.onDegraded() == DegradedPolicy.STOP) {
            degradedFor = reason;
            stop(StopReason.DEGRADED);
        }
    }

    private double secondsSinceStart() {
        return (System.nanoTime() - startNanoTime) / 1e9;
    }
}
