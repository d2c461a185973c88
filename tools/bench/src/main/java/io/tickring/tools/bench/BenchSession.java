package io.tickring.tools.bench;

import java.util.List;

/**
 * All that one run of the bench has found, and under which conditions.
 *
 * @param latency null where it was not measured
 */
record BenchSession(Conditions conditions, List<BenchResult> results, LatencyResult latency) {
    /** One that did not climb the ladder of rates. */
    BenchSession(Conditions conditions, List<BenchResult> results) {
        this(conditions, results, null);
    }
}
