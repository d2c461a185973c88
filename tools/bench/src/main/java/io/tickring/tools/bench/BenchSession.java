package io.tickring.tools.bench;

import java.util.List;

/**
 * All that one run of the bench has found, and under which conditions.
 *
 * @param measures of benches without peers
 * @param latency null where it was not measured
 */
record BenchSession(
        Conditions conditions, List<BenchResult> results, List<MeasuresResult> measures, LatencyResult latency) {
    /** One of peers' rates alone. */
    BenchSession(Conditions conditions, List<BenchResult> results) {
        this(conditions, results, List.of(), null);
    }
}
