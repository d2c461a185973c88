package io.tickring.engine.feed;

import java.io.IOException;

/** A source of ticks: a market, a recording, a journal. Made at set-up, asked for its instruments, then run once by a thread of its own. */
public interface Feed extends AutoCloseable {
    /** What the source is, in one word: {@code sim}, {@code binance}, {@code csv}, {@code journal}. */
    String kind();

    /**
     * The receive time of the first tick, in ns since the epoch, or {@link io.tickring.engine.tick.TickDescriptor#NO_TIME} when
     * the feed has none or is no recording. Several paced feeds start from the earliest of these. May block for first input.
     */
    long firstReceiveTimeNs() throws IOException;

    /**
     * Defines the instruments known before any tick. All feeds of a run are asked in their order, on the thread that starts the engine,
     * before the first of them runs: so equal runs give equal ids. Must not wait for input. By default none are known.
     */
    default void define(FeedOutput output) {}

    /**
     * Gives all ticks to {@code output} until the source ends or {@link FeedOutput#isOpen()} turns false; what the input holds
     * of bad is counted there and skipped.
     *
     * @throws IOException if the source itself fails; what was given before stays given.
     */
    void run(FeedOutput output) throws IOException;

    /** Lets the source go. Idempotent; called after {@link #run}, by the same thread, or where run never was. */
    @Override
    void close() throws IOException;
}
