package io.tickring.tools.cli;

import io.tickring.tools.cli.LatencyRun.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The maxima of a stage's intervals over the run, as steps: each point's value holds up to the next point, null where
 * nothing was recorded. More intervals than {@link #MAX_STEPS} are merged, as many neighbours into each step as it takes;
 * a step keeps the largest of their maxima.
 *
 * @param intervalsAStep how many were merged into each, 1 where all are shown
 */
record Timeline(int intervalsAStep, List<Point> points) {
    static final int MAX_STEPS = 2_000;

    /** @param maxNs null for the beginning of a gap. */
    record Point(double atS, Long maxNs) {}

    static Timeline of(List<Interval> intervals) {
        int intervalsAStep = Math.max(1, (intervals.size() + MAX_STEPS - 1) / MAX_STEPS);
        List<Interval> steps = merge(
                intervals.stream()
                        .sorted(Comparator.comparingDouble(Interval::startS))
                        .toList(),
                intervalsAStep);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Interval step = steps.get(i);
            points.add(new Point(step.startS(), step.maxNs()));
            double nextS = i + 1 < steps.size() ? steps.get(i + 1).startS() : Double.POSITIVE_INFINITY;
            // A supervisor that wakes up a little late leaves no gap.
            if (nextS - step.endS() > step.lengthS() / 2 && step.lengthS() > 0) {
                points.add(new Point(step.endS(), step.maxNs()));
                if (nextS < Double.POSITIVE_INFINITY) {
                    points.add(new Point((step.endS() + nextS) / 2, null));
                }
            }
        }
        return new Timeline(intervalsAStep, points);
    }

    /** Intervals that begin at one time become one, whatever their number. */
    private static List<Interval> merge(List<Interval> sorted, int atOnce) {
        List<Interval> merged = new ArrayList<>();
        int inLast = 0;
        for (Interval interval : sorted) {
            Interval last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && (inLast < atOnce || interval.startS() <= last.startS())) {
                double lengthS = Math.max(last.endS(), interval.endS()) - last.startS();
                merged.set(
                        merged.size() - 1,
                        new Interval(last.startS(), lengthS, Math.max(last.maxNs(), interval.maxNs())));
                inLast++;
            } else {
                merged.add(interval);
                inLast = 1;
            }
        }
        return merged;
    }
}
