package io.tickring.tools.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/** Threads that read rows drawn at random, {@code reader 1} and on, from {@link #begin} until {@link #end}; they live until {@link #close}. */
final class RowReaders implements AutoCloseable {
    private static final int BATCH = 16;
    private static final int READS_PER_TIMED = 64;
    private static final long JOIN_MS = 30_000;
    private static final long FACTOR = 6_364_136_223_846_793_005L;
    private static final long INCREMENT = 1_442_695_040_888_963_407L;
    private static final int ID_SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(TickSet.INSTRUMENTS);

    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch begin = new CountDownLatch(1);
    private final CountDownLatch done;
    private final CountDownLatch release = new CountDownLatch(1);
    private final LongAdder reads = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private final LongAdder violations = new LongAdder();
    private final ReadClock times;
    private final double perNs;
    private volatile boolean ended;
    private volatile Throwable failure;

    /**
     * @param readsPerSecond of each; infinite for as fast as can be
     * @param timed whether the time of one read in 64 is taken
     */
    RowReaders(RowDesign.Rows rows, int count, double readsPerSecond, boolean timed) {
        times = timed ? new ReadClock() : null;
        perNs = readsPerSecond / 1e9;
        done = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            long seed = Benches.SEED + i;
            RowDesign.RowReading reading = rows.reading();
            Thread thread = new Thread(() -> run(reading, seed), "reader " + (i + 1));
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    void begin() {
        begin.countDown();
    }

    /** They read no more. */
    void end() {
        ended = true;
    }

    /**
     * How many rows they have read, after {@link #end}.
     *
     * @throws BenchException if one was torn, or a reader failed
     */
    long reads(String peer) throws InterruptedException {
        done.await();
        if (failure != null || violations.sum() > 0) {
            throw new BenchException("peer=" + peer + " violations=" + violations.sum()
                    + (failure == null ? ": a reader saw a torn row" : ": a reader failed: " + failure));
        }
        return reads.sum();
    }

    /** What reads took, after {@link #reads}. */
    PeerRun.ReadTimes times() {
        return times == null ? PeerRun.ReadTimes.NONE : times.percentiles();
    }

    /** Rows that could not be had whole, or were too old. */
    long givenUp() {
        return givenUp.sum();
    }

    @Override
    public void close() {
        ended = true;
        begin.countDown();
        release.countDown();
        try {
            for (Thread thread : threads) {
                thread.join(JOIN_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(RowDesign.RowReading reading, long seed) {
        try {
            begin.await();
            read(reading, seed);
        } catch (InterruptedException | RuntimeException | Error e) {
            failure = e;
        }
        done.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Draws the instruments by Knuth's linear congruence, whose upper bits are the good ones. */
    private void read(RowDesign.RowReading reading, long seed) {
        long random = seed;
        long count = 0;
        long missed = 0;
        long torn = 0;
        long timed = 0;
        ReadClock clock = times == null ? null : new ReadClock();
        boolean paced = Double.isFinite(perNs);
        long startNs = System.nanoTime();
        while (!ended) {
            if (paced && (System.nanoTime() - startNs) * perNs < count) {
                Thread.onSpinWait();
                continue;
            }
            for (int i = 0; i < BATCH; i++) {
                random = random * FACTOR + INCREMENT;
                if (!reading.read((int) (random >>> ID_SHIFT))) {
                    missed++;
                } else if (!reading.isBound()) {
                    torn++;
                }
            }
            count += BATCH;
            if (clock != null && count % READS_PER_TIMED == 0) {
                random = random * FACTOR + INCREMENT;
                boolean had = clock.read(reading, (int) (random >>> ID_SHIFT));
                missed += had ? 0 : 1;
                torn += had && !reading.isBound() ? 1 : 0;
                timed++;
            }
        }
        if (clock != null) {
            times.add(clock);
        }
        reads.add(count + timed - missed);
        givenUp.add(missed);
        violations.add(torn);
    }
}
