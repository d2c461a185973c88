package io.tickring.tools.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Threads that add to one counter as fast as they can for a while, alone or beside one that reads it on and on. The count in the end
 * must be what they have added, and no reading below the one before it.
 */
final class CounterRun {
    private static final int READS = 256;
    private static final long JOIN_S = 30;

    private final CounterDesign design;
    private final CountDownLatch begin = new CountDownLatch(1);
    private final CountDownLatch done;
    private final LongAdder added = new LongAdder();
    private final LongAdder reads = new LongAdder();
    private final LongAdder backwards = new LongAdder();
    private volatile boolean ended;
    private volatile Throwable failure;

    /**
     * What it took.
     *
     * @param readNs NaN without a reader
     */
    record Outcome(double millionsPerSecond, double readNs) {}

    private CounterRun(CounterDesign design, int threads) {
        this.design = design;
        this.done = new CountDownLatch(threads);
    }

    /** @throws BenchException if an increment was lost, or a reading went back */
    static Outcome of(CounterDesign design, int writers, boolean read, double seconds) {
        CounterRun run = new CounterRun(design, writers + (read ? 1 : 0));
        try {
            return run.run(design.fresh().apply(writers), writers, read, (long) (seconds * 1e9));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("counter=" + design.name() + " was interrupted");
        } finally {
            run.ended = true;
        }
    }

    private Outcome run(CounterDesign.Counter counter, int writers, boolean read, long lengthNs)
            throws InterruptedException {
        for (int i = 0; i < writers; i++) {
            Runnable step = counter.steps().apply(i);
            start("counting " + (i + 1), () -> add(step));
        }
        if (read) {
            start("reader 1", () -> read(counter.sum()));
        }
        long startNs = System.nanoTime();
        begin.countDown();
        boolean early = done.await(lengthNs, TimeUnit.NANOSECONDS);
        ended = true;
        boolean inTime = !early && done.await(JOIN_S, TimeUnit.SECONDS);
        long elapsedNs = System.nanoTime() - startNs;
        if (failure != null) {
            throw new BenchException("counter=" + design.name() + ": a thread failed: " + failure);
        }
        long count = counter.sum().getAsLong();
        if (!inTime || count != added.sum() || backwards.sum() > 0) {
            throw new BenchException("counter=" + design.name() + " count=" + count + " expected=" + added.sum()
                    + " readingsBack=" + backwards.sum() + ": it does not count what was added");
        }
        return new Outcome(
                added.sum() * 1e3 / elapsedNs, read ? (double) elapsedNs / Math.max(1, reads.sum()) : Double.NaN);
    }

    private void start(String name, Runnable work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        begin.await();
                        work.run();
                    } catch (InterruptedException | RuntimeException | Error e) {
                        failure = e;
                    }
                    done.countDown();
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Looks whether it is over behind each step: no compiler joins what is added before and behind a volatile read. */
    private void add(Runnable step) {
        long count = 0;
        while (!ended) {
            step.run();
            count++;
        }
        added.add(count);
    }

    private void read(LongSupplier counter) {
        long count = 0;
        long back = 0;
        long last = 0;
        while (!ended) {
            for (int i = 0; i < READS; i++) {
                long sum = counter.getAsLong();
                back += sum < last ? 1 : 0;
                last = sum;
            }
            count += READS;
        }
        reads.add(count);
        backwards.add(back);
    }
}
