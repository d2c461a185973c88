package io.tickring.tools.bench;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What ticks took at one rate, round by round.
 *
 * @param rounds latencies in ns, at least one round
 * @param broken why the rate does not hold, empty if it does
 */
record LatencyRow(double ticksPerSecond, List<Histogram> rounds, int busyThreads, String broken) {
    /** As they head the columns; 100 is the worst. */
    static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9, 99.99, 100.0);

    /** In µs, round by round. */
    Figures micros(double percentile) {
        return new Figures(rounds.stream()
                .mapToDouble(round -> round.getValueAtPercentile(percentile) / 1e3)
                .toArray());
    }

    boolean isBroken() {
        return !broken.isEmpty();
    }

    /** All rounds in one. */
    Histogram together() {
        Histogram all = rounds.get(0).copy();
        rounds.subList(1, rounds.size()).forEach(all::add);
        return all;
    }
}
