package io.tickring.tools.bench;

/**
 * One rung of the ladder: a rate, for so long, behind a warm-up that is not counted. That comes as close to the rung's own rate as a
 * cold start allows: at another rate ticks come in other batches, and the compiler would begin anew in what is counted.
 */
record LatencyRung(double ticksPerSecond, double seconds) {
    private static final double WARM_UP_SECONDS = 2;
    private static final double LEAST_WARM_UP_RATE = 200_000;
    private static final double MOST_WARM_UP_RATE = 1_000_000;

    long ticks() {
        return Math.max(1, Math.round(ticksPerSecond * seconds));
    }

    long warmUpTicks() {
        return Math.round(warmUpRate() * Math.min(WARM_UP_SECONDS, seconds));
    }

    Schedule warmUp(long nowNs) {
        return new Schedule(0, warmUpTicks(), nowNs, warmUpRate());
    }

    Schedule schedule(long nowNs) {
        return new Schedule(warmUpTicks(), ticks(), nowNs, ticksPerSecond);
    }

    private double warmUpRate() {
        return Math.max(LEAST_WARM_UP_RATE, Math.min(MOST_WARM_UP_RATE, ticksPerSecond));
    }
}
