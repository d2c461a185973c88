package io.tickring.tools.bench;

/**
 * How much a run of the bench measures.
 *
 * @param ticks of a run that ends by their number
 * @param seconds of a run that ends by the time
 * @param rounds of runs that end by the number of ticks
 * @param timedRounds of runs that end by the time
 * @param setCapacity prepared records, a power of two; a longer run uses them again
 */
record Sizes(long ticks, double seconds, int rounds, int timedRounds, int setCapacity) {
    static final Sizes FULL = new Sizes(20_000_000, 60, 5, 3, 1 << 20);
    static final Sizes QUICK = new Sizes(2_000_000, 3, 2, 1, 1 << 20);

    Sizes ticks(Long given) {
        return given == null ? this : new Sizes(given, seconds, rounds, timedRounds, setCapacity);
    }

    Sizes seconds(Double given) {
        return given == null ? this : new Sizes(ticks, given, rounds, timedRounds, setCapacity);
    }

    Sizes rounds(Integer given) {
        return given == null ? this : new Sizes(ticks, seconds, given, given, setCapacity);
    }
}
