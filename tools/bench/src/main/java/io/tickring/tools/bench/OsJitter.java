package io.tickring.tools.bench;

import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * What the system takes from a thread that does nothing but read the clock: each gap above 10 µs between two readings is time that
 * no program on this machine can have had.
 *
 * @param gapsNs the gaps above 10 µs
 */
record OsJitter(long measuredNs, Histogram gapsNs) {
    private static final long GAP_NS = 10_000;
    private static final int DIGITS = 3;

    /** Takes the calling thread for so long. */
    static OsJitter measure(long durationNs) {
        Histogram gaps = new Histogram(DIGITS);
        long startNs = System.nanoTime();
        long lastNs = startNs;
        while (lastNs - startNs < durationNs) {
            long nowNs = System.nanoTime();
            if (nowNs - lastNs > GAP_NS) {
                gaps.recordValue(nowNs - lastNs);
            }
            lastNs = nowNs;
        }
        return new OsJitter(lastNs - startNs, gaps);
    }

    long gaps() {
        return gapsNs.getTotalCount();
    }

    long longestNs() {
        return gapsNs.getMaxValue();
    }

    /** How long, at most, the system keeps a thread from so many per cent of things that fall due at random times; 0 for not at all. */
    long atPercentileNs(double percentile) {
        double rarer = 1 - percentile / 100;
        long low = 0;
        long high = longestNs();
        while (low < high) {
            long middle = (low + high) / 2;
            if (shareBeyond(middle) > rarer) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The share of the time from which it takes longer than {@code ns} until the thread runs again. */
    private double shareBeyond(long ns) {
        double beyondNs = 0;
        for (HistogramIterationValue gap : gapsNs.recordedValues()) {
            beyondNs += (double) gap.getCountAddedInThisIterationStep() * Math.max(0, gap.getValueIteratedTo() - ns);
        }
        return beyondNs / measuredNs;
    }

    double lostShare() {
        return gaps() == 0 ? 0 : gapsNs.getMean() * gaps() / measuredNs;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.2f %% of %.1f s lost to a thread that only reads the clock, in %,d gaps above 10 µs, the longest %,.0f µs",
                100 * lostShare(),
                measuredNs / 1e9,
                gaps(),
                longestNs() / 1e3);
    }
}
