package io.tickring.engine.ring;

import io.tickring.engine.tick.TickDescriptor;
import org.agrona.DirectBuffer;

/**
 * A handler with its name and what it reports to. After a throw it sees no more records, and a stage that depends on it neither;
 * the others go on, so that what was accepted is still journaled and applied while the engine halts. With a {@link TickSkipper} a
 * throw at a tick costs that tick alone.
 */
public final class TickStage {
    /** Told once when a stage has thrown; called on the stage's thread. */
    @FunctionalInterface
    public interface FailureListener {
        void onFailure(String stage, long firstSequence, int count, Throwable cause);
    }

    private static final int RESOLUTION_SHIFT = 11;

    private final String name;
    private final TickHandler handler;
    private final LatencyRecorder latency;
    private final FailureListener failures;
    private final TickStage before;
    private final TickSkipper skipper;
    private boolean failed;

    /** @param latency takes the time from claim to the end of this stage's batch, or null where nobody asks. */
    public TickStage(String name, TickHandler handler, LatencyRecorder latency, FailureListener failures) {
        this(name, handler, latency, failures, null, null);
    }

    /**
     * @param before the stage that each record passes first, and without which this one takes none; null for none.
     * @param skipper null for a stage that fails with whatever it throws; else it takes one record at a time.
     */
    public TickStage(
            String name,
            TickHandler handler,
            LatencyRecorder latency,
            FailureListener failures,
            TickStage before,
            TickSkipper skipper) {
        this.before = before;
        this.skipper = skipper;
        this.name = name;
        this.handler = handler;
        this.latency = latency;
        this.failures = failures;
    }

    /** The stage that each record passes before this one, or null. */
    public TickStage before() {
        return before;
    }

    public String name() {
        return name;
    }

    /** Whether it may turn a tick into a SKIP, so that what applies ticks belongs behind it. */
    public boolean skips() {
        return skipper != null;
    }

    void onBatch(DirectBuffer slab, int offset, long firstSequence, int count, long[] stamps, int firstStamp) {
        if (failed || before != null && before.failed) {
            return;
        }
        int each = skipper == null ? count : 1;
        for (int done = 0; done < count && !failed; done += each) {
            handle(slab, offset + (done << TickDescriptor.LENGTH_SHIFT), firstSequence + done, each);
        }
        if (latency != null && !failed) {
            recordLatency(stamps, firstStamp, count);
        }
    }

    private void handle(DirectBuffer slab, int offset, long firstSequence, int count) {
        try {
            handler.onBatch(slab, offset, firstSequence, count);
        } catch (Throwable cause) {
            Throwable failure = skipper == null ? cause : skipper.skip(name, firstSequence, cause);
            if (failure != null) {
                failed = true;
                failures.onFailure(name, firstSequence, count, failure);
            }
        }
    }

    /**
     * One clock reading for the batch, one recording for each run of stamps that lie closer together than a histogram of three
     * digits tells apart: ticks that were claimed together, or have queued together.
     */
    private void recordLatency(long[] stamps, int first, int count) {
        long nowNs = System.nanoTime();
        int end = first + count;
        for (int start = first; start < end; ) {
            long stamp = stamps[start];
            long latencyNs = Math.max(0, nowNs - stamp);
            long closeNs = latencyNs >> RESOLUTION_SHIFT;
            int next = start + 1;
            while (next < end && Math.abs(stamps[next] - stamp) <= closeNs) {
                next++;
            }
            if (stamp != TickRing.NOT_MEASURED) {
                latency.record(latencyNs, next - start);
            }
            start = next;
        }
    }
}
