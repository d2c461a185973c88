package io.tickring.tools.bench;

import java.util.Map;

/**
 * What a stretch of time took.
 *
 * @param cpuNsByThread CPU time of each thread that lives at the end, by its name; what the JVM itself used, its compilers and
 *     collectors, under {@link RunClock#JVM}
 * @param diskStallShare of the time in which some task of the machine waited for a disk, NaN where the system does not tell
 */
record Lap(long elapsedNs, Map<String, Long> cpuNsByThread, double diskStallShare) {
    /** A lap of which nothing but its length is known. */
    static Lap of(long elapsedNs) {
        return new Lap(elapsedNs, Map.of(), Double.NaN);
    }
}
