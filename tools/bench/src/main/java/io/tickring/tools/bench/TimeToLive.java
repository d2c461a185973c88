package io.tickring.tools.bench;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How long an entry of a cache counts after it was written: a writer reads the clock for each entry, a reader for each read. Any thread. */
final class TimeToLive {
    /** For ever, and without a clock. */
    static final TimeToLive NONE = new TimeToLive(0, () -> 0);

    private final long ns;
    private final LongSupplier nanoTime;

    private TimeToLive(long ns, LongSupplier nanoTime) {
        this.ns = ns;
        this.nanoTime = nanoTime;
    }

    static TimeToLive ofSeconds(long seconds, LongSupplier nanoTime) {
        return new TimeToLive(TimeUnit.SECONDS.toNanos(seconds), nanoTime);
    }

    /** What an entry that is written now keeps. */
    long stamp() {
        return ns == 0 ? 0 : nanoTime.getAsLong();
    }

    /** Whether an entry of that stamp still counts. */
    boolean isLive(long stampNs) {
        return ns == 0 || nanoTime.getAsLong() - stampNs <= ns;
    }
}
