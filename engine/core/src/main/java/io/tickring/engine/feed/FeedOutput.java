package io.tickring.engine.feed;

import static io.tickring.engine.tick.TickDescriptor.LENGTH;
import static io.tickring.engine.tick.TickDescriptor.LENGTH_SHIFT;
import static io.tickring.engine.tick.TickDescriptor.QUOTE;
import static io.tickring.engine.tick.TickDescriptor.TYPE_OFFSET;

import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.MutableTick;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where a feed gives its ticks: gathers what is parsed and publishes it in claims of many slots, keeps the run's limit of ticks,
 * holds recorded ticks until they are due, and counts everything. Used by one thread at a time, the feed's; allocates nothing for a tick.
 */
public final class FeedOutput {
    private static final int MAX_GATHERED = 64;
    private static final long MAX_PARK_NS = 10_000_000;
    private static final long SPIN_NS = 60_000;

    private final String name;
    private final String suffix;
    private final TickPublisher publisher;
    private final FeedCounters counters;
    private final TickBudget budget;
    private final PaceClock pace;
    private final ErrorHandler errors;
    private final int capacity;
    private final UnsafeBuffer gathered;
    private final MutableTick tick = new MutableTick();
    private int quotes;
    private int trades;
    private boolean open = true;
    private volatile boolean waiting;

    /**
     * @param suffix is put after each symbol, empty for none
     * @param errors hears of the first rejected input of each reason
     */
    public FeedOutput(
            String name,
            String suffix,
            TickPublisher publisher,
            FeedCounters counters,
            TickBudget budget,
            PaceClock pace,
            ErrorHandler errors) {
        this.name = name;
        this.suffix = suffix;
        this.publisher = publisher;
        this.counters = counters;
        this.budget = budget;
        this.pace = pace;
        this.errors = errors;
        this.capacity = Math.min(MAX_GATHERED, publisher.maxClaim() / 2);
        this.gathered = new UnsafeBuffer(BufferUtil.allocateDirectAligned(capacity * LENGTH, LENGTH));
    }

    /** False once the run takes no more from this feed: it is stopping, or its limit of ticks is reached. */
    public boolean isOpen() {
        return open && !publisher.isClosed();
    }

    /**
     * The id of a symbol of this feed, to be kept by the feed: it does not change. Allocates.
     *
     * @return the id, or a negative code of {@link TickPublisher#define}.
     */
    public int instrument(String symbol) {
        int id = publisher.define(suffix.isEmpty() ? symbol : symbol + suffix);
        open &= id != TickPublisher.CLOSED;
        return id;
    }

    /** Gives a quote; see {@link MutableTick#quote}. */
    public void quote(int id, long exchangeTimeNs, long receiveTimeNs, long bid, long ask, long bidSize, long askSize) {
        next().quote(id, exchangeTimeNs, receiveTimeNs, bid, ask, bidSize, askSize);
        quotes++;
        flushIfFull();
    }

    /** Gives a trade; see {@link MutableTick#trade}. */
    public void trade(int id, long exchangeTimeNs, long receiveTimeNs, long price, long size, long tradeId, byte side) {
        next().trade(id, exchangeTimeNs, receiveTimeNs, price, size, tradeId, side);
        trades++;
        flushIfFull();
    }

    /** Counts input that is well-formed and no tick. */
    public void ignored() {
        counters.addIgnored();
    }

    /** Counts input that cannot be taken; the first of each reason goes to the error log with its place. */
    public void rejected(RejectReason reason, String file, long line) {
        if (counters.addRejected(reason)) {
            errors.onError(new RejectedInput(reason, name, file, line));
        }
    }

    /** Puts into the error log what is no failure and should be known. */
    public void noticed(String what) {
        errors.onError(new FeedNotice(name, what));
    }

    /**
     * Holds a recorded tick until it is due and no pause holds the recordings; returns at once at full pace, early when the run
     * stops. Publishes what it gathered before it waits.
     */
    public void awaitDue(long receiveTimeNs) {
        awaitResumed();
        // A pause meanwhile makes it due later, so that the time is asked for again after each wait.
        while (!pace.isMax() && pace.dueNanoTime(receiveTimeNs) - System.nanoTime() > 0 && isOpen()) {
            awaitNanoTime(pace.dueNanoTime(receiveTimeNs));
            awaitResumed();
        }
    }

    /** Waits while recordings are paused; early when the run stops. Publishes what it gathered before it waits. */
    public void awaitResumed() {
        if (pace.isPaused()) {
            flush();
            while (pace.isPaused() && isOpen()) {
                park(MAX_PARK_NS);
            }
        }
    }

    /** A feed's thread is never interrupted for a purpose: a mark that stays would let no wait be one. */
    private static void park(long timeNs) {
        LockSupport.parkNanos(timeNs);
        Thread.interrupted();
    }

    /** As {@link #awaitDue} for a time of {@link System#nanoTime}. */
    public void awaitNanoTime(long deadlineNs) {
        long leftNs = deadlineNs - System.nanoTime();
        if (leftNs <= 0) {
            return;
        }
        flush();
        while ((leftNs = deadlineNs - System.nanoTime()) > 0 && isOpen()) {
            if (leftNs > SPIN_NS) {
                park(Math.min(leftNs - SPIN_NS, MAX_PARK_NS));
            } else {
                Thread.yield();
            }
        }
    }

    /** Publishes what is gathered, within the run's limit of ticks. To be called before waiting for input and at the end. */
    public void flush() {
        int pending = quotes + trades;
        if (pending == 0) {
            return;
        }
        int granted = budget.take(pending);
        if (granted < pending) {
            open = false;
            keepFirst(granted);
        }
        if (granted > 0) {
            publishGathered(granted);
        }
        quotes = 0;
        trades = 0;
    }

    /**
     * Tells that a read begins which may take as long as it likes, or that it is over. A run that ends lets a feed be that is in one;
     * what it gathered must be flushed before.
     */
    public void waitsForInput(boolean waits) {
        waiting = waits;
    }

    /** Whether the feed is in a read that may take as long as it likes. Any thread may ask. */
    public boolean isWaitingForInput() {
        return waiting;
    }

    /** Republishes whole records of another journal as they stand: {@code quoteCount} and {@code tradeCount} of them are ticks. */
    public boolean republish(DirectBuffer records, int offset, int count, int quoteCount, int tradeCount) {
        if (publisher.republish(records, offset, count, quoteCount + tradeCount) < 0) {
            open = false;
            return false;
        }
        budget.published(quoteCount + tradeCount);
        counters.addTicks(quoteCount, tradeCount);
        return true;
    }

    /** Whether recorded ticks are held until they are due. */
    public boolean isPaced() {
        return !pace.isMax();
    }

    /** The most records that a feed should republish at once. */
    public int maxRun() {
        return publisher.maxClaim() / 2;
    }

    /** The run's limit of ticks, for a feed that republishes records by itself. */
    public TickBudget budget() {
        return budget;
    }

    private MutableTick next() {
        return tick.wrap(gathered, quotes + trades << LENGTH_SHIFT);
    }

    private void flushIfFull() {
        if (quotes + trades == capacity) {
            flush();
        }
    }

    private void publishGathered(int count) {
        long result = publisher.publish(gathered, 0, count);
        if (result == TickPublisher.CLOSED) {
            open = false;
            budget.giveBack(count);
            return;
        }
        if (result == TickPublisher.DROPPED) {
            budget.giveBack(count);
        } else {
            budget.published(count);
            open &= !budget.isReached();
        }
        counters.addTicks(quotes, trades);
    }

    private void keepFirst(int count) {
        quotes = 0;
        for (int i = 0; i < count; i++) {
            byte type = gathered.getByte((i << LENGTH_SHIFT) + TYPE_OFFSET);
            quotes += type == QUOTE ? 1 : 0;
        }
        trades = count - quotes;
    }
}
