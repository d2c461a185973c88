package io.tickring.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What cannot be is refused in one line that names the setting, its value and the remedy. */
class AnalyticsContextTest {
    private final AnalyticsContext context = new AnalyticsContext();

    @Test
    void shouldTakeWhatIsAtTheLimits() {
        assertThatCode(context::conclude).doesNotThrowAnyException();
        assertThatCode(context.bars(List.of(Duration.ofMillis(1), Duration.ofDays(7)))
                        .grace(Duration.ofSeconds(1))
                        .halfLife(Duration.ofMillis(1))
                        .grid(Duration.ofDays(7))
                        .workers(32)::conclude)
                .doesNotThrowAnyException();
        assertThatCode(context.bars(List.of(Duration.ofHours(1))).grace(Duration.ofHours(1))::conclude)
                .doesNotThrowAnyException();
        assertThat(new AnalyticsContext().workers()).isBetween(1, 32);
    }

    @Test
    void shouldRefuseLengthsOfBarsThatCannotBe() {
        requireRefused(context.bars(List.of()), "bars=0 lengths: say 1 to 8");
        List<Duration> nine =
                IntStream.rangeClosed(1, 9).mapToObj(Duration::ofSeconds).toList();
        requireRefused(context.bars(nine), "bars=9 lengths: say 1 to 8");
        requireRefused(context.bars(List.of(Duration.ofNanos(999_999))), "bars=999999ns must be from 1ms to 7d");
        requireRefused(context.bars(List.of(Duration.ofSeconds(-1))), "bars=-1s must be from 1ms to 7d");
        requireRefused(context.bars(List.of(Duration.ofDays(8))), "bars=8d must be from 1ms to 7d");
        requireRefused(
                context.bars(List.of(Duration.ofSeconds(60), Duration.ofMinutes(1))),
                "bars=1m,1m names a length twice; say each once");
    }

    @Test
    void shouldRefuseAGraceThatCannotBe() {
        requireRefused(context.grace(Duration.ofSeconds(-1)), "grace=-1s must be from 0s to 1h");
        requireRefused(context.grace(Duration.ofMinutes(61)), "grace=61m must be from 0s to 1h");
        requireRefused(
                context.bars(List.of(Duration.ofMinutes(1), Duration.ofMillis(1)))
                        .grace(Duration.ofMillis(1_001)),
                "grace=1001ms is more than 1000 bars of 1ms; say less of it, or longer bars");
    }

    @Test
    void shouldRefuseTheOthersThatCannotBe() {
        requireRefused(new AnalyticsContext().halfLife(Duration.ZERO), "halfLife=0s must be from 1ms to 7d");
        requireRefused(new AnalyticsContext().grid(Duration.ofDays(8)), "grid=8d must be from 1ms to 7d");
        requireRefused(new AnalyticsContext().workers(33), "workers=33 must be from 1 to 32");
        requireRefused(new AnalyticsContext().workers(0), "workers=0 must be from 1 to 32");
        requireRefused(new AnalyticsContext().workers(-1), "workers=-1 must be from 1 to 32");
    }

    /** Longer than 64 bits of nanoseconds. */
    @Test
    void shouldRefuseATimeThatIsLongerThanItCanCount() {
        Duration age = Duration.ofDays(365_000);
        requireRefused(new AnalyticsContext().bars(List.of(age)), "bars=365000d must be from 1ms to 7d");
        requireRefused(new AnalyticsContext().grace(age), "grace=365000d must be from 0s to 1h");
        requireRefused(new AnalyticsContext().grid(age.negated()), "grid=-365000d must be from 1ms to 7d");
    }

    @Test
    void shouldSayInWordsWhatItAsksFor() {
        context.bars(List.of(Duration.ofMillis(1_500), Duration.ofHours(48)));
        assertThat(context).hasToString("bars 1500ms,2d, grace 2s, half-life 10s, grid 1s");
    }

    @Test
    void shouldKeepTheLengthsThatItWasGiven() {
        List<Duration> lengths = new ArrayList<>(Collections.nCopies(1, Duration.ofSeconds(5)));
        context.bars(lengths);
        lengths.clear();
        assertThat(context.intervalsNs()).containsExactly(5_000_000_000L);
    }

    private static void requireRefused(AnalyticsContext context, String message) {
        assertThatThrownBy(context::conclude)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
