package io.tickring.tools.bench;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.subscription.EndReason;
import io.tickring.engine.subscription.MissedCause;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.TickListener;
import io.tickring.engine.tick.Tick;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;

/** One subscriber of a crowd: counts what it is given, on a thread of its own that parks between polls. */
final class CrowdReader implements TickListener, Runnable {
    /** Between two polls. */
    static final long PARK_NS = 20_000_000;

    private static final int LIMIT = 8192;

    private final Thread thread;
    private final boolean throwing;
    private Subscription subscription;
    private volatile long ticks;
    private volatile long missed;
    private volatile boolean begun;
    private volatile boolean stopped;

    CrowdReader(String name) {
        this(name, false);
    }

    /** @param throwing at the first tick */
    CrowdReader(String name, boolean throwing) {
        this.throwing = throwing;
        this.thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    String name() {
        return thread.getName();
    }

    /** Begins to read. */
    void start(Subscription begunSubscription) {
        subscription = begunSubscription;
        thread.start();
    }

    @Override
    public void run() {
        while (!stopped && subscription.poll(LIMIT) != Subscription.ENDED) {
            begun = true;
            LockSupport.parkNanos(PARK_NS);
        }
    }

    @Override
    public void onTick(Tick tick) {
        if (throwing) {
            throw new IllegalStateException("as asked");
        }
        ticks++;
    }

    @Override
    public void onRow(PriceRow row, long folded) {
        ticks += 1 + folded;
    }

    @Override
    public void onMissed(long first, long last, MissedCause cause) {
        missed += last - first + 1;
    }

    /** What was there before it came counts as given. */
    @Override
    public void onSnapshot(PriceTableReader table, long sequence) {
        PriceRow row = new PriceRow();
        for (int id = 0; id < table.instruments(); id++) {
            table.read(id, row);
            ticks += row.quotes() + row.trades();
        }
    }

    /** Whether it has polled once. */
    boolean hasBegun() {
        return begun;
    }

    /** Ticks that it was given, or that stand behind what it was given. */
    long ticks() {
        return ticks;
    }

    long missed() {
        return missed;
    }

    /** Why its subscription ended, null while it goes on. */
    EndReason endReason() {
        return subscription.endReason();
    }

    /** Whether it has not yet been given, or told that it missed, so many ticks, and goes on. */
    boolean mayStillBeGiven(long all) {
        return ticks + missed < all && endReason() == null;
    }

    /** Also one that has not begun to read. */
    void stop() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        CloseHelper.close(subscription);
    }
}
