package io.tickring.tools.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A figure a round, in the rounds' order: rates in millions of ticks a second, or ratios of them. */
record Figures(double[] byRound) {
    private static final double LEAST_NOISE = 0.02;

    /** One figure of what each round gave. */
    static <T> Figures of(List<T> rounds, ToDoubleFunction<? super T> figure) {
        return new Figures(rounds.stream().mapToDouble(figure).toArray());
    }

    double median() {
        return median(byRound);
    }

    double min() {
        return Arrays.stream(byRound).min().orElse(Double.NaN);
    }

    double max() {
        return Arrays.stream(byRound).max().orElse(Double.NaN);
    }

    /** These divided by {@code other}'s of the same round: the machine's drift falls out. */
    Figures per(Figures other) {
        return new Figures(IntStream.range(0, byRound.length)
                .mapToDouble(round -> byRound[round] / other.byRound[round])
                .toArray());
    }

    /** How far the median may be off: half of what the rounds lie apart, and never below a fiftieth of it. */
    double noise() {
        return Math.max((max() - min()) / 2, LEAST_NOISE * median());
    }

    /** The one in the middle of any figures, or the mean of the two. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
