package io.tickring.engine.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.analytics.SlowFigures.SlowBar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says that figures are those of {@link SlowFigures}: bars and volumes exactly, doubles within 1e-12 of their size. */
final class Agreement {
    private static final double TOLERANCE = 1e-12;

    private Agreement() {}

    static void requireFigures(InstrumentFigures figures, SlowFigures slow, AnalyticsContext context) {
        assertThat(figures.quotes()).isEqualTo(slow.quotes());
        assertThat(figures.trades()).isEqualTo(slow.trades());
        assertThat(figures.buyVolume()).isEqualTo(slow.buyVolume());
        assertThat(figures.sellVolume()).isEqualTo(slow.sellVolume());
        requireNear("spread", figures.timeWeightedSpread(), slow.timeWeightedSpread());
        double ewma = slow.ewma(context.halfLifeNs());
        requireNear("ewma", figures.ewma(), ewma, Double.isNaN(ewma) ? 0 : slow.greatestMid());
        double volatility = slow.realizedVolatility(context.gridNs());
        requireNear("volatility", figures.realizedVolatility(), volatility);
        requireNear("imbalance", figures.imbalance(), slow.imbalance(), 1);
        assertThat(figures.returns()).isEqualTo(slow.returns(context.gridNs()).size());
        for (int kind = 0; kind < figures.kinds(); kind++) {
            requireNewestBars(figures, slow, kind, context.graceNs());
        }
    }

    /** What a row holds: every bar that is not final, and of those before it some. */
    private static void requireNewestBars(InstrumentFigures figures, SlowFigures slow, int kind, long graceNs) {
        long intervalNs = figures.intervalNs(kind);
        long late = slow.late(intervalNs, graceNs).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(figures.late(kind)).isEqualTo(late);
        List<SlowBar> newest = figures.bars(kind).stream().map(Agreement::plain).toList();
        List<SlowBar> all = slow.bars(intervalNs, graceNs);
        assertThat(all).containsSubsequence(newest);
        assertThat(newest)
                .containsAll(all.stream()
                        .filter(bar -> slow.newestTradeNs() < bar.startNs() + intervalNs + graceNs)
                        .toList());
    }

    static void requireHistory(BarHistory history, SlowFigures slow, long graceNs) {
        List<SlowBar> all = slow.bars(history.intervalNs(), graceNs);
        assertThat(history.bars().stream().map(Agreement::plain).toList()).isEqualTo(all);
        List<SlowBar> told = new ArrayList<>();
        TreeMap<Long, Long> late = new TreeMap<>();
        long[] lastStart = {Long.MIN_VALUE};
        forEach(history, (start, bar, lateTrades) -> {
            boolean follows = lastStart[0] == Long.MIN_VALUE || start == lastStart[0] + history.intervalNs();
            if (!follows) {
                throw new AssertionError("the interval of " + start + " comes behind that of " + lastStart[0]);
            }
            lastStart[0] = start;
            if (bar != null) {
                told.add(plain(bar));
            }
            if (lateTrades > 0) {
                late.put(start, lateTrades);
            }
        });
        assertThat(told).isEqualTo(all);
        assertThat(late).isEqualTo(slow.late(history.intervalNs(), graceNs));
    }

    private static void forEach(BarHistory history, BarHistory.IntervalListener listener) {
        try {
            history.forEach(listener);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    static void requireReturns(ReturnSeries series, TreeMap<Long, Double> returns) {
        assertThat(series.endStep() - series.firstStep()).isEqualTo(returns.size());
        for (Map.Entry<Long, Double> each : returns.entrySet()) {
            requireNear("return", series.at(each.getKey()), each.getValue(), Math.max(1e-3, Math.abs(each.getValue())));
        }
    }

    static void requireNear(String what, double found, double wanted) {
        requireNear(what, found, wanted, Math.abs(wanted));
    }

    /** @param size by which an error is measured */
    static void requireNear(String what, double found, double wanted, double size) {
        if (Double.isNaN(wanted)) {
            assertThat(found).as(what).isNaN();
        } else if (!(Math.abs(found - wanted) <= TOLERANCE * size)) {
            throw new AssertionError(what + ": " + found + " instead of " + wanted);
        }
    }

    private static SlowBar plain(Bar bar) {
        assertThat(bar.volume().scale()).isEqualTo(8);
        assertThat(bar.notional().scale()).isEqualTo(16);
        return new SlowBar(
                bar.startNs(),
                bar.open(),
                bar.high(),
                bar.low(),
                bar.close(),
                bar.trades(),
                bar.volume().unscaledValue(),
                bar.notional().unscaledValue(),
                bar.buyVolume().unscaledValue(),
                bar.sellVolume().unscaledValue());
    }
}
