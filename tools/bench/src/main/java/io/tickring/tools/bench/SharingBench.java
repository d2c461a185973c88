package io.tickring.tools.bench;

import io.tickring.engine.analytics.WorkSharing;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * How the ways of sharing an analysis scale, over instruments with as many ticks each and over skewed ones; in interleaved rounds. All
 * must find the same, bit for bit.
 */
final class SharingBench {
    private static final int TWO = 2;
    private static final int TICKS_SHARE = 4;

    /** So many are gathered before workers begin. */
    private static final long LEAST_TICKS = 1 << 18;

    private static final List<String> NOTES = List.of(
            "Figures as tools.jar analyze keeps them: bars of 1 s and 1 m, spread, average, volatility. One thread gathers the ticks",
            "and sorts them by instrument, 16,384 at a time, in figures; workers do the rest. Skewed: by Zipf's law, the k-th",
            "instrument has a k-th of the first one's ticks, the busy ones have neighbouring ids. Correlation: of all pairs over",
            "the seconds known to both, with what ends an analysis: a copy and the digest of the figures. Reading a journal is",
            "not included. More workers than cores are oversubscribed, for the gathering thread waits meanwhile.");

    /** Analyzes a set once. */
    @FunctionalInterface
    interface Runner {
        SharedWork.Outcome run(SharedWork way, TickSet set);
    }

    /** Ticks, and what every analysis of them must find. */
    private static final class Market {
        private final String name;
        private final TickSet set;
        private final Map<SharedWork, List<SharedWork.Outcome>> runs = new LinkedHashMap<>();
        private Long digest;

        private Market(String name, TickSet set) {
            this.name = name;
            this.set = set;
        }

        private void require(SharedWork way, long found) {
            if (digest == null) {
                digest = found;
            }
            if (digest != found) {
                throw new BenchException(String.format(
                        "bench=%s-sharing instruments=%s way=\"%s\" digest=%016x expected=%016x: it found something else",
                        Designs.NAME, name, way.name(), found, digest));
            }
        }
    }

    private final List<SharedWork> ways;
    private final List<Market> markets;
    private final Runner runner;
    private final int rounds;
    private final double seconds;
    private final PrintWriter progress;

    /** @param ticks of a set, a power of two */
    SharingBench(List<SharedWork> ways, int ticks, Runner runner, int rounds, double seconds, PrintWriter progress) {
        this.ways = ways;
        this.runner = runner;
        this.rounds = rounds;
        this.seconds = seconds;
        this.progress = progress;
        this.markets = List.of(
                new Market("even", TickSet.slowMarket(Benches.SEED, ticks, false)),
                new Market("skewed", TickSet.slowMarket(Benches.SEED, ticks, true)));
    }

    /** As the command measures it, on whole windows of the analysis. */
    static SharingBench of(BenchContext context, PrintWriter progress) {
        long ticks = Long.highestOneBit(Math.max(LEAST_TICKS, context.ticks() / TICKS_SHARE));
        return new SharingBench(
                ways(Runtime.getRuntime().availableProcessors()),
                (int) Math.min(context.setCapacity(), ticks),
                SharedWork::analyze,
                context.rounds(),
                Designs.seconds(context),
                progress);
    }

    /** Each way on one worker, on two, and on as many as there are cores; one worker first. */
    static List<SharedWork> ways(int cores) {
        List<SharedWork> ways = new ArrayList<>();
        for (WorkSharing sharing : WorkSharing.values()) {
            for (int workers : new TreeSet<>(List.of(1, TWO, cores))) {
                ways.add(new SharedWork(sharing, workers));
            }
        }
        return ways;
    }

    /** @throws BenchException if two ways do not find the same */
    MeasuresResult run() {
        for (Market market : markets) {
            ways.forEach(way -> market.runs.put(way, new ArrayList<>()));
        }
        for (int round = -1; round < rounds; round++) {
            for (Market market : markets) {
                for (SharedWork way : ways) {
                    SharedWork.Outcome outcome = runOnce(market, way, round);
                    if (round >= 0) {
                        market.runs.get(way).add(outcome);
                    }
                }
            }
        }
        String title = String.format(
                Locale.ROOT,
                "designs, sharing work: %,d ticks of %d instruments, again for %.2f s, medians of %d interleaved rounds",
                markets.get(0).set.capacity(),
                TickSet.INSTRUMENTS,
                seconds,
                rounds);
        List<String> notes = new ArrayList<>(NOTES);
        markets.forEach(market -> notes.add(
                String.format("All ways found the same, %s instruments: digest %016x", market.name, market.digest)));
        return new MeasuresResult(Designs.NAME + "-sharing", title, rows(), notes, List.of());
    }

    private List<MeasuresResult.Row> rows() {
        List<MeasuresResult.Row> rows = new ArrayList<>();
        for (Market market : markets) {
            add(rows, market, "figures, " + market.name, "M ticks/s", SharedWork.Outcome::millionTicksPerSecond);
        }
        for (Market market : markets) {
            add(rows, market, "correlation, " + market.name, "k pairs/s", SharedWork.Outcome::thousandPairsPerSecond);
        }
        return rows;
    }

    /** The rates, and each against that of one worker of the same way and round. */
    private void add(
            List<MeasuresResult.Row> rows,
            Market market,
            String what,
            String unit,
            ToDoubleFunction<SharedWork.Outcome> figure) {
        market.runs.forEach((way, outcomes) ->
                rows.add(new MeasuresResult.Row(what + ": " + way.name(), unit, Figures.of(outcomes, figure))));
        market.runs.forEach((way, outcomes) -> {
            if (way.workers() > 1) {
                Figures alone = Figures.of(market.runs.get(new SharedWork(way.sharing(), 1)), figure);
                rows.add(new MeasuresResult.Row(
                        what + ": " + way.name() + " / 1",
                        "ratio",
                        Figures.of(outcomes, figure).per(alone)));
            }
        });
    }

    /** Once at least, and again until the time is over. */
    private SharedWork.Outcome runOnce(Market market, SharedWork way, int round) {
        System.gc();
        long startNs = System.nanoTime();
        SharedWork.Outcome all = null;
        do {
            SharedWork.Outcome one = runner.run(way, market.set);
            market.require(way, one.digest());
            all = all == null ? one : all.plus(one);
        } while (System.nanoTime() - startNs < seconds * 1e9);
        progress.printf(
                Locale.ROOT,
                "%s-sharing %-10s %-44s %7.2f M/s%n",
                Designs.NAME,
                Rounds.label(round, rounds),
                way.name() + ", " + market.name,
                all.millionTicksPerSecond());
        progress.flush();
        return all;
    }
}
