package io.tickring.engine.feed;

import java.util.concurrent.atomic.AtomicLong;

/** How many ticks a run may still publish, over all its feeds together. Thread-safe. */
public final class TickBudget {
    public static final long UNLIMITED = Long.MAX_VALUE;

    private final boolean limited;
    private final AtomicLong left;
    private final AtomicLong unpublished;

    public TickBudget(long ticks) {
        this.limited = ticks != UNLIMITED;
        this.left = new AtomicLong(ticks);
        this.unpublished = new AtomicLong(ticks);
    }

    /** Takes up to {@code wanted} ticks and answers how many. */
    public int take(int wanted) {
        if (!limited) {
            return wanted;
        }
        long before;
        int granted;
        do {
            before = left.get();
            granted = (int) Math.min(before, wanted);
        } while (!left.compareAndSet(before, before - granted));
        return granted;
    }

    /** Gives back what was taken and not published. */
    public void giveBack(int ticks) {
        if (limited) {
            left.getAndAdd(ticks);
        }
    }

    /** What was taken is in the ring and cannot be given back any more. */
    public void published(int ticks) {
        if (limited) {
            unpublished.getAndAdd(-ticks);
        }
    }

    /** Whether all is taken; some of it may yet be given back. */
    public boolean isSpent() {
        return limited && left.get() == 0;
    }

    /** Whether all is published: no feed has anything to give any more. */
    public boolean isReached() {
        return limited && unpublished.get() == 0;
    }
}
