package io.tickring.engine.request;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for the end of the requests thread. Where something that hangs on an answer keeps it, the answers that are left come from other
 * threads: twice as many each time nothing moves, so that no number of continuations that block keeps an answer back.
 */
final class RequestsEnd {
    private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long STALL_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LOOK_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long END_NS = TimeUnit.MILLISECONDS.toNanos(800);

    private final Thread requests;
    private final InFlight inFlight;
    private final long startNs = System.nanoTime();

    RequestsEnd(Thread requests, InFlight inFlight) {
        this.requests = requests;
        this.inFlight = inFlight;
    }

    /** Comes back when all are answered, and after less than a second at any rate; then the rest are answered soon. Keeps an interrupt for the caller. */
    void await() {
        boolean interrupted = Thread.interrupted();
        while (requests.isAlive() && requests != Thread.currentThread() && !isOver(PATIENCE_NS)) {
            LockSupport.parkNanos(LOOK_NS);
            interrupted |= Thread.interrupted();
        }
        Queue<Request<?>> left = new ConcurrentLinkedQueue<>(inFlight.all());
        for (int threads = 1; !left.isEmpty() && !isOver(END_NS); threads *= 2) {
            for (int i = 0; i < threads && !left.isEmpty(); i++) {
                startAnswering(left);
            }
            interrupted |= awaitStall(left);
        }
        // On a machine too busy for that in the time: one thread for each, and nobody waits for them.
        for (int i = left.size(); i > 0; i--) {
            startAnswering(left);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitStall(Queue<Request<?>> left) {
        boolean interrupted = false;
        int before = Integer.MAX_VALUE;
        while (left.size() < before) {
            before = left.size();
            LockSupport.parkNanos(STALL_NS);
            interrupted |= Thread.interrupted();
        }
        return interrupted;
    }

    private boolean isOver(long limitNs) {
        return System.nanoTime() - startNs > limitNs;
    }

    private static void startAnswering(Queue<Request<?>> left) {
        Thread answering = new Thread(() -> answerAll(left), Requests.THREAD_NAME);
        answering.setDaemon(true);
        answering.start();
    }

    private static void answerAll(Queue<Request<?>> left) {
        for (Request<?> next = left.poll(); next != null; next = left.poll()) {
            next.fail(new EngineClosed(next.name()));
        }
    }
}
