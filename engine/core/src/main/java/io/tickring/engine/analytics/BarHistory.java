package io.tickring.engine.analytics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;
import org.agrona.collections.Long2LongHashMap;

/** All bars of one kind of one instrument over a stretch of its ticks. One thread at a time. */
public final class BarHistory {
    /** Takes one interval after the other. */
    @FunctionalInterface
    public interface IntervalListener {
        /**
         * @param startNs since the epoch
         * @param bar null for an interval in whose bar no trade is
         * @param late trades of this interval that came when its bar was final
         */
        void onInterval(long startNs, Bar bar, long late) throws IOException;
    }

    private final long intervalNs;
    private final List<Bar> bars = new ArrayList<>();
    private final Long2LongHashMap late = new Long2LongHashMap(0);

    BarHistory(long intervalNs) {
        this.intervalNs = intervalNs;
    }

    void add(Bar bar) {
        bars.add(bar);
    }

    void addLate(long startNs) {
        late.put(startNs, late.get(startNs) + 1);
    }

    void end(List<Bar> stillOpen) {
        bars.addAll(stillOpen);
        bars.sort(Comparator.comparingLong(Bar::startNs));
    }

    public long intervalNs() {
        return intervalNs;
    }

    /** How many intervals {@link #forEach} gives. */
    public long intervals() {
        LongSummaryStatistics starts = LongStream.concat(
                        bars.stream().mapToLong(Bar::startNs),
                        late.keySet().stream().mapToLong(Long::longValue))
                .summaryStatistics();
        return starts.getCount() == 0 ? 0 : (starts.getMax() - starts.getMin()) / intervalNs + 1;
    }

    /** Those with a trade, oldest first. */
    public List<Bar> bars() {
        return Collections.unmodifiableList(bars);
    }

    /** Gives every interval from the first to the last that a trade belongs to, late or not, the empty ones among them too. */
    public void forEach(IntervalListener listener) throws IOException {
        long[] lateStarts =
                late.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        int nextLate = 0;
        int nextBar = 0;
        long startNs = Math.min(first(bars), lateStarts.length == 0 ? Long.MAX_VALUE : lateStarts[0]);
        while (nextBar < bars.size() || nextLate < lateStarts.length) {
            Bar bar = nextBar < bars.size() && bars.get(nextBar).startNs() == startNs ? bars.get(nextBar++) : null;
            boolean isLate = nextLate < lateStarts.length && lateStarts[nextLate] == startNs;
            listener.onInterval(startNs, bar, isLate ? late.get(startNs) : 0);
            nextLate += isLate ? 1 : 0;
            startNs += intervalNs;
        }
    }

    private static long first(List<Bar> bars) {
        return bars.isEmpty() ? Long.MAX_VALUE : bars.get(0).startNs();
    }
}
