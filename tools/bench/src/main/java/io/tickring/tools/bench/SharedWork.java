package io.tickring.tools.bench;

import io.tickring.engine.analytics.Analysis;
import io.tickring.engine.analytics.AnalysisResult;
import io.tickring.engine.analytics.AnalyticsContext;
import io.tickring.engine.analytics.Correlation;
import io.tickring.engine.analytics.WorkSharing;
import io.tickring.engine.analytics.Workers;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/** A way for workers to share an analysis among them. */
record SharedWork(WorkSharing sharing, int workers) {
    private static final int BATCH = 4_096;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    /**
     * What an analysis took and found.
     *
     * @param digest of all figures and of the correlation of each pair, bit for bit
     */
    record Outcome(long ticks, long figuresNs, long pairs, long correlationNs, long digest) {
        double millionTicksPerSecond() {
            return ticks * 1e3 / figuresNs;
        }

        double thousandPairsPerSecond() {
            return pairs * 1e6 / correlationNs;
        }

        Outcome plus(Outcome more) {
            return new Outcome(
                    ticks + more.ticks,
                    figuresNs + more.figuresNs,
                    pairs + more.pairs,
                    correlationNs + more.correlationNs,
                    digest);
        }
    }

    String name() {
        return sharing.name().toLowerCase(Locale.ROOT) + ", " + workers + (workers == 1 ? " worker" : " workers");
    }

    /** Analyzes the whole set once: figures of each instrument, then the correlation of all pairs. */
    Outcome analyze(TickSet set) {
        AnalyticsContext context = new AnalyticsContext().bars(List.of(Duration.ofSeconds(1), Duration.ofMinutes(1)));
        try (Workers threads = new Workers(workers, sharing)) {
            Analysis analysis =
                    new Analysis(context, TickSet.INSTRUMENTS, threads, EnumSet.of(Analysis.History.RETURNS));
            analysis.onBatch(TickSet.definitions(), 0, 1, TickSet.INSTRUMENTS);
            long startNs = System.nanoTime();
            for (int number = 0; number < set.capacity(); number += BATCH) {
                int count = Math.min(BATCH, set.capacity() - number);
                analysis.onBatch(set.records(), set.offset(number), TickSet.FIRST_TICK_SEQUENCE + number, count);
            }
            long figuredNs = System.nanoTime();
            AnalysisResult result = analysis.end();
            long endNs = System.nanoTime();
            requireAll(result, set.capacity());
            int size = result.correlation().size();
            return new Outcome(
                    set.capacity(),
                    figuredNs - startNs,
                    size * (size + 1L) / 2,
                    endNs - figuredNs,
                    digest(result.digest(), result.correlation()));
        }
    }

    private void requireAll(AnalysisResult result, long ticks) {
        if (result.ticks() != ticks) {
            throw new BenchException("analysis=\"" + name() + "\" ticks=" + result.ticks() + " expected=" + ticks
                    + ": not each tick is in the figures");
        }
    }

    private static long digest(long figures, Correlation correlation) {
        long digest = figures;
        for (int a = 0; a < correlation.size(); a++) {
            for (int b = 0; b < correlation.size(); b++) {
                digest = Long.rotateLeft(digest, 5) * MIX + Double.doubleToLongBits(correlation.of(a, b));
            }
        }
        return digest;
    }
}
