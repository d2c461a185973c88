package io.tickring.tools.cli;

import io.tickring.engine.analytics.Bar;
import io.tickring.engine.analytics.BarHistory;
import java.util.ArrayList;
import java.util.List;

/**
 * The bars of an instrument as a page draws them: as they are, or, where they are too many, several intervals as one bar.
 *
 * @param intervals how many intervals each is
 */
record Candles(long intervals, List<Bar> bars) {
    /** Of those that people count time in; each divides a later one. */
    private static final long[] STEPS = {1, 2, 5, 10, 15, 30};

    private static final long NEXT_UNIT = 60;

    /** At most {@code most} bars, at least two. */
    static Candles of(BarHistory history, int most) {
        List<Bar> all = history.bars();
        for (long unit = 1; ; unit *= NEXT_UNIT) {
            for (long step : STEPS) {
                long intervals = unit * step;
                List<Bar> bars = intervals == 1 ? all : merged(all, intervals * history.intervalNs());
                if (bars.size() <= most) {
                    return new Candles(intervals, bars);
                }
            }
        }
    }

    private static List<Bar> merged(List<Bar> bars, long lengthNs) {
        List<Bar> merged = new ArrayList<>();
        for (Bar bar : bars) {
            long startNs = bar.startNs() - Math.floorMod(bar.startNs(), lengthNs);
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).startNs() == startNs) {
                merged.set(last, joined(startNs, merged.get(last), bar));
            } else {
                merged.add(joined(startNs, bar, null));
            }
        }
        return merged;
    }

    /** @param later null for none */
    private static Bar joined(long startNs, Bar bar, Bar later) {
        if (later == null) {
            return new Bar(
                    startNs,
                    bar.open(),
                    bar.high(),
                    bar.low(),
                    bar.close(),
                    bar.trades(),
                    bar.volume(),
                    bar.notional(),
                    bar.buyVolume(),
                    bar.sellVolume());
        }
        return new Bar(
                startNs,
                bar.open(),
                Math.max(bar.high(), later.high()),
                Math.min(bar.low(), later.low()),
                later.close(),
                bar.trades() + later.trades(),
                bar.volume().add(later.volume()),
                bar.notional().add(later.notional()),
                bar.buyVolume().add(later.buyVolume()),
                bar.sellVolume().add(later.sellVolume()));
    }
}
