package io.tickring.engine.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.NanoClock;

/**
 * What the requests thread does: looks at each request in flight, rests a little, looks again; without any it rests until one comes. At its
 * end it answers all that are left. One thread runs it, any may add and stop.
 */
final class RequestLoop implements Runnable {
    private static final long REST_NS = TimeUnit.MICROSECONDS.toNanos(75);

    private final InFlight inFlight;
    private final SnapshotRounds snapshots;
    private final NanoClock clock;
    private final Queue<Request<?>> added = new ConcurrentLinkedQueue<>();
    private final List<Request<?>> waiting = new ArrayList<>();
    private volatile Thread thread;
    private volatile boolean stopped;

    RequestLoop(InFlight inFlight, SnapshotRounds snapshots, NanoClock clock) {
        this.inFlight = inFlight;
        this.snapshots = snapshots;
        this.clock = clock;
    }

    void add(Request<?> request) {
        added.add(request);
        LockSupport.unpark(thread);
    }

    /** Ends the loop after the look under way. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    /** Whether nothing is answered any more. */
    boolean isStopped() {
        return stopped;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            while (!stopped) {
                lookAtAll();
                if (stopped) {
                    break;
                }
                rest();
            }
        } finally {
            stopped = true;
            snapshots.close();
            inFlight.all().forEach(request -> request.fail(new EngineClosed(request.name())));
        }
    }

    /** An interrupt means nothing here, and would let no later rest be one. */
    private void rest() {
        if (!waiting.isEmpty()) {
            LockSupport.parkNanos(REST_NS);
        } else if (added.isEmpty()) {
            snapshots.close();
            LockSupport.park();
        }
        Thread.interrupted();
    }

    private void lookAtAll() {
        for (Request<?> next = added.poll(); next != null; next = added.poll()) {
            waiting.add(next);
        }
        snapshots.step();
        long nowNs = clock.nanoTime();
        waiting.removeIf(request -> stopped || !request.step(nowNs));
    }
}
