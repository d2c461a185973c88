package io.tickring.tools.bench;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersReader;

/**
 * A way to count what several threads do, while others read the count.
 *
 * @param fresh makes a counter at 0 for so many threads
 * @param isShown whether a reader may look while it is counted
 */
record CounterDesign(String name, IntFunction<Counter> fresh, boolean isShown) {
    /** Longs between two threads' own, no fewer than two cache lines have. */
    private static final int PAD = 16;

    /**
     * What is counted.
     *
     * @param steps what adds one, for each of the threads, from 0
     * @param sum the count of all threads
     */
    record Counter(IntFunction<Runnable> steps, LongSupplier sum) {}

    /** Tickring's way first. */
    static List<CounterDesign> all() {
        return List.of(
                new CounterDesign("AtomicCounter a thread", CounterDesign::own, true),
                new CounterDesign("AtomicCounter shared", CounterDesign::shared, true),
                new CounterDesign("AtomicLong", CounterDesign::atomicLong, true),
                new CounterDesign("LongAdder", CounterDesign::adder, true),
                new CounterDesign("synchronized", CounterDesign::monitored, true),
                new CounterDesign("ReentrantLock", CounterDesign::locked, true),
                new CounterDesign("plain long a thread, unseen", CounterDesign::plain, false));
    }

    /** As the engine has them: a cache line each, one writer, a release store. */
    private static Counter own(int threads) {
        AtomicCounter[] counters = counters(threads);
        return new Counter(
                thread -> {
                    AtomicCounter own = counters[thread];
                    return own::incrementRelease;
                },
                () -> {
                    long sum = 0;
                    for (AtomicCounter counter : counters) {
                        sum += counter.get();
                    }
                    return sum;
                });
    }

    private static Counter shared(int threads) {
        AtomicCounter counter = counters(1)[0];
        return new Counter(thread -> counter::increment, counter::get);
    }

    private static AtomicCounter[] counters(int count) {
        UnsafeBuffer values = new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(count * CountersReader.COUNTER_LENGTH, CountersReader.COUNTER_LENGTH));
        return IntStream.range(0, count)
                .mapToObj(id -> new AtomicCounter(values, id))
                .toArray(AtomicCounter[]::new);
    }

    private static Counter atomicLong(int threads) {
        AtomicLong counter = new AtomicLong();
        return new Counter(thread -> counter::incrementAndGet, counter::get);
    }

    private static Counter adder(int threads) {
        LongAdder counter = new LongAdder();
        return new Counter(thread -> counter::increment, counter::sum);
    }

    private static Counter monitored(int threads) {
        Monitored counter = new Monitored();
        return new Counter(thread -> counter::add, counter::sum);
    }

    private static Counter locked(int threads) {
        Locked counter = new Locked();
        return new Counter(thread -> counter::add, counter::sum);
    }

    /** What counting costs when nobody looks before the end: a field on cache lines of its own. */
    private static Counter plain(int threads) {
        long[][] counts = new long[threads][2 * PAD];
        return new Counter(
                thread -> {
                    long[] own = counts[thread];
                    return () -> own[PAD]++;
                },
                () -> Arrays.stream(counts).mapToLong(own -> own[PAD]).sum());
    }

    private static final class Monitored {
        private long count;

        synchronized void add() {
            count++;
        }

        synchronized long sum() {
            return count;
        }
    }

    private static final class Locked {
        private final ReentrantLock lock = new ReentrantLock();
        private long count;

        void add() {
            lock.lock();
            try {
                count++;
            } finally {
                lock.unlock();
            }
        }

        long sum() {
            lock.lock();
            try {
                return count;
            } finally {
                lock.unlock();
            }
        }
    }
}
