package io.tickring.engine.status;

import io.tickring.engine.ring.LatencyRecorder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The latency of one stage: from a tick's claim to the end of the stage's batch, in ns. Recorded by the stage's thread, sampled
 * by the supervisor, which shows percentiles of the last interval in the status file; the total and the last interval may be read
 * by any thread.
 */
public final class StageLatency implements LatencyRecorder {
    private static final String LABEL = "latency ";
    private static final long MAX_NS = 3_600_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final String stage;
    private final SingleWriterRecorder recorder = new SingleWriterRecorder(MAX_NS, SIGNIFICANT_DIGITS);
    private final Histogram total = new Histogram(MAX_NS, SIGNIFICANT_DIGITS);
    private final AtomicCounter p50;
    private final AtomicCounter p99;
    private final AtomicCounter max;
    private Histogram interval;

    public StageLatency(String stage, StatusWriter status) {
        this.stage = stage;
        this.p50 = status.newGauge(label(stage, "p50"));
        this.p99 = status.newGauge(label(stage, "p99"));
        this.max = status.newGauge(label(stage, "max"));
    }

    /** The label in the status file of {@code figure}, which is p50, p99 or max of the last second in ns, 0 for none. */
    public static String label(String stage, String figure) {
        return LABEL + stage + ": " + figure + " ns";
    }

    /** The stage that a label of {@link #label} speaks of, or null for another one. */
    public static String stageOf(String label) {
        int end = label.lastIndexOf(": ");
        return label.startsWith(LABEL) && end > 0 ? label.substring(LABEL.length(), end) : null;
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
        boolean none = interval.getTotalCount() == 0;
        max.setRelease(none ? 0 : interval.getMaxValue());
        p99.setRelease(none ? 0 : interval.getValueAtPercentile(99));
        p50.setRelease(none ? 0 : interval.getValueAtPercentile(50));
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
