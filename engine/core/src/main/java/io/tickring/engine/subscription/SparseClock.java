package io.tickring.engine.subscription;

import java.util.function.LongSupplier;

/**
 * A nano clock for a loop that may ask for nothing else: it is read for each call, but for every second, then every fourth alone while
 * the calls between two readings take less than 100 us. So it is late by that much, or by the three calls in which a fast loop becomes
 * slow. One thread's.
 */
final class SparseClock {
    private static final int MOST_BETWEEN = 3;
    private static final long FAST_NS = 100_000;

    private final LongSupplier clock;
    private long readNs;
    private int between;
    private int callsLeft;

    SparseClock(LongSupplier clock) {
        this.clock = clock;
        this.readNs = clock.getAsLong();
    }

    /** The time, or that of a call not long ago. */
    long nanoTime() {
        if (--callsLeft < 0) {
            read();
        }
        return readNs;
    }

    private void read() {
        long nowNs = clock.getAsLong();
        between = nowNs - readNs < FAST_NS ? Math.min(2 * between + 1, MOST_BETWEEN) : 0;
        callsLeft = between;
        readNs = nowNs;
    }
}
