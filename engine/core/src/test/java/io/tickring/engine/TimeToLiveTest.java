package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.tick.PriceState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeToLiveTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long NEVER = Long.MAX_VALUE;

    @Test
    void shouldLetTheLastRuleThatMatchesCount() {
        TimeToLive times = TimeToLive.of(SECOND)
                .with("BTC*", Duration.ofMillis(500), Duration.ofSeconds(7))
                .forever("*.slow")
                .with("BTC.slow", Duration.ofDays(1));
        assertThat(limits(times, "ETH")).containsExactly(1_000_000_000L, 10_000_000_000L, NEVER);
        assertThat(limits(times, "BTCUSDT")).containsExactly(500_000_000L, 7_000_000_000L, NEVER);
        assertThat(limits(times, "ETH.slow")).containsExactly(NEVER, NEVER, NEVER);
        assertThat(limits(times, "BTC.slow")).containsExactly(86_400_000_000_000L, 864_000_000_000_000L, NEVER);
        assertThat(times.shortestNs()).isEqualTo(500_000_000);
    }

    @Test
    void shouldLiveForEverWithoutARule() {
        assertThat(limits(TimeToLive.FOREVER, "A")).containsOnly(NEVER);
        assertThat(TimeToLive.FOREVER.shortestNs()).isEqualTo(NEVER);
        assertThat(limits(TimeToLive.FOREVER.with("B", SECOND), "A")).containsOnly(NEVER);
        assertThat(limits(TimeToLive.of(Duration.ofNanos(NEVER / 2)), "A")).containsExactly(NEVER / 2, NEVER, NEVER);
    }

    @Test
    void shouldRefuseTimesThatMakeNoOrder() {
        assertThatThrownBy(() -> TimeToLive.of(Duration.ZERO)).hasMessageContaining("stale=0ns must be above 0");
        assertThatThrownBy(() -> TimeToLive.FOREVER.with("A*", SECOND, SECOND))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("timeToLive of A*: ")
                .hasMessageContaining("expired=1000000000ns above that");
    }

    private static long[] limits(TimeToLive times, String symbol) {
        long[] limits = new long[PriceState.values().length];
        for (PriceState state : PriceState.values()) {
            limits[state.ordinal()] = times.limitNs(symbol, state);
        }
        return limits;
    }
}
