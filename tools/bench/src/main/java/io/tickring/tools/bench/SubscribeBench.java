package io.tickring.tools.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long a tick takes from a publisher to a subscriber, at fixed rates: at each, rounds in which each way is gone once, A B C C B A,
 * and what Tickring's ways take beside the others of the same place and round.
 */
final class SubscribeBench {
    static final String NAME = "subscribe";

    private static final double MOST = 1.0;
    private static final int BYTES_PER_TICK = 80;
    private static final int AHEAD_BYTES = 256 << 20;
    private static final int SET_CAPACITY = 1 << 16;
    private static final List<Double> PERCENTILES = List.of(50.0, 99.0);
    private static final List<String> NOTES = List.of(
            "From when a tick was due until the subscriber reads the clock, once a tick. One publisher, one tick a claim; the engine",
            "has threads SHARED. First hop, the same for all: ring, price stage, then the stage that is measured, which hands each",
            "batch on as it lies in the ring: as one message into the broadcast, as few as fit a fragment into an Aeron IPC",
            "publication, as one excerpt into a Chronicle queue. Latest reads the price table, lossless the ring; in another process",
            "lossless reads the journal, a block a batch, which is written for it alone and forced each second. Broadcast and Aeron",
            "lie in memory, queue and journal on the disk, the queue in the page cache alone. Publisher, stages and subscriber spin",
            "where there are more than three cores, else all yield. No tick is missed.");

    /** Goes a way once, in an empty folder. */
    @FunctionalInterface
    interface Runner {
        LatencyRun run(SubscribeWay way, Path folder, TickSet set, LatencyRung rung) throws IOException;
    }

    private final Runs runs;
    private final BenchContext context;
    private final List<SubscribeWay> ways;
    private final Runner runner;
    private final PrintWriter progress;
    private final TickSet set;
    private final List<MeasuresResult.Row> rows = new ArrayList<>();
    private final List<MeasuresResult.Row> ratios = new ArrayList<>();
    private final List<String> verdicts = new ArrayList<>();

    SubscribeBench(Runs runs, BenchContext context, List<SubscribeWay> ways, Runner runner, PrintWriter progress) {
        this.runs = runs;
        this.context = context;
        this.ways = ways;
        this.runner = runner;
        this.progress = progress;
        this.set = TickSet.market(Benches.SEED, Math.min(SET_CAPACITY, context.setCapacity()));
    }

    /** What a run may take on the disk. */
    static long bytesNeeded(BenchContext context) {
        double highest = context.subscribeRates().stream()
                .mapToDouble(rate -> rate)
                .max()
                .orElse(0);
        return (long) (highest * context.rungSeconds()) * BYTES_PER_TICK + AHEAD_BYTES;
    }

    MeasuresResult run() throws IOException {
        for (SubscribeWay way : ways) {
            runOnce(way, new LatencyRung(context.subscribeRates().get(0), context.rungSeconds()), "warm-up");
        }
        for (double rate : context.subscribeRates()) {
            measure(new LatencyRung(rate, context.rungSeconds()));
        }
        rows.addAll(ratios);
        String title = String.format(
                Locale.ROOT,
                "subscribe: publish to received, %.1f s a run, medians of %d rounds",
                context.rungSeconds(),
                context.rungRounds());
        return new MeasuresResult(NAME, title, List.copyOf(rows), NOTES, List.copyOf(verdicts));
    }

    private void measure(LatencyRung rung) throws IOException {
        Map<SubscribeWay, List<LatencyRun>> done = new LinkedHashMap<>();
        ways.forEach(way -> done.put(way, new ArrayList<>()));
        for (int round = 0; round < context.rungRounds(); round++) {
            for (SubscribeWay way : Rounds.inTurn(ways, round)) {
                done.get(way).add(runOnce(way, rung, Rounds.label(round, context.rungRounds())));
            }
        }
        for (double percentile : PERCENTILES) {
            ways.forEach(way -> rows.add(new MeasuresResult.Row(
                    way.name() + rate(rung), unit(percentile), micros(done.get(way), percentile))));
            ways.forEach(way -> compare(way, rung, percentile, done));
        }
        done.forEach((way, ofWay) -> {
            String broken = LatencyBench.broken(ofWay);
            if (!broken.isEmpty()) {
                verdicts.add("NOT HELD   " + way.name() + rate(rung) + ": " + broken);
            }
        });
    }

    /** Sets what Tickring's ways take against {@code other} of the same place; less than 1 is faster. */
    private void compare(
            SubscribeWay other, LatencyRung rung, double percentile, Map<SubscribeWay, List<LatencyRun>> done) {
        if (!other.kind().isPeer()) {
            return;
        }
        for (SubscribeWay own : ways) {
            if (own.kind().isPeer() || own.otherProcess() != other.otherProcess()) {
                continue;
            }
            Figures ratio = micros(done.get(own), percentile).per(micros(done.get(other), percentile));
            String title = own.kind().title() + " / " + other.name() + rate(rung);
            ratios.add(new MeasuresResult.Row(title, unit(percentile).replace("µs", "ratio"), ratio));
            if (own.kind() == SubscribeKind.EVERY && other.kind() == SubscribeKind.AERON) {
                verdicts.add(MeasuresResult.verdict(
                        ratio.median() <= MOST,
                        String.format(
                                Locale.ROOT,
                                "%s, p%.0f: %.2f (mark: at most %.2f)",
                                title,
                                percentile,
                                ratio.median(),
                                MOST)));
            }
        }
    }

    private static Figures micros(List<LatencyRun> runs, double percentile) {
        return new Figures(runs.stream()
                .mapToDouble(run -> run.latenciesNs().get(0).getValueAtPercentile(percentile) / 1e3)
                .toArray());
    }

    private static String unit(double percentile) {
        return String.format(Locale.ROOT, "p%.0f µs", percentile);
    }

    private static String rate(LatencyRung rung) {
        double rate = rung.ticksPerSecond();
        boolean millions = rate >= 1e6 && rate % 1e6 == 0;
        boolean thousands = rate >= 1e3 && rate % 1e3 == 0;
        double unit = millions ? 1e6 : thousands ? 1e3 : 1;
        return String.format(Locale.ROOT, ", %.0f%s/s", rate / unit, millions ? "m" : thousands ? "k" : "");
    }

    private LatencyRun runOnce(SubscribeWay way, LatencyRung rung, String which) throws IOException {
        LatencyRun run = runs.run(fresh -> runner.run(way, fresh, set, rung));
        progress.printf(
                Locale.ROOT,
                "%s %-10s %-40s p50 %9.2f µs, p99 %9.2f µs%n",
                NAME,
                which,
                way.name() + rate(rung),
                run.latenciesNs().get(0).getValueAtPercentile(50) / 1e3,
                run.latenciesNs().get(0).getValueAtPercentile(99) / 1e3);
        progress.flush();
        return run;
    }
}
