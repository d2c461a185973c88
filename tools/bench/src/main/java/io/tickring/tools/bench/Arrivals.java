package io.tickring.tools.bench;

import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;

/**
 * What a subscriber is given: takes the time from when each tick was due, which stands in the tick as its receive time, until it is
 * here; one reading of the clock for a message. The first ticks are a warm-up. One thread; any may ask how far it is.
 */
final class Arrivals {
    private static final long MAX_NS = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    private final long warmUpTicks;
    private final LongSupplier nanoTime;
    private final Histogram latenciesNs = new Histogram(MAX_NS, DIGITS);
    private final AtomicLong through = new AtomicLong();
    private final Tick tick = new Tick();
    private long ticks;
    private long missed;
    private long nextSequence;

    Arrivals(long warmUpTicks, LongSupplier nanoTime) {
        this.warmUpTicks = warmUpTicks;
        this.nanoTime = nanoTime;
    }

    /**
     * A message of records that follow one another and the message before.
     *
     * @throws BenchException if they do not
     */
    void take(DirectBuffer records, int offset, int count) {
        long nowNs = nanoTime.getAsLong();
        for (int i = 0; i < count; i++) {
            tick.wrap(records, offset + (i << TickDescriptor.LENGTH_SHIFT));
            if (nextSequence != 0 && tick.sequence() != nextSequence) {
                throw new BenchException("sequence=" + tick.sequence() + " expected=" + nextSequence
                        + ": a record was lost or doubled, and nothing said so");
            }
            nextSequence = tick.sequence() + 1;
            if (tick.isTick()) {
                ticks++;
                if (ticks > warmUpTicks) {
                    latenciesNs.recordValue(Math.max(0, Math.min(MAX_NS, nowNs - tick.receiveTimeNs())));
                }
            }
        }
        through.setRelease(ticks);
    }

    /** So many records will never be here, as the subscription says; they count as ticks. */
    void miss(long records) {
        nextSequence += records;
        missed += records;
        ticks += records;
    }

    /** Ticks that are here, or missed. What else is told may be read by others once this has come to the last. */
    long through() {
        return through.getAcquire();
    }

    long missed() {
        return missed;
    }

    Histogram latenciesNs() {
        return latenciesNs;
    }
}
