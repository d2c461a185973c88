package io.tickring.engine.feed;

import static io.tickring.engine.tick.TickDescriptor.NO_TIME;
import static io.tickring.engine.tick.TickDescriptor.QUOTE;
import static io.tickring.engine.tick.TickDescriptor.SIDE_BUY;
import static io.tickring.engine.tick.TickDescriptor.TRADE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickring.engine.tick.TickDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SimFeedTest {
    private static final int TICKS = 200_000;
    private static final long OPENING_NS = 1_767_225_600_000_000_000L;
    private static final long GOLDEN_CRC = 3_630_123_374L;

    @Test
    void shouldGiveTheSameBytesForTheSameSeedOnEveryMachine() {
        assertThat(crc(1)).isEqualTo(crc(1)).isEqualTo(GOLDEN_CRC);
    }

    @Test
    void shouldGiveOtherBytesForAnotherSeed() {
        assertThat(List.of(crc(1), crc(2), crc(0), crc(-1))).doesNotHaveDuplicates();
    }

    @Test
    void shouldNameItsInstrumentsAndOpenOnNewYearsDay() {
        List<TickEvent> events = events(3, SimFeed.MAX_RATE, 100);
        assertThat(TickEvent.symbolsOf(events)).containsExactly("SIM000", "SIM001", "SIM002");
        List<TickEvent> ticks = TickEvent.ticksOf(events);
        assertThat(ticks).hasSize(100);
        assertThat(ticks.get(0).receiveTimeNs() - OPENING_NS).isBetween(1L, 2_000L);
        SimFeed feed = new SimFeed(3, 1, 1);
        assertThat(feed.kind()).isEqualTo("sim");
        assertThat(feed.firstReceiveTimeNs()).isEqualTo(NO_TIME);
    }

    @Test
    void shouldNeverCrossAndKeepItsSpreadsAndPricesAboveZero() {
        Map<Integer, Long> steps = new HashMap<>();
        List<TickEvent> quotes = quotes(ticks());
        for (TickEvent quote : quotes) {
            steps.merge(quote.id(), quote.second() - quote.first(), Math::min);
        }
        assertThat(steps).hasSize(64);
        for (TickEvent quote : quotes) {
            long spread = quote.second() - quote.first();
            assertThat(quote.first()).isPositive();
            assertThat(spread % steps.get(quote.id())).isZero();
            assertThat(spread / steps.get(quote.id())).isBetween(1L, 5L);
            assertThat(quote.third()).isPositive();
            assertThat(quote.fourth()).isPositive();
        }
    }

    @Test
    void shouldRevertToTheMean() {
        Map<Integer, List<TickEvent>> busiest = new HashMap<>();
        for (TickEvent quote : quotes(TickEvent.ticksOf(events(4, SimFeed.MAX_RATE, TICKS)))) {
            busiest.computeIfAbsent(quote.id(), id -> new ArrayList<>()).add(quote);
        }
        busiest.forEach((id, quotes) -> {
            long step =
                    quotes.stream().mapToLong(q -> q.second() - q.first()).min().orElseThrow();
            long start = quotes.get(0).first();
            long furthest = quotes.stream()
                    .mapToLong(q -> Math.abs(q.first() - start) / step)
                    .max()
                    .orElseThrow();
            assertThat(furthest).as("id=%d", id).isBetween(10L, 300L);
        });
    }

    @Test
    void shouldTradeAtTheQuoteAndTakeFromItsSize() {
        Map<Integer, TickEvent> standing = new HashMap<>();
        Map<Integer, Long> tradeIds = new HashMap<>();
        int reduced = 0;
        for (TickEvent tick : ticks()) {
            TickEvent quote = standing.get(tick.id());
            if (tick.type() == QUOTE) {
                if (quote != null && quote.type() == TRADE) {
                    TickEvent left = quote;
                    boolean isEmpty = left.third() == 0 || left.fourth() == 0;
                    reduced += isEmpty ? 0 : 1;
                    assertThat(isEmpty || sameBook(tick, left)).isTrue();
                }
                standing.put(tick.id(), tick);
                continue;
            }
            boolean isBuy = tick.side() == SIDE_BUY;
            assertThat(quote).isNotNull();
            assertThat(tick.first()).isEqualTo(isBuy ? quote.second() : quote.first());
            assertThat(tick.second()).isBetween(1L, isBuy ? quote.fourth() : quote.third());
            assertThat(tick.third()).isEqualTo(tradeIds.merge(tick.id(), 1L, Long::sum));
            standing.put(tick.id(), after(quote, tick, isBuy));
        }
        assertThat(reduced).isGreaterThan(TICKS / 10);
    }

    @Test
    void shouldMixAboutOneTradeInFiveAndAFewBusyInstruments() {
        List<TickEvent> ticks = ticks();
        Map<Integer, Integer> activity = new HashMap<>();
        ticks.forEach(tick -> activity.merge(tick.id(), 1, Integer::sum));
        assertThat(ticks.stream().filter(t -> t.type() == TRADE).count())
                .isBetween(TICKS * 18L / 100, TICKS * 22L / 100);
        int most = activity.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        int least = activity.values().stream().mapToInt(Integer::intValue).min().orElseThrow();
        assertThat(least).isPositive();
        assertThat(most / least).isGreaterThan(20);
    }

    @Test
    void shouldLetNoTickBeReceivedBeforeItsExchangeTimeOrTheOneBefore() {
        Map<Integer, Long> exchangeTimes = new HashMap<>();
        long receiveTimeNs = OPENING_NS;
        for (TickEvent tick : ticks()) {
            assertThat(tick.receiveTimeNs()).isGreaterThanOrEqualTo(receiveTimeNs);
            assertThat(tick.exchangeTimeNs()).isBetween(tick.receiveTimeNs() - 1_000_000, tick.receiveTimeNs());
            assertThat(tick.exchangeTimeNs()).isGreaterThanOrEqualTo(exchangeTimes.getOrDefault(tick.id(), 0L));
            exchangeTimes.put(tick.id(), tick.exchangeTimeNs());
            receiveTimeNs = tick.receiveTimeNs();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 3, 20_000, 1_234_567.8, 3e9})
    void shouldKeepTheRateOnAverageAndBurst(double rate) {
        SimClock clock = new SimClock(rate, new SimRandom(5));
        int ticks = 1_000_000;
        int burst = 0;
        long before = OPENING_NS;
        for (int i = 0; i < ticks; i++) {
            long now = clock.next();
            burst += now - before < 1e9 / rate / 2 ? 1 : 0;
            before = now;
        }
        double expectedNs = ticks / rate * 1e9;
        double cycleNs = 0.5e9 + 10 / rate * 1e9;
        assertThat((double) (before - OPENING_NS)).isBetween(expectedNs - cycleNs, expectedNs + cycleNs);
        if (rate < 1e6) {
            assertThat(burst / (double) ticks).isBetween(0.38, 0.42);
        }
    }

    @Test
    void shouldVaryFourfoldWithinASecond() {
        SimClock clock = new SimClock(20_000, new SimRandom(5));
        int[] perTenMs = new int[1000];
        for (long now = clock.next(); now < OPENING_NS + 10_000_000_000L; now = clock.next()) {
            perTenMs[(int) ((now - OPENING_NS) / 10_000_000)]++;
        }
        for (int second = 0; second < 10; second++) {
            int least = Integer.MAX_VALUE;
            int most = 0;
            for (int i = second * 100; i < second * 100 + 100; i++) {
                least = Math.min(least, perTenMs[i]);
                most = Math.max(most, perTenMs[i]);
            }
            assertThat(least).isBetween(130, 140);
            assertThat(most).isBetween(790, 810);
        }
    }

    @Test
    void shouldPublishNoTickBeforeItsTime() {
        long startNs = System.nanoTime();
        List<TickEvent> ticks = TickEvent.ticksOf(events(8, 20_000, 2_000));
        long tookNs = System.nanoTime() - startNs;
        assertThat(ticks).hasSize(2_000);
        assertThat(tookNs).isGreaterThanOrEqualTo(ticks.get(1_999).receiveTimeNs() - OPENING_NS);
    }

    @Test
    void shouldEndWhenTheRunStopsThoughTheNextTickIsFar() throws InterruptedException {
        CountDownLatch defined = new CountDownLatch(1);
        try (FeedRig rig = new FeedRig(64, 16, (records, offset, firstSequence, count) -> defined.countDown())) {
            FeedOutput output = rig.output();
            Thread feed = new Thread(() -> run(new SimFeed(1, SimFeed.MIN_RATE, 1), output));
            feed.start();
            defined.await();
            rig.ring().close();
            feed.join();
            assertThat(output.isOpen()).isFalse();
        }
    }

    @Test
    void shouldLeaveOutInstrumentsThatHaveNoRoom() {
        try (FeedRig rig = new FeedRig(64, 2)) {
            FeedCounters counters = rig.counters("sim");
            run(
                    new SimFeed(5, SimFeed.MAX_RATE, 1),
                    rig.output(counters, "", new TickBudget(1000), new PaceClock(PaceClock.MAX)));
            assertThat(TickEvent.ticksOf(rig.drain())).hasSize(1000).allMatch(tick -> tick.id() < 2);
            assertThat(counters.rejected(RejectReason.INSTRUMENT_TABLE_FULL)).isEqualTo(3);
            assertThat(rig.errors()).containsExactly("INSTRUMENT_TABLE_FULL feed=test file=sim line=3");
        }
        try (FeedRig rig = new FeedRig(64, 0)) {
            run(new SimFeed(5, SimFeed.MAX_RATE, 1), rig.output());
            assertThat(rig.drain()).isEmpty();
        }
    }

    @Test
    void shouldDrawEveryInstrumentOfMany() {
        Map<Integer, Boolean> seen = new HashMap<>();
        try (FeedRig rig = new FeedRig(1 << 12, 1 << 13)) {
            run(new SimFeed(5_000, SimFeed.MAX_RATE, 1), rig.output("", 1_000_000));
            TickEvent.ticksOf(rig.drain()).forEach(tick -> seen.put(tick.id(), true));
        }
        assertThat(seen).hasSize(5_000);
    }

    @Test
    void shouldRefuseArgumentsThatMakeNoSense() {
        assertThatThrownBy(() -> new SimFeed(0, 1, 1)).hasMessageContaining("symbols=0");
        assertThatThrownBy(() -> new SimFeed(SimFeed.MAX_SYMBOLS + 1, 1, 1)).hasMessageContaining("symbols=");
        for (double rate : new double[] {0, -1, Double.NaN, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> new SimFeed(1, rate, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("rate=" + rate);
        }
    }

    /** The book as a trade leaves it; of type TRADE, so that the next quote can be told to come after one. */
    private static TickEvent after(TickEvent quote, TickEvent trade, boolean isBuy) {
        return new TickEvent(
                TRADE,
                0,
                quote.id(),
                0,
                0,
                quote.first(),
                quote.second(),
                quote.third() - (isBuy ? 0 : trade.second()),
                quote.fourth() - (isBuy ? trade.second() : 0),
                "");
    }

    private static boolean sameBook(TickEvent a, TickEvent b) {
        return a.first() == b.first() && a.second() == b.second() && a.third() == b.third() && a.fourth() == b.fourth();
    }

    private static List<TickEvent> quotes(List<TickEvent> ticks) {
        return ticks.stream().filter(tick -> tick.type() == QUOTE).toList();
    }

    private static List<TickEvent> ticks() {
        return TickEvent.ticksOf(events(64, SimFeed.MAX_RATE, TICKS));
    }

    private static List<TickEvent> events(int symbols, double rate, int ticks) {
        try (FeedRig rig = new FeedRig()) {
            run(new SimFeed(symbols, rate, 1), rig.output("", ticks));
            return rig.drain();
        }
    }

    private static void run(SimFeed feed, FeedOutput output) {
        feed.define(output);
        feed.run(output);
    }

    /** Over all bytes of all records. */
    private static long crc(long seed) {
        CRC32 crc = new CRC32();
        byte[] record = new byte[TickDescriptor.LENGTH];
        try (FeedRig rig = new FeedRig(1 << 12, 64, (records, offset, firstSequence, count) -> {
            for (int i = 0; i < count; i++) {
                records.getBytes(offset + i * TickDescriptor.LENGTH, record);
                crc.update(record);
            }
        })) {
            run(new SimFeed(64, SimFeed.MAX_RATE, seed), rig.output("", TICKS));
            rig.drain();
        }
        return crc.getValue();
    }
}
