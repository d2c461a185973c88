package io.tickring.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CorrelationTest {
    @Test
    void shouldBeOneOfEqualsAndMinusOneOfOpposites() {
        ReturnSeries up = series(5, 0.25, 0.5, -0.125, 1);
        ReturnSeries down = series(5, -0.25, -0.5, 0.125, -1);
        assertThat(Correlation.pearson(up, up)).isEqualTo(1);
        assertThat(Correlation.pearson(up, down)).isEqualTo(-1);
    }

    @Test
    void shouldLookAtTheStepsKnownToBothAlone() {
        ReturnSeries one = series(0, 9, 9, 1, 2, 3);
        ReturnSeries other = series(2, 2, 4, 6, -50, -70);
        assertThat(Correlation.pearson(one, other)).isEqualTo(1);
    }

    @Test
    void shouldBeUnknownOfFewerThanTwoStepsInCommon() {
        assertThat(Correlation.pearson(series(0, 1, 2), series(1, 1, 2))).isNaN();
        assertThat(Correlation.pearson(series(0, 1, 2), series(7, 1, 2))).isNaN();
        assertThat(Correlation.pearson(new ReturnSeries(), series(0, 1, 2))).isNaN();
        assertThat(Correlation.pearson(new ReturnSeries(), new ReturnSeries())).isNaN();
    }

    /** Ten times 0.1 have a mean that is not 0.1. */
    @Test
    void shouldBeUnknownWhereReturnsNeverChange() {
        double[] tenths = new double[10];
        Arrays.fill(tenths, 0.1);
        ReturnSeries other = series(0, 1, 2, 3, 5, 8, 1, 2, 3, 5, 9);
        assertThat(Correlation.pearson(series(0, tenths), other)).isNaN();
        assertThat(Correlation.pearson(other, series(0, tenths))).isNaN();
        assertThat(Correlation.pearson(series(0, tenths), series(0, tenths))).isNaN();
        assertThat(Correlation.pearson(series(0, 0, 0, 0), other)).isNaN();
    }

    @Test
    void shouldTellItsProgressUpToAllPairs() {
        List<ReturnSeries> many = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            many.add(series(0, 1, i % 3, 2, i));
        }
        List<Long> told = new ArrayList<>();
        try (Workers workers = new Workers(2, WorkSharing.DYNAMIC)) {
            Correlation matrix = Correlation.of(many, workers, (done, all) -> {
                assertThat(all).isEqualTo(150 * 151 / 2);
                told.add(done);
            });
            assertThat(matrix.of(149, 148)).isEqualTo(Correlation.pearson(many.get(149), many.get(148)));
        }
        assertThat(told).hasSize(3).isSorted().endsWith(150L * 151 / 2);
    }

    @Test
    void shouldFillStepsWithoutAMidWithNoReturn() {
        ReturnSeries series = new ReturnSeries();
        series.add(3, 6, 0.5);
        series.add(3, 200, 0.25);
        assertThat(series.firstStep()).isEqualTo(3);
        assertThat(series.endStep()).isEqualTo(201);
        assertThat(series.at(5)).isZero();
        assertThat(series.at(6)).isEqualTo(0.5);
        assertThat(series.at(199)).isZero();
        assertThat(series.at(200)).isEqualTo(0.25);
        assertThatThrownBy(() -> series.add(3, 3 + (1L << 24), 1))
                .hasMessageContaining("span more than 16777216 steps")
                .hasMessageContaining("say a longer interval, or a shorter range");
    }

    @Test
    void shouldHaveEveryPairInItsPlace() {
        SplittableRandom random = new SplittableRandom(2);
        List<ReturnSeries> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(series(
                    random.nextInt(20), random.doubles(30 + random.nextInt(20)).toArray()));
        }
        try (Workers workers = new Workers(3, WorkSharing.STEALING)) {
            Correlation correlation = Correlation.of(all, workers);
            for (int a = 0; a < all.size(); a++) {
                for (int b = 0; b < all.size(); b++) {
                    double wanted = Correlation.pearson(all.get(Math.max(a, b)), all.get(Math.min(a, b)));
                    assertThat(correlation.of(a, b)).isEqualTo(wanted);
                }
            }
        }
    }

    private static ReturnSeries series(long first, double... returns) {
        ReturnSeries series = new ReturnSeries();
        for (int i = 0; i < returns.length; i++) {
            series.add(first, first + i, returns[i]);
        }
        return series;
    }
}
