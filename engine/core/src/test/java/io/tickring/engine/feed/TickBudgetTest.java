package io.tickring.engine.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TickBudgetTest {
    @Test
    void shouldGrantNoMoreThanIsLeft() {
        TickBudget budget = new TickBudget(10);
        assertThat(budget.take(4)).isEqualTo(4);
        assertThat(budget.isSpent()).isFalse();
        assertThat(budget.take(7)).isEqualTo(6);
        assertThat(budget.isSpent()).isTrue();
        assertThat(budget.take(1)).isZero();
    }

    @Test
    void shouldGrantAgainWhatWasGivenBack() {
        TickBudget budget = new TickBudget(5);
        budget.take(5);
        budget.giveBack(3);
        assertThat(budget.isSpent()).isFalse();
        assertThat(budget.take(64)).isEqualTo(3);
        assertThat(budget.isSpent()).isTrue();
    }

    @Test
    void shouldGrantEverythingWithoutALimit() {
        TickBudget budget = new TickBudget(TickBudget.UNLIMITED);
        assertThat(budget.take(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        budget.giveBack(Integer.MAX_VALUE);
        assertThat(budget.take(64)).isEqualTo(64);
        assertThat(budget.isSpent()).isFalse();
    }

    @Test
    void shouldBeSpentFromTheStartWithNothing() {
        assertThat(new TickBudget(0).isSpent()).isTrue();
        assertThat(new TickBudget(0).take(1)).isZero();
    }

    @Test
    void shouldBeReachedOnceAllIsPublished() {
        TickBudget budget = new TickBudget(5);
        budget.take(5);
        budget.published(3);
        assertThat(budget.isReached()).isFalse();
        budget.giveBack(2);
        assertThat(budget.isReached()).isFalse();
        budget.published(budget.take(2));
        assertThat(budget.isReached()).isTrue();
    }

    @Test
    void shouldNeverBeReachedWithoutALimit() {
        TickBudget budget = new TickBudget(TickBudget.UNLIMITED);
        budget.published(Integer.MAX_VALUE);
        assertThat(budget.isReached()).isFalse();
    }
}
