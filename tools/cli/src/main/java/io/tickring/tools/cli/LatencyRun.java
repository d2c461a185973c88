package io.tickring.tools.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * One HdrHistogram log as {@link LatencyRunReader} read it, in ns.
 *
 * @param comments the texts of its lines {@code #[Name: text]}, by name
 * @param startEpochMs null where the log does not tell
 * @param stages by tag, in the order in which they were found
 */
record LatencyRun(Path file, Map<String, String> comments, Long startEpochMs, Map<String, Stage> stages) {
    /** All that one stage recorded. */
    record Stage(Histogram total, List<Interval> intervals) {}

    /**
     * One line of the log.
     *
     * @param startS since the start of the log
     */
    record Interval(double startS, double lengthS, long maxNs) {
        double endS() {
            return startS + lengthS;
        }
    }

    long count() {
        return stages.values().stream()
                .mapToLong(stage -> stage.total().getTotalCount())
                .sum();
    }

    int intervals() {
        return stages.values().stream()
                .mapToInt(stage -> stage.intervals().size())
                .sum();
    }

    /** From the start of the log to the end of its last interval. */
    double seconds() {
        return stages.values().stream()
                .flatMap(stage -> stage.intervals().stream())
                .mapToDouble(Interval::endS)
                .max()
                .orElse(0);
    }
}
