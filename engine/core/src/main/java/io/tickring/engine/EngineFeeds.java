package io.tickring.engine;

import io.tickring.engine.Engine.NamedFeed;
import io.tickring.engine.feed.FeedCounters;
import io.tickring.engine.feed.FeedOutput;
import io.tickring.engine.feed.PaceClock;
import io.tickring.engine.feed.TickBudget;
import io.tickring.engine.ring.TickPublisher;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** The feeds of an engine, each on a thread of its own: one limit of ticks and one pace for all. */
final class EngineFeeds {
    private final EngineContext context;
    private final EngineParts parts;
    private final TickBudget budget;
    private final PaceClock pace;
    private final BiConsumer<String, Throwable> failed;
    private final Runnable ended;
    private final List<FeedThread> feeds = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private boolean closed;
    private volatile boolean awaited;

    /**
     * @param failed told of a feed by its name, on the feed's thread
     * @param ended told when all feeds have ended or all ticks are published, maybe again and again
     */
    EngineFeeds(EngineContext context, EngineParts parts, BiConsumer<String, Throwable> failed, Runnable ended) {
        this.context = context;
        this.parts = parts;
        this.failed = failed;
        this.ended = ended;
        this.budget = new TickBudget(context.ticks());
        this.pace = new PaceClock(context.pace());
    }

    PaceClock pace() {
        return pace;
    }

    /** As {@link Engine#start}. */
    void start(List<NamedFeed> named) throws IOException {
        named.forEach(each -> feeds.add(newThread(each)));
        feeds.forEach(FeedThread::define);
        pace.start(named.stream().map(NamedFeed::feed).toList());
        running.set(feeds.size());
        startThreads();
        if (feeds.isEmpty() || context.ticks() == 0) {
            ended.run();
        }
    }

    /** All or, where the engine was closed meanwhile, none. */
    private synchronized void startThreads() {
        for (FeedThread feed : feeds) {
            if (closed) {
                feed.discard();
            } else {
                feed.start();
            }
        }
    }

    /** Waits for their end, the ring being closed; what is stuck in a read is left behind, and how that ends is nobody's concern. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        FeedThread.awaitEnd(feeds);
        awaited = true;
    }

    List<FeedSummary> summaries() {
        return feeds.stream().map(FeedThread::summary).toList();
    }

    private FeedThread newThread(NamedFeed each) {
        FeedCounters counters = new FeedCounters(each.name(), parts.status::newCounter);
        TickPublisher publisher = parts.ring.newPublisher(each.name(), context.overflow(), counters.droppedCounter());
        FeedOutput output = new FeedOutput(each.name(), each.suffix(), publisher, counters, budget, pace, parts.status);
        return new FeedThread(each.name(), each.feed(), output, counters, this::onEnd);
    }

    private void onEnd(FeedThread feed, Throwable failure) {
        if (failure != null && !awaited) {
            failed.accept(feed.name(), failure);
        }
        // A feed that waits for its input or its time has nothing more to give when the run's ticks are all published.
        if (running.decrementAndGet() == 0 || budget.isReached()) {
            ended.run();
        }
    }
}
