package io.tickring.tools.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a run has to publish, the same for each peer. It ends after {@code ticks}, or after {@code seconds} with the ticks that were
 * published until then.
 *
 * @param sets one for each producer, whose instruments are its own
 * @param ticks of a run, of all producers; the most there may be when the time ends it
 * @param seconds infinite when the number of ticks alone ends a run
 * @param ticksPerSecond of all producers; infinite for as fast as they are taken
 */
record Workload(List<TickSet> sets, long ticks, double seconds, double ticksPerSecond) {
    /** A number of ticks, as fast as they are taken. {@code setCapacity}: prepared records of each producer, a power of two. */
    static Workload burst(int producers, long ticks, int setCapacity) {
        return new Workload(markets(producers, setCapacity), ticks, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** One producer's ticks, as fast as they are taken. */
    static Workload of(TickSet set, long ticks) {
        return new Workload(List.of(set), ticks, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** As fast as they are taken, for so long. */
    Workload sustained(double seconds, long mostTicks) {
        return new Workload(sets, mostTicks, seconds, Double.POSITIVE_INFINITY);
    }

    /** At a rate, for so long. */
    Workload paced(double seconds, double ticksPerSecond) {
        return new Workload(sets, (long) (seconds * ticksPerSecond), Double.POSITIVE_INFINITY, ticksPerSecond);
    }

    int producers() {
        return sets.size();
    }

    /** The ticks of one producer. */
    long share(int producer) {
        return ticks / producers() + (producer < ticks % producers() ? 1 : 0);
    }

    boolean isTimed() {
        return Double.isFinite(seconds);
    }

    private static List<TickSet> markets(int producers, int setCapacity) {
        return IntStream.range(0, producers)
                .mapToObj(producer -> TickSet.market(Benches.SEED + producer, setCapacity, producer, producers))
                .toList();
    }
}
