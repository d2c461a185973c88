package io.tickring.tools.bench;

import java.util.function.IntSupplier;
import org.agrona.concurrent.IdleStrategy;

/** A peer's consuming thread: polls until it is closed, waits as it was told when there is nothing, and keeps what ended it too soon. */
final class PollThread implements AutoCloseable {
    private static final long END_MS = 10_000;

    private final IntSupplier poll;
    private final IdleStrategy idle;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile Throwable failure;

    /** @param poll does some work and answers how much; 0 for none */
    PollThread(String name, IntSupplier poll, IdleStrategy idle) {
        this.poll = poll;
        this.idle = idle;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** What ended it, or null. */
    Throwable failure() {
        return failure;
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join(END_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new BenchException("thread=" + thread.getName() + " does not end");
        }
    }

    private void run() {
        try {
            while (!stopped) {
                idle.idle(poll.getAsInt());
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }
}
