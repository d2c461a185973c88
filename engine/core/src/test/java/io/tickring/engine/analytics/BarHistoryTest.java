package io.tickring.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.tick.Decimals;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarHistoryTest {
    private final BarHistory history = new BarHistory(10);

    @Test
    void shouldGiveEveryIntervalFromTheFirstToTheLast() throws IOException {
        history.add(bar(20));
        history.add(bar(-10));
        history.addLate(20);
        history.addLate(20);
        history.end(List.of(bar(40), bar(50)));
        assertThat(intervals())
                .containsExactly("-10 bar 0", "0 - 0", "10 - 0", "20 bar 2", "30 - 0", "40 bar 0", "50 bar 0");
        assertThat(history.bars()).extracting(Bar::startNs).containsExactly(-10L, 20L, 40L, 50L);
    }

    @Test
    void shouldGiveIntervalsToWhichLateTradesAloneBelong() throws IOException {
        history.addLate(60);
        history.addLate(10);
        history.addLate(0);
        history.addLate(0);
        history.end(List.of(bar(30)));
        assertThat(intervals()).containsExactly("0 - 2", "10 - 1", "20 - 0", "30 bar 0", "40 - 0", "50 - 0", "60 - 1");
        assertThat(history.intervals()).isEqualTo(7);
    }

    @Test
    void shouldGiveLateTradesWithoutAnyBar() throws IOException {
        history.addLate(-20);
        history.end(List.of());
        assertThat(intervals()).containsExactly("-20 - 1");
    }

    @Test
    void shouldGiveNothingOfNothing() throws IOException {
        history.end(List.of());
        assertThat(intervals()).isEmpty();
        assertThat(history.intervals()).isZero();
        assertThat(history.bars()).isEmpty();
    }

    @Test
    void shouldRoundTheAveragePriceToEightDecimals() {
        BigDecimal notional = new BigDecimal("10.0000000000000000");
        Bar bar = new Bar(0, 1, 1, 1, 1, 2, new BigDecimal("3.00000000"), notional, BigDecimal.ZERO, BigDecimal.ZERO);
        assertThat(bar.vwap()).isEqualTo(new BigDecimal("3.33333333"));
    }

    private List<String> intervals() throws IOException {
        List<String> intervals = new ArrayList<>();
        history.forEach((start, bar, late) -> {
            assertThat(bar == null || bar.startNs() == start).isTrue();
            intervals.add(start + (bar == null ? " - " : " bar ") + late);
        });
        return intervals;
    }

    private static Bar bar(long startNs) {
        BigDecimal one = BigDecimal.valueOf(1, Decimals.SCALE);
        return new Bar(startNs, 1, 1, 1, 1, 1, one, one, one, BigDecimal.ZERO);
    }
}
