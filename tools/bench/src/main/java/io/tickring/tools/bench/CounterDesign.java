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
    /** What is counted. */
    interface Counter {
        /** Adds one, for one of the threads, from 0. */
        Runnable step(int thread);

        /** The count of all threads. */
        long sum();
    }

    /** Tickring's way first. */
    static List<CounterDesign> all() {
        return List.of(
                new CounterDesign("AtomicCounter a thread", CounterDesign::own, true),
                new CounterDesign("AtomicCounter shared", CounterDesign::shared, true),
                new CounterDesign("AtomicLong", CounterDesign::atomicLong, true),
                new CounterDesign("LongAdder", CounterDesign::adder, true),
                new CounterDesign("synchronized", threads -> new Monitored(), true),
                new CounterDesign("ReentrantLock", threads -> new Locked(), true),
                new CounterDesign("plain long a thread, unseen", Plain::new, false));
    }

    /** As the engine has them: a cache line each, one writer, a release store. */
    private static Counter own(int threads) {
        AtomicCounter[] counters = counters(threads);
        return counter(
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
        return counter(thread -> counter::increment, counter::get);
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
        return counter(thread -> counter::incrementAndGet, counter::get);
    }

    private static Counter adder(int threads) {
        LongAdder counter = new LongAdder();
        return counter(thread -> counter::increment, counter::sum);
    }

    private static Counter counter(IntFunction<Runnable> steps, LongSupplier sum) {
        return new Counter() {
            @Override
            public Runnable step(int thread) {
                return steps.apply(thread);
            }

            @Override
            public long sum() {
                return sum.getAsLong();
            }
        };
    }

    private static final class Monitored implements Counter {
        private long count;

        @Override
        public Runnable step(int thread) {
            return this::add;
        }

        private synchronized void add() {
            count++;
        }

        @Override
        public synchronized long sum() {
            return count;
        }
    }

    private static final class Locked implements Counter {
        private final ReentrantLock lock = new ReentrantLock();
        private long count;

        @Override
        public Runnable step(int thread) {
            return this::add;
        }

        private void add() {
            lock.lock();
            try {
                count++;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public long sum() {
            lock.lock();
            try {
                return count;
            } finally {
                lock.unlock();
            }
        }
    }

    /** What counting costs when nobody looks before the end: a field on cache lines of its own. */
    private static final class Plain implements Counter {
        private static final int PAD = 16;

        private final long[][] counts;

        Plain(int threads) {
            counts = new long[threads][2 * PAD];
        }

        @Override
        public Runnable step(int thread) {
            long[] own = counts[thread];
            return () -> own[PAD]++;
        }

        @Override
        public long sum() {
            return Arrays.stream(counts).mapToLong(own -> own[PAD]).sum();
        }
    }
}
