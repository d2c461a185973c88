package io.tickring.tools.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The producer threads of one run, {@code producer 1} and on: they begin at once, and live until {@link #close}, so that their CPU time can be read. */
final class Producers implements AutoCloseable {
    private static final int CHUNK = 64;
    private static final long LOOK_MS = 200;
    private static final long TIMEOUT_NS = TimeUnit.MINUTES.toNanos(30);

    private final Workload workload;
    private final Pipeline pipeline;
    private final CountDownLatch begin = new CountDownLatch(1);
    private final CountDownLatch done;
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final long[] published;
    private volatile Throwable failure;

    Producers(Workload workload, Pipeline pipeline) {
        this.workload = workload;
        this.pipeline = pipeline;
        this.done = new CountDownLatch(workload.producers());
        this.published = new long[workload.producers()];
        for (int i = 0; i < workload.producers(); i++) {
            int producer = i;
            Inlet inlet = pipeline.inlet(producer);
            Thread thread = new Thread(() -> run(producer, inlet), "producer " + (producer + 1));
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    void begin() {
        begin.countDown();
    }

    /** Waits until all have published what they had to; answers how many ticks each did. */
    long[] await(String peer) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        try {
            while (!done.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                require(pipeline.failure() == null, peer, "failed: " + pipeline.failure());
                require(System.nanoTime() - deadlineNs < 0, peer, "did not take its ticks in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("peer=" + peer + " was interrupted");
        }
        require(failure == null, peer, "failed in a producer: " + failure);
        return published.clone();
    }

    private static void require(boolean holds, String peer, String otherwise) {
        if (!holds) {
            throw new BenchException("peer=" + peer + " " + otherwise);
        }
    }

    /** Lets the threads end. */
    @Override
    public void close() {
        begin.countDown();
        end.countDown();
    }

    private void run(int producer, Inlet inlet) {
        try {
            begin.await();
            publish(producer, inlet);
        } catch (InterruptedException | RuntimeException | Error e) {
            failure = e;
        }
        done.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(int producer, Inlet inlet) {
        long limit = workload.share(producer);
        double perNs = workload.ticksPerSecond() / workload.producers() / 1e9;
        boolean paced = Double.isFinite(perNs);
        boolean timed = workload.isTimed();
        long startNs = System.nanoTime();
        long endNs = timed ? startNs + (long) (workload.seconds() * 1e9) : 0;
        long number = 0;
        while (number < limit && !(timed && System.nanoTime() - endNs >= 0)) {
            long due = paced ? Math.min(limit, (long) ((System.nanoTime() - startNs) * perNs)) : limit;
            if (due == number) {
                Thread.yield();
                continue;
            }
            int count = (int) Math.min(CHUNK - (number & CHUNK - 1), due - number);
            inlet.publish(number, count);
            number += count;
        }
        published[producer] = number;
    }
}
