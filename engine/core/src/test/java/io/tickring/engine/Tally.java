package io.tickring.engine;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.subscription.MissedCause;
import io.tickring.engine.subscription.Subscription;
import io.tickring.engine.subscription.TickListener;
import io.tickring.engine.tick.Tick;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A subscriber on a thread of its own that counts what it is given, and notes when that is not in order. Read when the thread is over, or
 * by its volatile fields.
 */
final class Tally implements TickListener {
    private static final int LIMIT = 256;

    volatile long ticks;
    volatile long rows;
    volatile long missed;
    /** In the place of which newest states came. */
    volatile long conflated;

    volatile long snapshotSequence = -1;
    volatile long firstSequence;
    volatile long lastSequence;
    volatile String fault;
    private Subscription subscription;
    private Thread thread;
    /** Null where nothing happens at a tick. */
    private Runnable onTick;

    Tally onTick(Runnable action) {
        onTick = action;
        return this;
    }

    /** Polls until the end. */
    Tally start(Subscription source) {
        subscription = source;
        thread = new Thread(() -> {
            for (int given = source.poll(LIMIT); given != Subscription.ENDED; given = source.poll(LIMIT)) {
                if (given == 0) {
                    LockSupport.parkNanos(100_000);
                }
            }
        });
        thread.start();
        return this;
    }

    Subscription subscription() {
        return subscription;
    }

    /** Waits until its thread is over. */
    Tally awaitEnd() {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new AssertionError(subscription.name() + " goes on, at " + subscription.position());
        }
        return this;
    }

    @Override
    public void onTick(Tick tick) {
        if (tick.sequence() <= lastSequence) {
            fault = tick.sequence() + " behind " + lastSequence;
        }
        firstSequence = firstSequence == 0 ? tick.sequence() : firstSequence;
        lastSequence = tick.sequence();
        ticks++;
        if (onTick != null) {
            onTick.run();
        }
    }

    @Override
    public void onRow(PriceRow row, long folded) {
        rows++;
        ticks += folded;
    }

    @Override
    public void onMissed(long first, long last, MissedCause cause) {
        if (first <= lastSequence) {
            fault = "missed from " + first + " on, behind " + lastSequence;
        }
        lastSequence = last;
        if (cause == MissedCause.CONFLATED) {
            conflated += last - first + 1;
        } else {
            missed += last - first + 1;
        }
    }

    @Override
    public void onSnapshot(PriceTableReader table, long sequence) {
        snapshotSequence = sequence;
    }
}
