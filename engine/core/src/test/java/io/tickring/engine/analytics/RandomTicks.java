package io.tickring.engine.analytics;

import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.TickDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** A stretch of a stream as it may be at its worst, and settings, both of a seed. */
final class RandomTicks {
    private static final long[] BEGINNINGS_NS = {1_723_161_255_000_000_000L, 0, -3_600_000_000_000L, 86_399_000_000_000L
    };
    private static final long[] INTERVALS_MS = {1, 7, 100, 250, 1_000, 1_500, 5_000, 60_000};
    private static final long[] GRACES_MS = {0, 1, 99, 500, 900};
    private static final int RECORDS_BEFORE = 1;

    final AnalyticsContext context = new AnalyticsContext();
    final long[] intervalsNs;
    final long graceNs;
    final long halfLifeNs;
    final long gridNs;
    final int instruments;
    final int count;
    final UnsafeBuffer records;

    private final SplittableRandom random;
    private final MutableTick tick = new MutableTick();
    private final int[] known;
    private final long[] prices;
    private final boolean hasOddPrices;
    /** Sizes up to the greatest, prices so that no sum of these products leaves 128 bits. */
    private final boolean isHuge;

    private final long meanStepNs;
    private int written;
    private long nowNs;

    RandomTicks(long seed, int instruments, int ticks) {
        this.random = new SplittableRandom(seed);
        this.instruments = instruments;
        this.count = RECORDS_BEFORE + instruments + ticks;
        this.records = new UnsafeBuffer(new byte[count * TickDescriptor.LENGTH]);
        this.known = new int[instruments];
        this.prices = new long[instruments];
        this.hasOddPrices = seed % 8 == 3;
        this.isHuge = seed % 8 == 5;
        this.intervalsNs = random.longs(1 + random.nextInt(3), 0, INTERVALS_MS.length)
                .distinct()
                .map(i -> INTERVALS_MS[(int) i] * 1_000_000)
                .toArray();
        this.graceNs = GRACES_MS[random.nextInt(GRACES_MS.length)] * 1_000_000;
        this.halfLifeNs = random.nextLong(1_000_000, 20_000_000_000L);
        this.gridNs = random.nextBoolean() ? 1_000_000_000 : random.nextLong(50_000_000, 3_000_000_000L);
        this.nowNs = BEGINNINGS_NS[random.nextInt(BEGINNINGS_NS.length)] + random.nextLong(2_000_000_000);
        this.meanStepNs = random.nextLong(10_000, 120_000_000);
        context.bars(java.util.Arrays.stream(intervalsNs)
                        .mapToObj(Duration::ofNanos)
                        .toList())
                .grace(Duration.ofNanos(graceNs))
                .halfLife(Duration.ofNanos(halfLifeNs))
                .grid(Duration.ofNanos(gridNs));
        write();
    }

    private void write() {
        next().padding();
        while (written < count) {
            int id = random.nextInt(1 + random.nextInt(instruments));
            int left = 0;
            for (int i = 0; i < instruments; i++) {
                left += 1 - known[i];
            }
            if (left == count - written) {
                define(firstUnknown());
            } else if (known[id] == 0) {
                define(id);
            } else {
                writeTick(id);
            }
        }
    }

    private int firstUnknown() {
        int id = 0;
        while (known[id] == 1) {
            id++;
        }
        return id;
    }

    private void define(int id) {
        known[id] = 1;
        prices[id] = isHuge ? random.nextLong(1L << 52) + 1 : random.nextLong(100, 1L << random.nextInt(8, 44));
        next().definition(id, "S" + id);
    }

    private MutableTick next() {
        int offset = written * TickDescriptor.LENGTH;
        tick.wrap(records, offset);
        written++;
        records.putLong(offset + TickDescriptor.SEQUENCE_OFFSET, written);
        return tick;
    }

    private void writeTick(int id) {
        move();
        long price = Math.max(1, prices[id] + random.nextLong(-prices[id] / 50, prices[id] / 50 + 1));
        prices[id] = price;
        long receiveNs = random.nextInt(20) == 0 ? nowNs - random.nextLong(3_000_000_000L) : nowNs;
        if (random.nextInt(5) < 2) {
            writeTrade(id, receiveNs, price);
        } else {
            long other = price + random.nextLong(-1, 9);
            long bid = hasOddPrices && random.nextInt(4) == 0 ? -price : price;
            long ask = hasOddPrices && random.nextInt(8) == 0 ? -bid : other;
            next().quote(id, exchangeNs(receiveNs), receiveNs, bid, ask, quoteSize(), quoteSize());
        }
    }

    private void move() {
        int kind = random.nextInt(100);
        if (kind < 70) {
            nowNs += random.nextLong(meanStepNs);
        } else if (kind < 75) {
            nowNs += random.nextLong(10 * meanStepNs);
        } else if (kind == 75) {
            nowNs += random.nextLong(7_000_000_000L);
        } else if (kind == 76) {
            long intervalNs = intervalsNs[random.nextInt(intervalsNs.length)];
            nowNs = nowNs
                    - Math.floorMod(nowNs, intervalNs)
                    + intervalNs
                    + random.nextLong(2) * graceNs
                    - random.nextLong(2);
        }
    }

    private void writeTrade(int id, long receiveNs, long price) {
        long size = isHuge ? random.nextLong(Long.MAX_VALUE - 1) + 1 : random.nextLong(1, 1L << 40);
        byte side = List.of(TickDescriptor.SIDE_BUY, TickDescriptor.SIDE_SELL, TickDescriptor.SIDE_NONE)
                .get(random.nextInt(3));
        next().trade(id, exchangeNs(receiveNs), receiveNs, price, size, TickDescriptor.NO_TRADE_ID, side);
    }

    /** None, about now, some time before, or much before. */
    private long exchangeNs(long receiveNs) {
        int kind = random.nextInt(20);
        if (kind == 0) {
            return TickDescriptor.NO_TIME;
        }
        if (kind == 1) {
            return receiveNs - random.nextLong(70_000_000_000L);
        }
        return kind < 6 ? receiveNs - random.nextLong(2_000_000_000L) : receiveNs - 5_000_000;
    }

    private long quoteSize() {
        if (random.nextInt(12) == 0) {
            return 0;
        }
        return isHuge ? random.nextLong(Long.MAX_VALUE - 1) + 1 : random.nextLong(1, 1L << 40);
    }
}
