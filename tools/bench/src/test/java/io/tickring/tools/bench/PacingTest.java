package io.tickring.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.HistogramIterationValue;
import org.junit.jupiter.api.Test;

/** When ticks are sent, and from when their latency counts, on a clock of the test's own. */
class PacingTest {
    private static final long START_NS = -7_000;

    private long nowNs = START_NS;
    private final List<Long> sentNs = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();

    @Test
    void shouldSendEachTickWhenItIsDue() {
        Schedule due = new Schedule(100, 5, START_NS, 1e6);
        assertThat(due.send(this::publish, this::tick)).isBetween(4_000L, 4_100L);
        assertThat(numbers).containsExactly(100L, 101L, 102L, 103L, 104L);
        for (int i = 0; i < 5; i++) {
            assertThat(sentNs.get(i)).isBetween(START_NS + i * 1_000L, START_NS + i * 1_000L + 10);
        }
        assertThat(due.lengthNs()).isEqualTo(5_000);
    }

    @Test
    void shouldCatchUpWithoutAWaitAndLeaveNoTickOut() {
        Schedule due = new Schedule(0, 6, START_NS, 1e6);
        Inlet inlet = (first, count) -> {
            publish(first, count);
            nowNs += first == 1 ? 3_500 : 0;
        };
        due.send(inlet, this::tick);
        assertThat(numbers).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(sentNs.subList(2, 5)).allMatch(ns -> ns >= START_NS + 4_500 && ns < START_NS + 4_600);
        assertThat(sentNs.get(5)).isGreaterThanOrEqualTo(START_NS + 5_000);
    }

    @Test
    void shouldKeepTheRateOverALongTime() {
        Schedule due = new Schedule(0, 3_000_000_000L, 0, 3e6);
        assertThat(due.dueNs(3_000_000)).isEqualTo(1_000_000_000L);
        assertThat(due.lengthNs()).isEqualTo(1_000_000_000_000L);
    }

    @Test
    void shouldCountFromWhenATickWasDueAndNotFromWhenItWasSent() {
        LatencySampler sampler = new LatencySampler(() -> nowNs);
        sampler.released(100);
        sampler.begin(new Schedule(100, 4, 0, 1e7));
        nowNs = 1_000;
        sampler.released(102);
        nowNs = 2_000;
        sampler.released(103);
        assertThat(sampler.through()).isEqualTo(103);
        assertThat(recorded(sampler)).containsExactly(900L, 1_000L, 1_800L);
        nowNs = 1_900;
        sampler.released(110);
        assertThat(recorded(sampler)).containsExactly(900L, 1_000L, 1_600L, 1_800L);
    }

    @Test
    void shouldRecordNothingOfTheWarmUp() {
        LatencySampler sampler = new LatencySampler(() -> nowNs);
        sampler.released(-64);
        sampler.released(7);
        assertThat(sampler.through()).isEqualTo(7);
        assertThat(recorded(sampler)).isEmpty();
    }

    /** Rising; below 2,048 a histogram of three digits keeps each value as it is. */
    private static List<Long> recorded(LatencySampler sampler) {
        List<Long> values = new ArrayList<>();
        for (HistogramIterationValue each : sampler.latenciesNs().recordedValues()) {
            for (long i = 0; i < each.getCountAddedInThisIterationStep(); i++) {
                values.add(each.getValueIteratedTo());
            }
        }
        return values;
    }

    private long tick() {
        nowNs += 10;
        return nowNs;
    }

    private void publish(long first, int count) {
        assertThat(count).isEqualTo(1);
        numbers.add(first);
        sentNs.add(nowNs);
    }
}
