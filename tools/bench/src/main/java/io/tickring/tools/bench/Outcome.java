package io.tickring.tools.bench;

/**
 * One run of a contender.
 *
 * @param ticks that were handled
 * @param elapsedNs from the first tick until the last one was through every stage
 * @param digest of the price table at the end: contenders whose digests differ did not do the same work
 */
record Outcome(long ticks, long elapsedNs, long digest) {
    double millionsPerSecond() {
        return ticks * 1e3 / elapsedNs;
    }
}
