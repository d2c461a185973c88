package io.tickring.tools.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The ladder of all peers: the first series is Tickring's, which the others are set against at each rate. */
record LatencyResult(List<LatencySeries> series, int rounds, double seconds, int cores) {
    static final double JUDGED_RATE = 1_000_000;

    private static final double MEDIAN = 50;
    private static final double TAIL = 99;
    private static final double HALF = 0.5;

    /** What is hoped for: at the judged rate {@code point} takes at most so many times what Chronicle Queue does. */
    private record Goal(String point, double atMost) {}

    private static final List<Goal> GOALS =
            List.of(new Goal(LatencyPeer.TICKRING, HALF), new Goal(LatencyPeer.VISIBLE_JOURNALED, 1));

    /** All rates that some peer came to, rising. */
    List<Double> rates() {
        TreeSet<Double> rates = new TreeSet<>();
        series.forEach(each -> each.rows().forEach(row -> rates.add(row.ticksPerSecond())));
        return List.copyOf(rates);
    }

    /** How many times Tickring's latency {@code row} has, round by round; null where Tickring did not come to its rate. */
    Figures perFirst(LatencyRow row, double percentile) {
        LatencyRow first = series.get(0).at(row.ticksPerSecond());
        return first == null ? null : row.micros(percentile).per(first.micros(percentile));
    }

    boolean isOversubscribed(LatencyRow row) {
        return row.busyThreads() > cores;
    }

    /** Of each series, rate and judged percentile that Tickring came to as well: how many times Tickring's latency it has. */
    List<PeerRatio> ratios() {
        List<PeerRatio> ratios = new ArrayList<>();
        LatencySeries first = series.get(0);
        for (LatencyRow base : first.rows()) {
            for (double percentile : List.of(MEDIAN, TAIL)) {
                String bench = String.format(
                        Locale.ROOT, "%s-%.0f-p%.0f", LatencyBench.NAME, base.ticksPerSecond(), percentile);
                for (LatencySeries each : series) {
                    LatencyRow row = each.at(base.ticksPerSecond());
                    if (row != null) {
                        boolean unfair = isOversubscribed(row) || isOversubscribed(base);
                        Figures ratio = row.micros(percentile).per(base.micros(percentile));
                        ratios.add(new PeerRatio(bench, first.name(), each.name(), ratio, unfair));
                    }
                }
            }
        }
        return ratios;
    }

    /** A line for each goal. */
    List<String> verdicts() {
        return GOALS.stream().map(this::verdict).toList();
    }

    private String verdict(Goal goal) {
        LatencyRow row = judged(goal.point());
        LatencyRow other = judged(LatencyPeer.CHRONICLE);
        String mark =
                String.format(Locale.ROOT, "(mark: p50 and p99 at 1,000,000 a second at most %.2fx)", goal.atMost());
        String names = goal.point() + " to " + LatencyPeer.CHRONICLE;
        if (row == null || other == null) {
            boolean broke = other != null
                    && !isOversubscribed(other)
                    && series.stream().anyMatch(each -> each.name().equals(goal.point()));
            return (broke
                            ? "NOT MET    " + names + ": it broke at a lower rate "
                            : "NO VERDICT " + names + ": not measured at that rate ")
                    + mark;
        }
        double median = row.micros(MEDIAN).per(other.micros(MEDIAN)).median();
        double tail = row.micros(TAIL).per(other.micros(TAIL)).median();
        boolean unfair = isOversubscribed(row) || isOversubscribed(other);
        boolean met = median <= goal.atMost() && tail <= goal.atMost() && !row.isBroken();
        return String.format(
                Locale.ROOT,
                "%-10s %s = %.2fx at p50, %.2fx at p99 %s%s",
                unfair ? "NO VERDICT" : met ? "MET" : "NOT MET",
                names,
                median,
                tail,
                mark,
                unfair ? ", " + Report.OVERSUBSCRIBED : "");
    }

    private LatencyRow judged(String name) {
        return series.stream()
                .filter(each -> each.name().equals(name))
                .map(each -> each.at(JUDGED_RATE))
                .filter(row -> row != null)
                .findFirst()
                .orElse(null);
    }
}
