package io.tickring.engine.analytics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Threads that run numbered tasks, shared as a {@link WorkSharing} says. One caller at a time; it waits until all tasks are done, and sees
 * what they have written.
 */
public final class Workers implements AutoCloseable {
    /** The most threads. */
    public static final int MAX_COUNT = 256;

    /** So many pieces for each worker even out what differs between tasks, and the counter is asked seldom. */
    private static final int PIECES_EACH = 16;

    private final int count;
    private final WorkSharing sharing;
    private final ExecutorService threads;

    /** @param count threads, 1 to 256 */
    public Workers(int count, WorkSharing sharing) {
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("workers=" + count + " must be from 1 to " + MAX_COUNT);
        }
        this.count = count;
        this.sharing = sharing;
        AtomicInteger number = new AtomicInteger();
        this.threads = sharing == WorkSharing.STEALING
                ? new ForkJoinPool(count, pool -> named(pool, number.incrementAndGet()), null, false)
                : Executors.newFixedThreadPool(count, task -> daemon(task, number.incrementAndGet()));
    }

    public int count() {
        return count;
    }

    /**
     * Runs {@code task} for 0 to {@code tasks}, exclusive.
     *
     * @throws RuntimeException one that a task threw, when no task runs any more; some may not have run then
     */
    public void run(int tasks, IntConsumer task) {
        switch (sharing) {
            case STATIC -> runStatic(tasks, task);
            case DYNAMIC -> runDynamic(tasks, task);
            case STEALING -> runStealing(tasks, task);
        }
    }

    private void runStatic(int tasks, IntConsumer task) {
        List<Future<?>> shares = new ArrayList<>();
        for (int worker = 0; worker < count; worker++) {
            int from = (int) ((long) tasks * worker / count);
            int to = (int) ((long) tasks * (worker + 1) / count);
            shares.add(threads.submit(() -> runEach(from, to, task)));
        }
        await(shares);
    }

    private void runDynamic(int tasks, IntConsumer task) {
        AtomicInteger next = new AtomicInteger();
        int grain = grain(tasks);
        List<Future<?>> shares = new ArrayList<>();
        for (int worker = 0; worker < count; worker++) {
            shares.add(threads.submit(() -> {
                for (int from = next.getAndAdd(grain); from < tasks; from = next.getAndAdd(grain)) {
                    runEach(from, Math.min(tasks, from + grain), task);
                }
            }));
        }
        await(shares);
    }

    /**
     * Design note: a fork/join task that throws lets its caller go while others still run, with a copy of what was thrown. So none
     * throws; what a task threw is kept aside.
     */
    private void runStealing(int tasks, IntConsumer task) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        IntConsumer keeping = number -> {
            try {
                task.accept(number);
            } catch (Throwable thrown) {
                failure.compareAndSet(null, thrown);
            }
        };
        await(List.of(((ForkJoinPool) threads).submit(new Halves(0, tasks, grain(tasks), keeping))));
        rethrow(failure.get());
    }

    private int grain(int tasks) {
        return Math.max(1, tasks / (count * PIECES_EACH));
    }

    private static void runEach(int from, int to, IntConsumer task) {
        for (int i = from; i < to; i++) {
            task.accept(i);
        }
    }

    private static void await(List<? extends Future<?>> shares) {
        boolean interrupted = false;
        Throwable failure = null;
        for (Future<?> share : shares) {
            boolean ended = false;
            while (!ended) {
                try {
                    share.get();
                    ended = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    failure = failure == null ? e.getCause() : failure;
                    ended = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        rethrow(failure);
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    /** Ends the threads; no task runs any more when {@link #run} has returned. Idempotent. */
    @Override
    public void close() {
        threads.shutdown();
    }

    private static Thread daemon(Runnable task, int number) {
        Thread thread = new Thread(task, "worker-" + number);
        thread.setDaemon(true);
        return thread;
    }

    private static ForkJoinWorkerThread named(ForkJoinPool pool, int number) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("worker-" + number);
        return thread;
    }

    /** A range of tasks that is halved until it is small. */
    private static final class Halves extends RecursiveAction {
        private static final long serialVersionUID = 1;

        private final int from;
        private final int to;
        private final int grain;
        private final transient IntConsumer task;

        Halves(int from, int to, int grain, IntConsumer task) {
            this.from = from;
            this.to = to;
            this.grain = grain;
            this.task = task;
        }

        @Override
        protected void compute() {
            if (to - from <= grain) {
                runEach(from, to, task);
            } else {
                int middle = (from + to) >>> 1;
                invokeAll(new Halves(from, middle, grain, task), new Halves(middle, to, grain, task));
            }
        }
    }
}
