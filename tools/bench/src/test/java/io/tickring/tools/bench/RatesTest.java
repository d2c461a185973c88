package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {
    private static final double EXACT = 1e-12;

    @Test
    void shouldTakeTheMiddleOfAnOddNumberOfRounds() {
        assertThat(rates(9, 1, 5).median()).isEqualTo(5);
    }

    @Test
    void shouldTakeTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
        assertThat(rates(9, 1, 5, 6).median()).isEqualTo(5.5, within(EXACT));
        assertThat(rates(7).median()).isEqualTo(7);
    }

    @Test
    void shouldKnowTheRange() {
        assertThat(List.of(rates(9, 1, 5).min(), rates(9, 1, 5).max())).containsExactly(1.0, 9.0);
    }

    @Test
    void shouldTakeTheMedianOfTheRatiosNotTheRatioOfTheMedians() {
        Rates fast = rates(30, 12, 8);
        Rates slow = rates(10, 6, 1);
        assertThat(fast.ratioTo(slow)).isEqualTo(3.0, within(EXACT));
        assertThat(fast.median() / slow.median()).isEqualTo(2.0, within(EXACT));
    }

    @Test
    void shouldLeaveTheRoundsInTheirOrder() {
        Rates rates = rates(3, 1, 2);
        rates.median();
        assertThat(rates.byRound()).containsExactly(3, 1, 2);
    }

    @Test
    void shouldSayWhetherAMarkIsMet() {
        Bench bench = new Bench("b", "", List.of(new Named("A"), new Named("B")), List.of(), List.of(), 0);
        List<Rates> rates = List.of(rates(6, 6, 6), rates(2, 2, 2));
        assertThat(Report.verdict(bench, rates, new Mark(0, 1, 3.0)))
                .isEqualTo("  MET        A = 3.00x B (mark: at least 3.00x)");
        assertThat(Report.verdict(bench, rates, new Mark(1, 0, 0.5)))
                .isEqualTo("  NOT MET    B = 0.33x A (mark: at least 0.50x)");
    }

    private static Rates rates(double... byRound) {
        return new Rates(byRound);
    }
}
