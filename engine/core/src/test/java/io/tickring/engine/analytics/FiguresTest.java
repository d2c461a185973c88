package io.tickring.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickring.engine.tick.Decimals;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.TickDescriptor;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Each figure by examples that one can compute by hand. Times are in ms, prices and sizes whole. */
class FiguresTest {
    private static final long MS = 1_000_000;
    private static final long NONE = TickDescriptor.NO_TIME;

    private final FiguresFile file = LiveFigures.empty(
            new AnalyticsContext()
                    .bars(List.of(Duration.ofSeconds(1), Duration.ofMinutes(1)))
                    .halfLife(Duration.ofSeconds(4)),
            1,
            1);
    private final FiguresHandler handler = file.handler(0);
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);
    private final MutableTick tick = new MutableTick().wrap(record, 0);
    private long sequence;

    FiguresTest() {
        tick.definition(0, "ONE");
        apply();
    }

    @Test
    void shouldTakeTradesUntilTheGraceIsOver() {
        trade(500, 10, 1);
        trade(2_999, 30, 1);
        trade(999, 12, 2);
        assertThat(starts(0)).containsExactly("0: 10 12 10 12 2", "2000: 30 30 30 30 1");
        assertThat(figures().late(0)).isZero();
        trade(3_000, 31, 1);
        trade(999, 99, 5);
        trade(1_000, 20, 1);
        assertThat(starts(0))
                .containsExactly(
                        "0: 10 12 10 12 2", "1000: 20 20 20 20 1", "2000: 30 30 30 30 1", "3000: 31 31 31 31 1");
        assertThat(figures().late(0)).isEqualTo(1);
        assertThat(figures().late(1)).isZero();
        assertThat(starts(1)).containsExactly("0: 10 99 10 31 6");
        assertThat(figures().bars(1).get(0).volume()).isEqualByComparingTo("11");
    }

    @Test
    void shouldOpenAndCloseByTimeAndAmongEqualTimesByArrival() {
        trade(300, 5, 1);
        trade(700, 6, 1);
        trade(100, 3, 1);
        trade(700, 8, 1);
        trade(100, 4, 1);
        assertThat(starts(0)).containsExactly("0: 3 8 3 8 5");
    }

    @Test
    void shouldCountTheReceiveTimeOfATradeThatHasNoOther() {
        trade(NONE, 1_500, 7, 2, TickDescriptor.SIDE_NONE);
        trade(2_100, 9_000, 8, 1, TickDescriptor.SIDE_NONE);
        assertThat(starts(0)).containsExactly("1000: 7 7 7 7 1", "2000: 8 8 8 8 1");
    }

    @Test
    void shouldCountATradeWithoutAnyTimeInNoBar() {
        trade(NONE, NONE, 7, 2, TickDescriptor.SIDE_BUY);
        assertThat(starts(0)).isEmpty();
        trade(1_500, 8, 1);
        trade(NONE, NONE, 9, 2, TickDescriptor.SIDE_BUY);
        assertThat(starts(0)).containsExactly("1000: 8 8 8 8 1");
        assertThat(figures().trades()).isEqualTo(3);
        assertThat(figures().buyVolume()).isEqualByComparingTo("5");
        assertThat(figures().late(0)).isZero();
    }

    @Test
    void shouldTakeSizesAloneFromAQuoteWithoutATimeAndNoneBeforeIt() {
        quote(NONE, 10, 12, 3, 1);
        assertThat(figures().imbalance()).isEqualTo(0.5);
        assertThat(figures().ewma()).isNaN();
        quote(1_000, 10, 12);
        quote(NONE, 10, 14);
        quote(2_000, 20, 22);
        assertThat(figures().timeWeightedSpread()).isEqualTo(4);
        assertThat(figures().ewma()).isBetween(11.0, 21.0);
        assertThat(figures().returns()).isEqualTo(1);
    }

    @Test
    void shouldTakeItsSequenceFromTicksAlone() {
        assertThat(figures().sequence()).isZero();
        trade(500, 10, 1);
        assertThat(figures().sequence()).isEqualTo(2);
    }

    @Test
    void shouldBeginIntervalsBeforeTheEpochAtTheirMultiples() {
        trade(-1, 5, 1);
        trade(-1_000, 6, 1);
        trade(0, 7, 1);
        assertThat(starts(0)).containsExactly("-1000: 6 6 5 5 2", "0: 7 7 7 7 1");
    }

    @Test
    void shouldKeepTheNewestFinalBarToo() {
        for (long second = 0; second <= 10; second++) {
            trade(1_000 * second, 1 + second, 1);
        }
        assertThat(starts(0))
                .containsExactly("7000: 8 8 8 8 1", "8000: 9 9 9 9 1", "9000: 10 10 10 10 1", "10000: 11 11 11 11 1");
    }

    /** A bar behind a pause may lie where the last one did. */
    @Test
    void shouldKeepTheBarsThatStillTakeTrades() {
        trade(0, 1, 1);
        trade(4_000, 2, 1);
        assertThat(starts(0)).containsExactly("4000: 2 2 2 2 1");
        trade(1_999, 3, 1);
        trade(2_000, 4, 1);
        assertThat(figures().late(0)).isEqualTo(1);
        assertThat(starts(0)).containsExactly("2000: 4 4 4 4 1", "4000: 2 2 2 2 1");
    }

    @Test
    void shouldSumVolumeBySideAndNotional() {
        trade(10, 10, 10, 3, TickDescriptor.SIDE_BUY);
        trade(20, 20, 20, 4, TickDescriptor.SIDE_SELL);
        trade(30, 30, 5, 8, TickDescriptor.SIDE_NONE);
        assertThat(figures().buyVolume()).isEqualByComparingTo("3");
        assertThat(figures().sellVolume()).isEqualByComparingTo("4");
        Bar bar = figures().bars(0).get(0);
        assertThat(bar.notional()).isEqualByComparingTo("150");
        assertThat(bar.volume()).isEqualByComparingTo("15");
        assertThat(bar.vwap()).isEqualTo(new BigDecimal("10.00000000"));
        assertThat(bar.buyVolume()).isEqualByComparingTo("3");
        assertThat(bar.sellVolume()).isEqualByComparingTo("4");
    }

    @Test
    void shouldWeighSpreadsByTheTimeThatTheyLast() {
        quote(0, 100, 102);
        assertThat(figures().timeWeightedSpread()).isNaN();
        quote(1_000, 100, 106);
        quote(4_000, 103, 102);
        assertThat(figures().timeWeightedSpread()).isEqualTo((2 + 3 * 6) / 4.0);
        quote(2_000, 100, 110);
        quote(5_000, 100, 0, 1, 0);
        quote(95_000, 100, 101);
        assertThat(figures().timeWeightedSpread()).isEqualTo((2 + 3 * 6 + 10) / 5.0);
        quote(96_000, 100, 101);
        quote(97_000, 1, 0);
        quote(99_000, 1, 1);
        assertThat(figures().timeWeightedSpread()).isEqualTo((2 + 3 * 6 + 10 + 2 - 2) / 9.0);
    }

    @Test
    void shouldHalveTheWeightOfAMidInTheHalfLife() {
        quote(0, 99, 101);
        assertThat(figures().ewma()).isEqualTo(100);
        quote(4_000, 199, 201);
        assertThat(figures().ewma()).isCloseTo(150, within(1e-10));
        quote(6_000, 0, 201, 0, 1);
        quote(12_000, 199, 201);
        assertThat(figures().ewma()).isCloseTo(187.5, within(1e-10));
        quote(11_000, 1, 1);
        assertThat(figures().ewma()).isCloseTo(187.5, within(1e-10));
    }

    @Test
    void shouldSquareTheReturnsOfTheLastMidsOfTheGrid() {
        quote(100, 50, 50);
        quote(900, 100, 100);
        assertThat(figures().returns()).isZero();
        assertThat(figures().realizedVolatility()).isNaN();
        quote(4_200, 70, 70);
        quote(4_900, 200, 200);
        assertThat(figures().returns()).isEqualTo(4);
        assertThat(figures().realizedVolatility()).isCloseTo(Math.log(2), within(1e-15));
        quote(5_000, 0, 200, 0, 1);
        quote(6_000, -300, 200);
        assertThat(figures().returns()).isEqualTo(4);
        quote(7_000, 50, 50);
        assertThat(figures().returns()).isEqualTo(7);
        assertThat(figures().realizedVolatility()).isCloseTo(Math.log(2) * Math.sqrt(1 + 4), within(1e-15));
    }

    @Test
    void shouldCompareTheSizesOfTheLastQuote() {
        quote(0, 1, 2, 3, 1);
        assertThat(figures().imbalance()).isEqualTo(0.5);
        quote(1, 1, 2, 0, 1);
        assertThat(figures().imbalance()).isEqualTo(-1);
        quote(2, 1, 2, 0, 0);
        assertThat(figures().imbalance()).isNaN();
    }

    @Test
    void shouldTakeTheGreatestSpreadForOneThatDoesNotFit() {
        long far = Decimals.MAX_VALUE;
        tick.quote(0, NONE, 0, -far, far, 1, 1);
        apply();
        tick.quote(0, NONE, MS, far, -far, 1, 1);
        apply();
        assertThat(figures().timeWeightedSpread()).isCloseTo(Long.MAX_VALUE / 1e8, within(1.0));
        tick.quote(0, NONE, 3 * MS, 1, 1, 1, 1);
        apply();
        assertThat(figures().timeWeightedSpread()).isCloseTo(-Long.MAX_VALUE / 3e8, within(1.0));
    }

    private void trade(long timeMs, long price, long size) {
        trade(timeMs, timeMs, price, size, TickDescriptor.SIDE_BUY);
    }

    private void trade(long exchangeMs, long receiveMs, long price, long size, byte side) {
        long exchangeNs = exchangeMs == NONE ? NONE : exchangeMs * MS;
        long receiveNs = receiveMs == NONE ? NONE : receiveMs * MS;
        tick.trade(0, exchangeNs, receiveNs, price * Decimals.ONE, size * Decimals.ONE, 1, side);
        apply();
    }

    private void quote(long receiveMs, long bid, long ask) {
        quote(receiveMs, bid, ask, 1, 1);
    }

    private void quote(long receiveMs, long bid, long ask, long bidSize, long askSize) {
        tick.quote(
                0,
                77,
                receiveMs == NONE ? NONE : receiveMs * MS,
                bid * Decimals.ONE,
                ask * Decimals.ONE,
                bidSize,
                askSize);
        apply();
    }

    private void apply() {
        sequence++;
        record.putLong(TickDescriptor.SEQUENCE_OFFSET, sequence);
        handler.onBatch(record, 0, sequence, 1);
    }

    private InstrumentFigures figures() {
        InstrumentFigures figures = file.reader().newFigures();
        assertThat(file.reader().read(0, figures)).isTrue();
        return figures;
    }

    /** Start, open, high, low, close and trades of the bars of a kind. */
    private List<String> starts(int kind) {
        return figures().bars(kind).stream()
                .map(bar -> bar.startNs() / MS + ": " + whole(bar.open()) + whole(bar.high()) + whole(bar.low())
                        + whole(bar.close()) + bar.trades())
                .toList();
    }

    private static String whole(long price) {
        return price / Decimals.ONE + " ";
    }
}
