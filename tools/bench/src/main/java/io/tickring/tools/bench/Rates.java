package io.tickring.tools.bench;

import java.util.Arrays;
import java.util.stream.IntStream;

/** One contender's rates, a figure a round, in millions of ticks a second. */
record Rates(double[] byRound) {
    double median() {
        return median(byRound);
    }

    double min() {
        return Arrays.stream(byRound).min().orElse(Double.NaN);
    }

    double max() {
        return Arrays.stream(byRound).max().orElse(Double.NaN);
    }

    /** The median of the ratios that these rates have to {@code other}'s of the same round: the machine's drift falls out. */
    double ratioTo(Rates other) {
        return median(IntStream.range(0, byRound.length)
                .mapToDouble(round -> byRound[round] / other.byRound[round])
                .toArray());
    }

    /** The one in the middle of any figures, or the mean of the two. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
