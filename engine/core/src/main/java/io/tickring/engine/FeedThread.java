package io.tickring.engine;

import io.tickring.engine.feed.Feed;
import io.tickring.engine.feed.FeedCounters;
import io.tickring.engine.feed.FeedOutput;
import io.tickring.engine.feed.RejectReason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A feed on its thread: runs it once, closes it, tells that it ended and with what failure. */
final class FeedThread implements Runnable {
    private static final int MAX_NAME = 15;
    private static final long END_NS = TimeUnit.SECONDS.toNanos(2);
    /** So long a read may take whose input is there. */
    private static final long READ_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long LOOK_MS = 10;

    private final String name;
    private final Feed feed;
    private final FeedOutput output;
    private final FeedCounters counters;
    private final BiConsumer<FeedThread, Throwable> ended;
    private final Thread thread;
    private Throwable failure;
    private boolean discarded;

    FeedThread(
            String name, Feed feed, FeedOutput output, FeedCounters counters, BiConsumer<FeedThread, Throwable> ended) {
        this.name = name;
        this.feed = feed;
        this.output = output;
        this.counters = counters;
        this.ended = ended;
        this.thread = new Thread(this, name.substring(0, Math.min(name.length(), MAX_NAME)));
        // A feed may be stuck in a read that nothing can wake; it then must not keep the process alive.
        this.thread.setDaemon(true);
    }

    /** Lets the feed define what it knows, on the caller's thread; a failure ends the feed on its own thread. */
    void define() {
        try {
            feed.define(output);
        } catch (Throwable e) {
            failure = e;
        }
    }

    /** Closes the feed, which is not to run. */
    void discard() {
        discarded = true;
        run();
    }

    void start() {
        thread.start();
    }

    /** Those that are stuck in a read are left behind: they hold no claim, and the ring takes nothing from them any more. */
    static void awaitEnd(List<FeedThread> feeds) {
        long startNs = System.nanoTime();
        for (FeedThread feed : feeds) {
            while (feed.thread.isAlive() && System.nanoTime() - startNs < feed.patienceNs()) {
                EngineThreads.joinUninterruptibly(feed.thread, LOOK_MS);
            }
        }
    }

    private long patienceNs() {
        return output.isWaitingForInput() ? READ_NS : END_NS;
    }

    String name() {
        return name;
    }

    @Override
    public void run() {
        try (feed) {
            if (failure == null && !discarded) {
                feed.run(output);
            }
        } catch (Throwable e) {
            failure = e;
        }
        ended.accept(this, failure);
    }

    FeedSummary summary() {
        Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
        for (RejectReason reason : RejectReason.values()) {
            if (counters.rejected(reason) > 0) {
                rejected.put(reason, counters.rejected(reason));
            }
        }
        return new FeedSummary(
                name,
                feed.kind(),
                counters.lines(),
                counters.quotes(),
                counters.trades(),
                counters.ignored(),
                rejected,
                counters.dropped());
    }
}
