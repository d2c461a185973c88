package io.tickring.tools.bench;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.subscription.MissedCause;
import io.tickring.engine.subscription.TickListener;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;

/**
 * What a subscriber is given: takes the time from when each tick was due, which stands in the tick as its receive time, until it is
 * here; one reading of the clock for each. The first ticks are a warm-up. One thread; any may ask how far it is.
 */
final class Arrivals implements TickListener {
    private static final long MAX_NS = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    private final long warmUpTicks;
    private final LongSupplier nanoTime;
    private final Histogram latenciesNs = new Histogram(MAX_NS, DIGITS);
    private final AtomicLong through = new AtomicLong();
    private final Tick tick = new Tick();
    private final long[] seen = new long[TickSet.INSTRUMENTS];
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
        for (int i = 0; i < count; i++) {
            tick.wrap(records, offset + (i << TickDescriptor.LENGTH_SHIFT));
            if (tick.isTick()) {
                onTick(tick);
            } else {
                requireNext(tick.sequence());
            }
        }
    }

    /** A tick behind the one before. */
    @Override
    public void onTick(Tick given) {
        requireNext(given.sequence());
        count(given.receiveTimeNs(), nanoTime.getAsLong());
        through.setRelease(ticks);
    }

    /** A row stands for its newest tick, which is measured, and for all before that were not given, which are not. */
    @Override
    public void onRow(PriceRow row, long folded) {
        long nowNs = nanoTime.getAsLong();
        ticks += unseen(row) - 1;
        count(row.receiveTimeNs(), nowNs);
        through.setRelease(ticks);
    }

    /** What is in the snapshot was published before there was a subscriber: of the warm-up. */
    @Override
    public void onSnapshot(PriceTableReader table, long sequence) {
        PriceRow row = new PriceRow();
        for (int id = 0; id < table.instruments(); id++) {
            table.read(id, row);
            ticks += unseen(row);
        }
        through.setRelease(ticks);
    }

    private long unseen(PriceRow row) {
        long now = row.quotes() + row.trades();
        long before = seen[row.instrumentId()];
        seen[row.instrumentId()] = now;
        return now - before;
    }

    @Override
    public void onMissed(long first, long last, MissedCause cause) {
        miss(last - first + 1);
    }

    private void requireNext(long sequence) {
        if (nextSequence != 0 && sequence != nextSequence) {
            throw new BenchException("sequence=" + sequence + " expected=" + nextSequence
                    + ": a record was lost or doubled, and nothing said so");
        }
        nextSequence = sequence + 1;
    }

    private void count(long dueNs, long nowNs) {
        ticks++;
        if (ticks > warmUpTicks) {
            latenciesNs.recordValue(Math.max(0, Math.min(MAX_NS, nowNs - dueNs)));
        }
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
