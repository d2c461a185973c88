package io.tickring.app.view;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Which instruments have the most ticks just now: each look halves what the looks before it have seen, so that the order
 * is steady. One thread's.
 */
final class Activity {
    /** An instrument, and how many ticks it had since the look before. */
    record Active(int id, long newTicks, double score, long ticks) {}

    private static final Comparator<Active> BUSIEST_FIRST = Comparator.comparingDouble(Active::score)
            .thenComparingLong(Active::ticks)
            .reversed()
            .thenComparingInt(Active::id);

    private final PriceTableReader prices;
    private final PriceRow row = new PriceRow();
    private long[] ticks = {};
    private double[] scores = {};

    Activity(PriceTableReader prices) {
        this.prices = prices;
    }

    /** Looks at all rows; answers at most {@code count} of those that had a tick, the busiest first. */
    List<Active> busiest(int count) {
        int instruments = prices.instruments();
        ticks = Arrays.copyOf(ticks, instruments);
        scores = Arrays.copyOf(scores, instruments);
        PriorityQueue<Active> busiest = new PriorityQueue<>(BUSIEST_FIRST.reversed());
        for (int id = 0; id < instruments; id++) {
            if (prices.read(id, row)) {
                Active active = look(id, row.quotes() + row.trades());
                if (active.ticks() > 0) {
                    busiest.add(active);
                }
            }
            if (busiest.size() > count) {
                busiest.remove();
            }
        }
        List<Active> sorted = new ArrayList<>(busiest);
        sorted.sort(BUSIEST_FIRST);
        return sorted;
    }

    private Active look(int id, long nowTicks) {
        long newTicks = nowTicks - ticks[id];
        ticks[id] = nowTicks;
        scores[id] = scores[id] / 2 + newTicks;
        return new Active(id, newTicks, scores[id], nowTicks);
    }
}
