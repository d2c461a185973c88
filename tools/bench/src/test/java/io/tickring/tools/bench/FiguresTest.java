package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final double EXACT = 1e-12;

    @Test
    void shouldTakeTheMiddleOfAnOddNumberOfRounds() {
        assertThat(figures(9, 1, 5).median()).isEqualTo(5);
    }

    @Test
    void shouldTakeTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
        assertThat(figures(9, 1, 5, 6).median()).isEqualTo(5.5, within(EXACT));
        assertThat(figures(7).median()).isEqualTo(7);
    }

    @Test
    void shouldKnowTheRange() {
        assertThat(List.of(figures(9, 1, 5).min(), figures(9, 1, 5).max())).containsExactly(1.0, 9.0);
    }

    @Test
    void shouldTakeTheMedianOfTheRatiosNotTheRatioOfTheMedians() {
        Figures fast = figures(30, 12, 8);
        Figures slow = figures(10, 6, 1);
        assertThat(fast.per(slow).median()).isEqualTo(3.0, within(EXACT));
        assertThat(fast.median() / slow.median()).isEqualTo(2.0, within(EXACT));
    }

    @Test
    void shouldLeaveTheRoundsInTheirOrder() {
        Figures rates = figures(3, 1, 2);
        rates.median();
        assertThat(rates.byRound()).containsExactly(3, 1, 2);
    }

    @Test
    void shouldTakeHalfOfTheRangeForTheNoise() {
        assertThat(figures(9, 1, 5).noise()).isEqualTo(4, within(EXACT));
    }

    @Test
    void shouldNotBelieveInNoNoise() {
        assertThat(figures(5, 5, 5).noise()).isEqualTo(0.1, within(EXACT));
        assertThat(figures(5).noise()).isEqualTo(0.1, within(EXACT));
    }

    private static Figures figures(double... byRound) {
        return new Figures(byRound);
    }
}
