package io.tickring.tools.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * The value at each percentile p of a fixed grid, equidistant on the logarithm of 1/(1\u2212p) from 10 (90 %) to 1,000,000
 * (99.9999 %); each power of ten is on it. Null where 1/(1\u2212p) exceeds the number of samples: there is no such tail.
 */
final class PercentileCurve {
    private static final int DECADES = 5;
    private static final int STEPS_A_DECADE = 24;

    private PercentileCurve() {}

    /** The 1/(1\u2212p). */
    static double[] grid() {
        return IntStream.rangeClosed(0, DECADES * STEPS_A_DECADE)
                .mapToDouble(step -> step % STEPS_A_DECADE == 0
                        ? Math.rint(Math.pow(10, 1 + step / STEPS_A_DECADE))
                        : Math.pow(10, 1 + (double) step / STEPS_A_DECADE))
                .toArray();
    }

    /** In ns. */
    static List<Long> of(Histogram histogram) {
        List<Long> values = new ArrayList<>();
        DoubleStream.of(grid())
                .forEach(x -> values.add(
                        x > histogram.getTotalCount() ? null : (Long) histogram.getValueAtPercentile(100 - 100 / x)));
        return values;
    }
}
