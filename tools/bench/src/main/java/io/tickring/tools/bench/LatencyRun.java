package io.tickring.tools.bench;

import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * One run of a peer at one rate, in which no tick was lost.
 *
 * @param latenciesNs of each point, from the time a tick was due
 * @param tookNs how long its sender took
 * @param plannedNs how long it should have taken
 */
record LatencyRun(List<Histogram> latenciesNs, long tookNs, long plannedNs, int busyThreads) {
    private static final double MOST_LATE = 0.05;
    private static final double HALF = 50;
    private static final long MOST_P50_NS = 10_000_000;

    /** Why the rate does not hold, or null if it does: the sender ended late, or half of the ticks came too late. */
    String broken() {
        double late = (double) tookNs / plannedNs - 1;
        if (late > MOST_LATE) {
            return String.format(Locale.ROOT, "the sender ended %.0f %% late", late * 100);
        }
        long p50Ns = latenciesNs.stream()
                .mapToLong(each -> each.getValueAtPercentile(HALF))
                .max()
                .orElse(0);
        return p50Ns > MOST_P50_NS
                ? String.format(Locale.ROOT, "half of the ticks took more than %.1f ms", p50Ns / 1e6)
                : null;
    }
}
