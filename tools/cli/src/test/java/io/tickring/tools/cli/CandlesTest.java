package io.tickring.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tickring.engine.analytics.Analysis;
import io.tickring.engine.analytics.AnalyticsContext;
import io.tickring.engine.analytics.Bar;
import io.tickring.engine.analytics.BarHistory;
import io.tickring.engine.analytics.WorkSharing;
import io.tickring.engine.analytics.Workers;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.TickDescriptor;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class CandlesTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @Test
    void shouldLeaveBarsAloneThatAreNotTooMany() {
        BarHistory history = history(0, 1, 3);
        Candles candles = Candles.of(history, 3);
        assertThat(candles.intervals()).isEqualTo(1);
        assertThat(candles.bars()).isEqualTo(history.bars());
        assertThat(Candles.of(history(), 2)).isEqualTo(new Candles(1, List.of()));
    }

    @Test
    void shouldJoinNeighboursAtMultiplesOfALengthThatPeopleKnow() {
        Candles candles = Candles.of(history(58, 59, 60, 61, 90, 119), 3);
        assertThat(candles.intervals()).isEqualTo(30);
        assertThat(candles.bars())
                .extracting(Bar::startNs, Bar::open, Bar::high, Bar::low, Bar::close, Bar::trades, Bar::volume)
                .containsExactly(
                        tuple(30 * SECOND_NS, 58L, 59L, 58L, 59L, 2L, units(2)),
                        tuple(60 * SECOND_NS, 60L, 61L, 60L, 61L, 2L, units(2)),
                        tuple(90 * SECOND_NS, 90L, 119L, 90L, 119L, 2L, units(2)));
        assertThat(Candles.of(history(58, 59, 60, 61, 90, 119), 2).intervals()).isEqualTo(60);
    }

    @Test
    void shouldLoseNothing() {
        long[] seconds = LongStream.range(0, 10_000)
                .map(i -> i * i % 86_400)
                .sorted()
                .distinct()
                .toArray();
        BarHistory history = history(seconds);
        for (int most : List.of(2, 100, 999)) {
            Candles candles = Candles.of(history, most);
            assertThat(candles.bars())
                    .hasSizeLessThanOrEqualTo(most)
                    .isSortedAccordingTo((a, b) -> Long.compare(a.startNs(), b.startNs()));
            assertThat(candles.bars().stream().mapToLong(Bar::trades).sum()).isEqualTo(seconds.length);
            assertThat(sum(candles.bars())).isEqualTo(sum(history.bars()));
        }
    }

    private static List<BigDecimal> sum(List<Bar> bars) {
        return List.of(
                bars.stream().map(Bar::volume).reduce(BigDecimal.ZERO, BigDecimal::add),
                bars.stream().map(Bar::notional).reduce(BigDecimal.ZERO, BigDecimal::add),
                bars.stream().map(Bar::buyVolume).reduce(BigDecimal.ZERO, BigDecimal::add),
                bars.stream().map(Bar::sellVolume).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private static BigDecimal units(long count) {
        return BigDecimal.valueOf(count, 8);
    }

    /** Of a trade in each of those seconds, of one unit at a price of as many units. */
    private static BarHistory history(long... seconds) {
        UnsafeBuffer record = new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);
        MutableTick tick = new MutableTick();
        tick.wrap(record, 0);
        try (Workers workers = new Workers(1, WorkSharing.STATIC)) {
            Analysis analysis = new Analysis(
                    new AnalyticsContext().bars(List.of(Duration.ofSeconds(1))),
                    1,
                    workers,
                    EnumSet.allOf(Analysis.History.class));
            tick.definition(0, "A");
            give(analysis, record, 1);
            tick.quote(0, 0, 0, 1, 2, 1, 1);
            give(analysis, record, 2);
            long sequence = 3;
            for (long second : seconds) {
                long timeNs = second * SECOND_NS;
                tick.trade(0, timeNs, timeNs, Math.max(1, second), 1, 1, (byte) (1 + second % 2));
                give(analysis, record, sequence++);
            }
            return analysis.end().instruments().get(0).bars();
        }
    }

    private static void give(Analysis analysis, UnsafeBuffer record, long sequence) {
        record.putLong(TickDescriptor.SEQUENCE_OFFSET, sequence);
        analysis.onBatch(record, 0, sequence, 1);
    }
}
