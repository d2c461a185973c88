package io.tickring.tools.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Latency logs, each as a run of its own, and their sum by stage, in ns. */
final class LatencyReport {
    static final double NS_PER_US = 1_000.0;

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final Map<String, Double> PERCENTILES = percentiles();

    private final List<LatencyRun> runs = new ArrayList<>();
    private final Map<String, Histogram> stages = new LinkedHashMap<>();

    void add(LatencyRun run) {
        runs.add(run);
        run.stages()
                .forEach((name, stage) -> stages.computeIfAbsent(name, tag -> new Histogram(SIGNIFICANT_DIGITS))
                        .add(stage.total()));
    }

    List<LatencyRun> runs() {
        return runs;
    }

    /** The sums, in the order in which the stages were found. */
    Map<String, Histogram> stages() {
        return stages;
    }

    /** Those that every form of the report shows, with the names that they have in JSON; {@code max} is the last. */
    static Map<String, Double> shownPercentiles() {
        return PERCENTILES;
    }

    private static Map<String, Double> percentiles() {
        Map<String, Double> percentiles = new LinkedHashMap<>();
        percentiles.put("p50", 50.0);
        percentiles.put("p90", 90.0);
        percentiles.put("p99", 99.0);
        percentiles.put("p999", 99.9);
        percentiles.put("p9999", 99.99);
        percentiles.put("max", 100.0);
        return Collections.unmodifiableMap(percentiles);
    }
}
