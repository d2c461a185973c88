package io.tickring.engine.subscription;

import java.util.function.LongSupplier;

/**
 * A nano clock for a loop that may ask for nothing else: it is read for every 16th call alone where 16 calls take less than 100 us,
 * and for each one where they take longer. So it is late by that much, or by the 15 calls in which a fast loop becomes slow. One
 * thread's.
 */
final class SparseClock {
    private static final int CALLS = 16;
    private static final long FAST_NS = 100_000;

    private final LongSupplier clock;
    private long readNs;
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
        callsLeft = nowNs - readNs < FAST_NS ? CALLS - 1 : 0;
        readNs = nowNs;
    }
}
