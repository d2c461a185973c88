package io.tickring.engine;

import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.TickRing;
import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.LatencyLog;
import io.tickring.engine.status.StatusWriter;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.agrona.concurrent.NanoClock;

/**
 * The one slow thread: heartbeat, checkpoints, claims that nobody will commit, stuck stages, room on the disk, the latency log. Wakes
 * up fifty times a second; a thread that ends holding a claim is found at the next wake-up.
 */
final class Supervisor implements Runnable {
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long SAMPLE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long HELD_TOO_LONG_NS = TimeUnit.SECONDS.toNanos(1);

    private final TickRing ring;
    private final TickPublisher publisher;
    private final CheckpointQueue checkpoints;
    private final StatusWriter status;
    private final EngineCounters counters;
    private final LatencyLog latencies;
    private final LongConsumer eachRound;
    private final Runnable eachSecond;
    private final NanoClock clock;
    private final Set<String> named = new HashSet<>();
    private long nextSampleNs;
    private volatile boolean stopped;

    /**
     * @param eachRound runs on this thread at each wake-up, with the time by {@code clock}
     * @param eachSecond runs on this thread once a second
     */
    Supervisor(
            TickRing ring,
            TickPublisher publisher,
            CheckpointQueue checkpoints,
            StatusWriter status,
            EngineCounters counters,
            LatencyLog latencies,
            NanoClock clock,
            LongConsumer eachRound,
            Runnable eachSecond) {
        this.ring = ring;
        this.publisher = publisher;
        this.checkpoints = checkpoints;
        this.status = status;
        this.counters = counters;
        this.latencies = latencies;
        this.clock = clock;
        this.nextSampleNs = clock.nanoTime() + SAMPLE_NS;
        this.eachRound = eachRound;
        this.eachSecond = eachSecond;
    }

    /** Ends the loop after one more round. Any thread may call it. */
    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        boolean last;
        do {
            last = stopped;
            round();
            if (!last) {
                LockSupport.parkNanos(PERIOD_NS);
                // Means nothing here, and would let no later wait be one.
                Thread.interrupted();
            }
        } while (!last);
    }

    /** What is done at each wake-up, without waiting. */
    void round() {
        status.heartbeat();
        checkpoints.drainTo(this::publishCheckpoint);
        long nowNs = clock.nanoTime();
        watchClaims(nowNs);
        eachRound.accept(nowNs);
        counters.acceptedSequence.setRelease(ring.lastClaimedSequence());
        counters.ringDepth.setRelease(ring.depth());
        if (nowNs - nextSampleNs >= 0) {
            latencies.sample();
            eachSecond.run();
            nextSampleNs += SAMPLE_NS;
        }
    }

    /** Publishes a checkpoint, on this thread or after it has ended; answers a negative code when the ring is full. */
    long publishCheckpoint(long sequence, long digest) {
        long published = publisher.tryPublishCheckpoint(sequence, digest);
        if (published > 0) {
            counters.checkpoints.incrementRelease();
        }
        return published;
    }

    private void watchClaims(long nowNs) {
        int held = 0;
        for (TickPublisher each : ring.publishers()) {
            int padded = each.padIfOwnerDied();
            if (padded > 0) {
                counters.deadClaims.getAndAddRelease(padded);
                name(each, "publisher=" + each.name() + " thread ended holding " + padded + " slots: padded");
            }
            Thread holder = each.heldBy(nowNs, HELD_TOO_LONG_NS);
            if (holder != null) {
                held++;
                name(
                        each,
                        "publisher=" + each.name() + " thread=" + holder.getName()
                                + " holds a claim for more than a second: every handler waits behind it");
            }
        }
        counters.heldClaims.setRelease(held);
    }

    private void name(TickPublisher publisher, String what) {
        if (named.add(publisher.name() + what)) {
            status.onError(new Notice(what));
        }
    }
}
