package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PercentileCurveTest {
    @Test
    void shouldGoFromNinetyPercentByEqualRatiosOverEachPowerOfTen() {
        double[] grid = PercentileCurve.grid();
        assertThat(grid).hasSize(121).isSorted().contains(10, 100, 1_000, 10_000, 100_000, 1_000_000);
        assertThat(grid[0]).isEqualTo(10);
        assertThat(grid[120]).isEqualTo(1_000_000);
        assertThat(IntStream.range(1, 121).mapToDouble(i -> grid[i] / grid[i - 1]))
                .allMatch(ratio -> Math.abs(ratio - Math.pow(10, 1 / 24.0)) < 1e-9);
    }

    @Test
    void shouldEndWhereThereAreTooFewSamples() {
        Histogram histogram = new Histogram(3);
        IntStream.rangeClosed(1, 1_000).forEach(histogram::recordValue);
        List<Long> curve = PercentileCurve.of(histogram);
        int thousand = Arrays.binarySearch(PercentileCurve.grid(), 1_000);
        assertThat(curve.get(0)).isEqualTo(900);
        assertThat(curve.get(thousand)).isEqualTo(999);
        assertThat(curve.subList(0, thousand + 1)).doesNotContainNull();
        assertThat(curve.subList(thousand + 1, curve.size())).containsOnlyNulls();
        assertThat(PercentileCurve.of(new Histogram(3))).containsOnlyNulls();
    }
}
