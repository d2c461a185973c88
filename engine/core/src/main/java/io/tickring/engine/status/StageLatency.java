package io.tickring.engine.status;

import io.tickring.engine.ring.LatencyRecorder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * The latency of one stage: from a tick's claim to the end of the stage's batch, in ns. Recorded by the stage's thread, sampled
 * by the supervisor; the total and the last interval may be read by any thread.
 */
public final class StageLatency implements LatencyRecorder {
    private static final long MAX_NS = 3_600_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final String stage;
    private final SingleWriterRecorder recorder = new SingleWriterRecorder(MAX_NS, SIGNIFICANT_DIGITS);
    private final Histogram total = new Histogram(MAX_NS, SIGNIFICANT_DIGITS);
    private Histogram interval;

    public StageLatency(String stage) {
        this.stage = stage;
    }

    public String stage() {
        return stage;
    }

    @Override
    public void record(long latencyNs, long count) {
        recorder.recordValueWithCount(Math.min(latencyNs, MAX_NS), count);
    }

    /** Takes what was recorded since the last call; the answer is reused by the next one. One thread. */
    synchronized Histogram sample() {
        interval = recorder.getIntervalHistogram(interval);
        interval.setTag(stage);
        total.add(interval);
        return interval;
    }

    /** All that was recorded up to the last sample. */
    public synchronized Histogram total() {
        return total.copy();
    }

    /** What was recorded between the last two samples; null before the first. */
    public synchronized Histogram lastInterval() {
        return interval == null ? null : interval.copy();
    }
}
