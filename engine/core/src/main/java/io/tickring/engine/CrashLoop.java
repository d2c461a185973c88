package io.tickring.engine;

import java.time.Duration;

/**
 * How many runs that ended at once by a fault of their own are too many: the next start is refused.
 *
 * @param most this many, above 0
 * @param within this time, above 0
 */
public record CrashLoop(int most, Duration within) {
    public CrashLoop {
        if (most < 1 || within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException("crashLoop=" + most + "/" + within + " must be above 0 and 0");
        }
    }
}
