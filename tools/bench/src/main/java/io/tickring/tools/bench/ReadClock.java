package io.tickring.tools.bench;

import org.HdrHistogram.Histogram;

/** Takes the time of single reads, and beside each that of reading the clock, which is in it. One thread's, but for {@link #add}. */
final class ReadClock {
    private static final int DIGITS = 3;

    private final Histogram readsNs = new Histogram(DIGITS);
    private final Histogram clockNs = new Histogram(DIGITS);

    /** As {@link RowDesign.RowReading#read}. */
    boolean read(RowDesign.RowReading reading, int instrumentId) {
        long before = System.nanoTime();
        long begin = System.nanoTime();
        boolean had = reading.read(instrumentId);
        long end = System.nanoTime();
        clockNs.recordValue(Math.max(0, begin - before));
        readsNs.recordValue(Math.max(0, end - begin));
        return had;
    }

    /** Takes over what another thread's has found. Any thread. */
    synchronized void add(ReadClock other) {
        readsNs.add(other.readsNs);
        clockNs.add(other.clockNs);
    }

    /** NaN where nothing was timed. */
    synchronized PeerRun.ReadTimes percentiles() {
        return readsNs.getTotalCount() == 0
                ? PeerRun.ReadTimes.NONE
                : new PeerRun.ReadTimes(
                        readsNs.getValueAtPercentile(50),
                        readsNs.getValueAtPercentile(99),
                        readsNs.getValueAtPercentile(99.9),
                        clockNs.getValueAtPercentile(50));
    }
}
