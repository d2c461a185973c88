package io.tickring.journal;

import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/**
 * Looks for a place among blocks that Chronicle's index names one in so many of: to any other it walks from the nearest that is named,
 * block by block. So the named ones are bisected first, and only between two of them is anything walked to.
 */
final class Bisection {
    private Bisection() {}

    /**
     * The last number from 0 to {@code count}, exclusive, for which {@code isBefore} holds; it holds for 0, and for none behind one for which
     * it does not.
     *
     * @param spacing of the numbers that cost no walk
     * @param onWalk told from which of them it is walked on, before that is done
     */
    static long lastBefore(long count, long spacing, LongPredicate isBefore, LongConsumer onWalk) {
        long named = spacing * lastBetween(0, (count - 1) / spacing, middle -> isBefore.test(middle * spacing));
        onWalk.accept(named);
        return lastBetween(named, Math.min(count, named + spacing) - 1, isBefore);
    }

    private static long lastBetween(long first, long last, LongPredicate isBefore) {
        long low = first;
        long high = last;
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (isBefore.test(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
