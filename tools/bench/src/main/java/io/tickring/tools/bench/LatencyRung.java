package io.tickring.tools.bench;

/** One rung of the ladder: a rate, for so long, behind a warm-up at a moderate rate that is not counted. */
record LatencyRung(double ticksPerSecond, double seconds) {
    private static final double WARM_UP_SECONDS = 0.5;
    private static final double WARM_UP_RATE = 200_000;

    long ticks() {
        return Math.max(1, Math.round(ticksPerSecond * seconds));
    }

    long warmUpTicks() {
        return Math.round(WARM_UP_RATE * Math.min(WARM_UP_SECONDS, seconds));
    }

    Schedule warmUp(long nowNs) {
        return new Schedule(0, warmUpTicks(), nowNs, WARM_UP_RATE);
    }

    Schedule schedule(long nowNs) {
        return new Schedule(warmUpTicks(), ticks(), nowNs, ticksPerSecond);
    }
}
