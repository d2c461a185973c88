package io.tickring.engine.feed;

/**
 * The time of a simulated market. It moves tick by tick: in cycles of about a quarter of a second, in each a burst in which two
 * fifths of the ticks come at 4 times the rate, the others at two thirds of it, so that every cycle keeps the rate exactly.
 */
final class SimClock {
    /** 2026-01-01T00:00:00Z. */
    static final long OPENING_NS = 1_767_225_600_000_000_000L;

    private static final double FRACTION = 0x1p32;
    private static final long FRACTION_MASK = 0xFFFF_FFFFL;
    private static final int CYCLES_PER_SECOND = 4;
    private static final int FIFTHS = 5;
    private static final int BURST_FIFTHS = 2;
    private static final long MAX_UNIT = 1 << 24;

    private final SimRandom random;
    private final long unit;
    private final Gap burst;
    private final Gap quiet;
    private long timeNs = OPENING_NS;
    private long fraction;
    private Gap gap;
    private long leftInPhase;
    private long quietAfterBurst;
    private long burstLength;

    SimClock(double ratePerSecond, SimRandom random) {
        this.random = random;
        this.unit = Math.max(1, Math.min(MAX_UNIT, (long) (ratePerSecond / (CYCLES_PER_SECOND * FIFTHS))));
        this.burst = Gap.of(1e9 / ratePerSecond / 4);
        this.quiet = Gap.of(1e9 / ratePerSecond * 1.5);
        this.gap = quiet;
    }

    /** The time of the next tick, in ns since the epoch; never before the one before. */
    long next() {
        while (leftInPhase == 0) {
            nextPhase();
        }
        leftInPhase--;
        fraction += gap.fraction;
        timeNs += gap.ns + (fraction >>> 32);
        fraction &= FRACTION_MASK;
        return timeNs;
    }

    /** Quiet, burst, quiet; where in its cycle the burst lies is drawn, and how long the cycle is. */
    private void nextPhase() {
        if (gap == quiet && burstLength > 0) {
            gap = burst;
            leftInPhase = burstLength;
            burstLength = 0;
        } else if (gap == burst) {
            gap = quiet;
            leftInPhase = quietAfterBurst;
        } else {
            long cycleUnit = unit / 2 + random.below((int) unit) + 1;
            long quietLength = cycleUnit * (FIFTHS - BURST_FIFTHS);
            burstLength = cycleUnit * BURST_FIFTHS;
            leftInPhase = random.below((int) quietLength);
            quietAfterBurst = quietLength - leftInPhase;
        }
    }

    /** The time between two ticks, in whole ns and 2⁻³² ns. */
    private record Gap(long ns, long fraction) {
        static Gap of(double ns) {
            long whole = (long) ns;
            return new Gap(whole, (long) ((ns - whole) * FRACTION));
        }
    }
}
