package io.tickring.engine.feed;

/** SplitMix64 (Steele, Lea, Flood 2014): the same 64-bit numbers for a seed on every machine and every release of the JDK. */
final class SimRandom {
    private long state;

    SimRandom(long seed) {
        state = seed;
    }

    long next() {
        long z = state += 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }

    /** From 0 to {@code bound} - 1, nearly even; {@code bound} is at most 2³¹. */
    int below(int bound) {
        return (int) ((next() >>> 32) * bound >>> 32);
    }
}
