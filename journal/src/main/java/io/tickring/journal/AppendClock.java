package io.tickring.journal;

import net.openhft.chronicle.core.time.TimeProvider;
import org.agrona.concurrent.EpochClock;

/**
 * The time that Chronicle sees: moved only by the appender, and never back. Between two appends it stands still, so
 * Chronicle never rolls on its own. One thread.
 */
final class AppendClock implements TimeProvider {
    private final EpochClock source;
    private long timeMs;

    AppendClock(EpochClock source, long notBeforeMs) {
        this.source = source;
        this.timeMs = notBeforeMs;
    }

    /** Moves to the source's time, or stays when that lies behind. */
    long advance() {
        timeMs = Math.max(timeMs, source.time());
        return timeMs;
    }

    @Override
    public long currentTimeMillis() {
        return timeMs;
    }
}
