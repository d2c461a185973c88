package io.tickring.tools.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * As many threads as a {@link Crowd} has, which wake as often and go through as many bytes: their own. They share the cores and the
 * caches with the engine and nothing else, and so tell apart what subscribers cost and what company costs.
 */
final class Bystanders implements AutoCloseable {
    private static final int RECORD_WORDS = 8;
    private static final int ROW_WORDS = 32;

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;
    private volatile long seen;

    Bystanders(CrowdSize size, int ticksPerSecond) {
        int ticksAWake = (int) (ticksPerSecond * CrowdReader.PARK_NS / 1_000_000_000L);
        join(size.every() + size.lossless() + size.outside(), ticksAWake * RECORD_WORDS);
        join(size.latest(), TickSet.INSTRUMENTS * ROW_WORDS);
    }

    void start() {
        threads.forEach(Thread::start);
    }

    private void join(int count, int words) {
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> readOwn(new long[words]), "bystander-" + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    private void readOwn(long[] own) {
        while (!stopped) {
            long sum = 0;
            for (long word : own) {
                sum += word;
            }
            seen = sum;
            LockSupport.parkNanos(CrowdReader.PARK_NS);
        }
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
