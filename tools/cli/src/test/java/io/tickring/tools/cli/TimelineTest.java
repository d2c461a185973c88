package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.tools.cli.LatencyRun.Interval;
import io.tickring.tools.cli.Timeline.Point;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimelineTest {
    @Test
    void shouldHoldEachMaximumToTheNextIntervalAndTheLastToItsEnd() {
        Timeline timeline =
                Timeline.of(List.of(new Interval(0, 1, 30), new Interval(1.02, 1, 20), new Interval(2.02, 0.5, 10)));
        assertThat(timeline)
                .isEqualTo(new Timeline(
                        1,
                        List.of(new Point(0, 30L), new Point(1.02, 20L), new Point(2.02, 10L), new Point(2.52, 10L))));
    }

    @Test
    void shouldLeaveAGapWhereNothingWasRecorded() {
        assertThat(Timeline.of(List.of(new Interval(0, 1, 30), new Interval(3, 1, 20)))
                        .points())
                .containsExactly(
                        new Point(0, 30L), new Point(1, 30L), new Point(2, null), new Point(3, 20L), new Point(4, 20L));
    }

    @Test
    void shouldPutTimesInOrderAndKeepTheLargestOfOneTime() {
        assertThat(Timeline.of(List.of(new Interval(1, 1, 5), new Interval(0, 1, 7), new Interval(1, 1, 9)))
                        .points())
                .containsExactly(new Point(0, 7L), new Point(1, 9L), new Point(2, 9L));
    }

    @Test
    void shouldMergeNeighboursAndLoseNoMaximum() {
        List<Interval> intervals = IntStream.range(0, 4_321)
                .mapToObj(i -> new Interval(i, 1, i == 2_999 ? 1_000_000 : i % 7))
                .toList();
        Timeline timeline = Timeline.of(intervals);
        assertThat(timeline.intervalsAStep()).isEqualTo(3);
        assertThat(timeline.points()).hasSize(1_441 + 1).contains(new Point(2_997, 1_000_000L));
        assertThat(timeline.points().stream().map(Point::maxNs).filter(Objects::nonNull))
                .allMatch(max -> max >= 3 || max == 0 || max == 2 || max == 1);
        assertThat(timeline.points().get(1_441)).isEqualTo(new Point(4_321, 0L + 4_320 % 7));
    }

    @Test
    void shouldBeEmptyWithoutIntervals() {
        assertThat(Timeline.of(List.of())).isEqualTo(new Timeline(1, List.of()));
    }
}
