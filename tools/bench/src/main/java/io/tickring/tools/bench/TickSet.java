package io.tickring.tools.bench;

import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The ticks of a bench: whole records, made before any clock starts and the same for every contender, behind 64 definitions that
 * own the sequences 1 to 64. A run longer than the set begins it anew. One thread at a time.
 */
final class TickSet {
    static final int INSTRUMENTS = 64;
    static final long FIRST_TICK_SEQUENCE = INSTRUMENTS + 1L;

    private static final int QUOTES_PER_TRADE = 4;
    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final long STEP_NS = 250;
    private static final long SLOW_STEP_NS = 4_000_000;
    private static final long MID_PRICE = 60_000L * 100_000_000L;
    private static final long PRICE_STEP = 1_000_000L;
    private static final int PRICE_STEPS = 1_000;
    private static final long LOT = 100_000L;
    private static final int MAX_LOTS = 100_000;

    private final UnsafeBuffer records;
    private final int mask;
    private final Tick tick = new Tick();

    private TickSet(int capacity) {
        this.records = allocate(capacity);
        this.mask = capacity - 1;
    }

    /**
     * A market: four quotes to a trade, all instruments alike, prices in steps of 0.01 and sizes in lots of 0.001, each tick drawn
     * without memory of the one before. {@code capacity} is a power of two, 64 at least.
     */
    static TickSet market(long seed, int capacity) {
        return market(seed, capacity, 0, 1);
    }

    /** As {@link #market(long, int)} for one of several producers, from 0: its instruments are no other's. */
    static TickSet market(long seed, int capacity, int producer, int producers) {
        int instruments = (INSTRUMENTS - producer + producers - 1) / producers;
        return market(seed, capacity, STEP_NS, random -> random.nextInt(instruments) * producers + producer);
    }

    /**
     * As {@link #market(long, int)}, but with sequences, and 4 ms from tick to tick, so that there are seconds and minutes to keep
     * figures of. All instruments alike, or skewed by Zipf's law: the k-th has a k-th of the first one's ticks.
     */
    static TickSet slowMarket(long seed, int capacity, boolean skewed) {
        double[] shares = new double[INSTRUMENTS];
        for (int id = 0; id < INSTRUMENTS; id++) {
            shares[id] = (id == 0 ? 0 : shares[id - 1]) + 1.0 / (id + 1);
        }
        TickSet set = market(
                seed,
                capacity,
                SLOW_STEP_NS,
                skewed ? random -> below(shares, random) : random -> random.nextInt(INSTRUMENTS));
        for (int number = 0; number < capacity; number++) {
            set.sequence(number);
        }
        return set;
    }

    private static int below(double[] shares, SplittableRandom random) {
        int found = Arrays.binarySearch(shares, random.nextDouble() * shares[INSTRUMENTS - 1]);
        return Math.min(INSTRUMENTS - 1, found < 0 ? -found - 1 : found + 1);
    }

    private static TickSet market(long seed, int capacity, long stepNs, ToIntFunction<SplittableRandom> instruments) {
        TickSet set = new TickSet(capacity);
        SplittableRandom random = new SplittableRandom(seed);
        MutableTick next = new MutableTick();
        for (int i = 0; i < capacity; i++) {
            long now = START_NS + i * stepNs;
            int id = instruments.applyAsInt(random);
            long price = MID_PRICE + random.nextInt(PRICE_STEPS) * PRICE_STEP;
            long size = LOT * random.nextInt(1, MAX_LOTS);
            next.wrap(set.records, set.offset(i));
            if (i % (QUOTES_PER_TRADE + 1) == QUOTES_PER_TRADE) {
                byte side = random.nextBoolean() ? TickDescriptor.SIDE_BUY : TickDescriptor.SIDE_SELL;
                next.trade(id, now - STEP_NS, now, price, size, i, side);
            } else {
                next.quote(id, now - STEP_NS, now, price, price + PRICE_STEP, size, LOT * random.nextInt(1, MAX_LOTS));
            }
        }
        return set;
    }

    /** Quotes alone, each with ask = bid + 1 and equal sizes, so that a reader can tell a torn row. */
    static TickSet bound(long seed, int capacity) {
        TickSet set = new TickSet(capacity);
        SplittableRandom random = new SplittableRandom(seed);
        MutableTick next = new MutableTick();
        for (int i = 0; i < capacity; i++) {
            long now = START_NS + i * STEP_NS;
            long bid = random.nextLong(1, MID_PRICE);
            long size = LOT * random.nextInt(1, MAX_LOTS);
            next.wrap(set.records, set.offset(i))
                    .quote(random.nextInt(INSTRUMENTS), TickDescriptor.NO_TIME, now, bid, bid + 1, size, size);
        }
        return set;
    }

    /** Records in this order, and the first of them again until their number is a power of two. */
    static TickSet of(List<byte[]> ticks) {
        TickSet set = new TickSet(Math.max(INSTRUMENTS, BitUtil.findNextPositivePowerOfTwo(ticks.size())));
        for (int i = 0; i < set.capacity(); i++) {
            set.records.putBytes(set.offset(i), ticks.get(i % ticks.size()));
        }
        return set;
    }

    UnsafeBuffer records() {
        return records;
    }

    /** Records in memory, a power of two. */
    int capacity() {
        return mask + 1;
    }

    /** Where tick {@code number}, from 0, lies. Ticks of one multiple of 64 lie one behind the other. */
    int offset(long number) {
        return (int) (number & mask) << TickDescriptor.LENGTH_SHIFT;
    }

    /** Tick {@code number}, valid until the next call. */
    Tick tick(long number) {
        return tick.wrap(records, offset(number));
    }

    /** Gives tick {@code number} the sequence that the ring would give it, and answers where it lies. */
    int sequence(long number) {
        int offset = offset(number);
        records.putLong(offset + TickDescriptor.SEQUENCE_OFFSET, FIRST_TICK_SEQUENCE + number, ByteOrder.LITTLE_ENDIAN);
        return offset;
    }

    /** The definitions as records, sequences included: {@link #INSTRUMENTS} times 64 bytes. */
    static UnsafeBuffer definitions() {
        UnsafeBuffer definitions = allocate(INSTRUMENTS);
        MutableTick next = new MutableTick();
        for (int id = 0; id < INSTRUMENTS; id++) {
            int offset = id << TickDescriptor.LENGTH_SHIFT;
            next.wrap(definitions, offset).definition(id, symbol(id));
            definitions.putLong(offset + TickDescriptor.SEQUENCE_OFFSET, id + 1L, ByteOrder.LITTLE_ENDIAN);
        }
        return definitions;
    }

    /** Publishes the same definitions as the first records of a ring. */
    static void define(TickPublisher publisher) {
        for (int id = 0; id < INSTRUMENTS; id++) {
            if (publisher.define(symbol(id)) != id) {
                throw new BenchException("symbol=" + symbol(id) + " did not get the id " + id);
            }
        }
    }

    private static String symbol(int id) {
        return "BENCH" + id;
    }

    private static UnsafeBuffer allocate(int count) {
        return new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(count << TickDescriptor.LENGTH_SHIFT, TickDescriptor.LENGTH));
    }
}
