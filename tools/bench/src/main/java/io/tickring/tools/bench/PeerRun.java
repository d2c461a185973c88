package io.tickring.tools.bench;

/**
 * One run of a peer, whose work was done and checked.
 *
 * @param ticks that were handled
 * @param lap from the first tick until the last one was through every stage
 * @param busyThreads that never rest while there is work, producers included
 * @param journalBytes that the journal's records take in its files, 0 without a journal
 * @param diskBytes that the file system has allocated for the journal, 0 without a journal
 * @param askedRate in ticks a second, infinite for as fast as can be
 * @param cutShort whether a run that the time should have ended came to the end of the disk's room first
 * @param reads what was read meanwhile
 */
record PeerRun(
        long ticks,
        Lap lap,
        int busyThreads,
        long journalBytes,
        long diskBytes,
        double askedRate,
        boolean cutShort,
        Reads reads) {
    private static final double REACHED = 0.99;

    /**
     * Rows that were read, each whole.
     *
     * @param askedRate in reads a second, infinite for as fast as can be
     * @param times what some of them took
     */
    record Reads(long count, double askedRate, ReadTimes times) {
        static final Reads NONE = new Reads(0, Double.POSITIVE_INFINITY);

        /** Reads whose times were not taken. */
        Reads(long count, double askedRate) {
            this(count, askedRate, ReadTimes.NONE);
        }
    }

    /**
     * What single reads took; NaN where none was timed.
     *
     * @param clockNs of which the clock itself took, median
     */
    record ReadTimes(double p50Ns, double p99Ns, double p999Ns, double clockNs) {
        static final ReadTimes NONE = new ReadTimes(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /** A run that reads nothing. */
    PeerRun(
            long ticks,
            Lap lap,
            int busyThreads,
            long journalBytes,
            long diskBytes,
            double askedRate,
            boolean cutShort) {
        this(ticks, lap, busyThreads, journalBytes, diskBytes, askedRate, cutShort, Reads.NONE);
    }

    /** A run as fast as can be, without a journal. */
    static PeerRun unjournaled(long ticks, Lap lap, int busyThreads) {
        return new PeerRun(ticks, lap, busyThreads, 0, 0, Double.POSITIVE_INFINITY, false);
    }

    double millionsPerSecond() {
        return ticks * 1e3 / lap.elapsedNs();
    }

    double millionReadsPerSecond() {
        return reads.count() * 1e3 / lap.elapsedNs();
    }

    boolean isRateReached() {
        return isReached(millionsPerSecond(), askedRate) && isReached(millionReadsPerSecond(), reads.askedRate());
    }

    private static boolean isReached(double millions, double asked) {
        return Double.isInfinite(asked) || millions * 1e6 >= asked * REACHED;
    }

    double journalBytesPerTick() {
        return (double) journalBytes / ticks;
    }

    double diskBytesPerTick() {
        return (double) diskBytes / ticks;
    }
}
