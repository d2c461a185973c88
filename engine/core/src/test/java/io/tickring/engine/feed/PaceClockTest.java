package io.tickring.engine.feed;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaceClockTest {
    private static final long ORIGIN_NS = 1_723_161_255_030_314_667L;

    @ParameterizedTest
    @CsvSource({"1, 1000", "10, 100", "0.5, 2000", "1000, 1"})
    void shouldDivideTheDistanceFromTheOriginByTheSpeed(double speed, long dueAfterNs) {
        PaceClock clock = new PaceClock(speed);
        clock.start(ORIGIN_NS, 77);
        assertThat(clock.dueNanoTime(ORIGIN_NS + 1000)).isEqualTo(77 + dueAfterNs);
        assertThat(clock.dueNanoTime(ORIGIN_NS)).isEqualTo(77);
        assertThat(clock.isMax()).isFalse();
    }

    @Test
    void shouldLetTicksFromBeforeTheOriginBeDueBeforeIt() {
        PaceClock clock = new PaceClock(2);
        clock.start(ORIGIN_NS, 1000);
        assertThat(clock.dueNanoTime(ORIGIN_NS - 500)).isEqualTo(750);
    }

    @Test
    void shouldHoldNothingAtFullPaceOrWithoutATime() {
        PaceClock max = new PaceClock(PaceClock.MAX);
        max.start(ORIGIN_NS, 5);
        PaceClock paced = new PaceClock(1);
        paced.start(ORIGIN_NS, 5);
        assertThat(max.isMax()).isTrue();
        assertThat(max.dueNanoTime(ORIGIN_NS + 1000)).isEqualTo(5);
        assertThat(paced.dueNanoTime(NO_TIME)).isEqualTo(5);
        assertThat(new PaceClock(1).dueNanoTime(ORIGIN_NS)).isZero();
    }

    @Test
    void shouldMakeEverythingDueLaterByThePause() {
        PaceClock clock = new PaceClock(2);
        clock.start(ORIGIN_NS, 1000);
        clock.pause(5000);
        clock.pause(6000);
        assertThat(clock.isPaused()).isTrue();
        clock.resume(7500);
        clock.resume(9000);
        assertThat(clock.isPaused()).isFalse();
        assertThat(clock.dueNanoTime(ORIGIN_NS + 100)).isEqualTo(1000 + 50 + 2500);
    }

    @Test
    void shouldCountAPauseFromTheStartWhereItBeganBefore() {
        PaceClock clock = new PaceClock(1);
        clock.pause(0);
        clock.start(ORIGIN_NS, 100);
        clock.resume(110);
        assertThat(clock.dueNanoTime(ORIGIN_NS)).isEqualTo(110);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.NEGATIVE_INFINITY})
    void shouldRefuseASpeedThatIsNotAboveZero(double speed) {
        assertThatThrownBy(() -> new PaceClock(speed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pace=" + speed);
    }
}
