package io.tickring.engine.simulation;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/** Both of an engine's clocks: time passes when it is told to. */
final class SimulatedClock implements EpochClock, NanoClock {
    private static final long START_MS = 1_795_000_000_000L;

    private long nowNs;

    void advance(long ns) {
        nowNs += ns;
    }

    @Override
    public long time() {
        return START_MS + TimeUnit.NANOSECONDS.toMillis(nowNs);
    }

    @Override
    public long nanoTime() {
        return nowNs;
    }

    /** Since the epoch. */
    long epochNs() {
        return TimeUnit.MILLISECONDS.toNanos(START_MS) + nowNs;
    }
}
