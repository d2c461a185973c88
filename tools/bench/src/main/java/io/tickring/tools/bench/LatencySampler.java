package io.tickring.tools.bench;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Takes the time from when a tick was due until it is released, on the thread that releases it: one reading of the clock for a batch,
 * one recording for each tick. Records nothing before {@link #begin}.
 */
final class LatencySampler {
    private static final long MAX_NS = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    private final LongSupplier nanoTime;
    private final Histogram latenciesNs = new Histogram(MAX_NS, DIGITS);
    private final AtomicLong through = new AtomicLong();
    private volatile Schedule schedule;
    private long next;

    LatencySampler(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Called by the sender before it sends the first tick of {@code due}, when all before it are through. */
    void begin(Schedule due) {
        this.schedule = due;
    }

    /** All ticks up to {@code end}, exclusive, are released. One thread. */
    void released(long end) {
        Schedule due = schedule;
        if (due != null) {
            record(due, end);
        }
        next = Math.max(next, end);
        through.setRelease(next);
    }

    private void record(Schedule due, long end) {
        long nowNs = nanoTime.getAsLong();
        long last = Math.min(end, due.end());
        for (long number = Math.max(next, due.first()); number < last; number++) {
            latenciesNs.recordValue(Math.max(0, Math.min(MAX_NS, nowNs - due.dueNs(number))));
        }
    }

    /** Ticks that were released. Any thread; what they took may be read once this has come to the last. */
    long through() {
        return through.getAcquire();
    }

    Histogram latenciesNs() {
        return latenciesNs;
    }
}
