package io.tickring.tools.bench;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.journaling.Durability;
import io.tickring.engine.ring.TickPublisher;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * What the default durability costs: the rate that is kept, and the time from a tick's claim until it is journaled, when ticks come at
 * half the rate that the engine sustains; beside the same with nothing forced. Rounds are interleaved.
 */
final class DurabilityBench {
    static final String NAME = "durability";

    private static final int BATCH = 64;
    private static final double NS_PER_S = 1e9;
    private static final double SHARE = 0.5;
    private static final double MARK = 0.95;
    private static final Durability NOTHING = Durability.interval(Duration.ofHours(1));

    /** One run: ticks a second, and the latency of the journal's stage in ns. */
    private record Run(double rate, long p50, long p999, long max) {}

    private final Runs runs;
    private final int rounds;
    private final TickSet set;
    private final long seconds;
    private final PrintWriter progress;

    /** @param seconds of a run */
    DurabilityBench(Runs runs, int rounds, TickSet set, long seconds, PrintWriter progress) {
        this.runs = runs;
        this.rounds = rounds;
        this.set = set;
        this.seconds = seconds;
        this.progress = progress;
    }

    /** What a run may take on the disk. */
    static long bytesNeeded(long seconds) {
        return seconds * 20_000_000 * 16;
    }

    /** Measures the default and its absence. */
    MeasuresResult run() throws IOException {
        double sustained = run(Durability.PROCESS, Double.POSITIVE_INFINITY).rate();
        double asked = sustained * SHARE;
        Run[] forced = new Run[rounds];
        Run[] unforced = new Run[rounds];
        for (int round = 0; round < rounds; round++) {
            forced[round] = run(Durability.PROCESS, asked);
            unforced[round] = run(NOTHING, asked);
        }
        List<MeasuresResult.Row> rows = new ArrayList<>();
        add(rows, "process (the default)", forced);
        add(rows, "nothing forced", unforced);
        double ratio =
                figures(forced, Run::rate).per(figures(unforced, Run::rate)).median();
        String title = String.format(
                Locale.ROOT,
                "durability: %d s a run at %.2f M ticks/s, half of the %.2f sustained with a force each second",
                seconds,
                asked / 1e6,
                sustained / 1e6);
        String note = String.format(
                Locale.ROOT,
                "Medians of %d interleaved rounds. Latency: from a tick's claim to the end of its block's append.",
                rounds);
        String verdict = MeasuresResult.verdict(
                ratio >= MARK,
                String.format(Locale.ROOT, "the default keeps %.3f of the rate (mark: at least %.2f)", ratio, MARK));
        return new MeasuresResult(NAME, title, rows, List.of(note), List.of(verdict));
    }

    private static void add(List<MeasuresResult.Row> rows, String name, Run[] runs) {
        rows.add(new MeasuresResult.Row(name, "M ticks/s", figures(runs, run -> run.rate() / 1e6)));
        rows.add(new MeasuresResult.Row(name, "p50 µs", figures(runs, run -> run.p50() / 1e3)));
        rows.add(new MeasuresResult.Row(name, "p99.9 µs", figures(runs, run -> run.p999() / 1e3)));
        rows.add(new MeasuresResult.Row(name, "max µs", figures(runs, run -> run.max() / 1e3)));
    }

    private static Figures figures(Run[] runs, ToDoubleFunction<Run> figure) {
        return new Figures(Arrays.stream(runs).mapToDouble(figure).toArray());
    }

    private Run run(Durability durability, double rate) throws IOException {
        Run run = runs.run(data -> runIn(data, durability, rate));
        progress.printf(
                Locale.ROOT, "durability %s: %.2f M/s%n", durability == NOTHING ? "none" : "process", run.rate() / 1e6);
        progress.flush();
        return run;
    }

    private Run runIn(Path data, Durability durability, double rate) {
        Engine engine = Engine.launch(new EngineContext()
                .dataDirectory(data)
                .instruments(TickSet.INSTRUMENTS)
                .durability(durability));
        double reached;
        try (engine) {
            reached = publish(engine, rate);
        }
        Histogram latency = engine.summary().latencies().get("journal");
        return new Run(
                reached, latency.getValueAtPercentile(50), latency.getValueAtPercentile(99.9), latency.getMaxValue());
    }

    /** Publishes batches when they are due, or at once; answers the rate from the first tick until the last is through. */
    private double publish(Engine engine, double rate) {
        TickPublisher publisher = engine.newPublisher("bench");
        TickSet.define(publisher);
        EngineOutcome.awaitDrained(engine);
        long startNs = System.nanoTime();
        long endNs = startNs + TimeUnit.SECONDS.toNanos(seconds);
        long ticks = 0;
        while (System.nanoTime() < endNs) {
            long dueNs = startNs + (long) (ticks / rate * NS_PER_S);
            while (System.nanoTime() < dueNs) {
                LockSupport.parkNanos(50_000);
            }
            if (publisher.publish(set.records(), set.offset(ticks), BATCH) < 0) {
                throw new BenchException("bench=durability: the engine stopped taking ticks");
            }
            ticks += BATCH;
        }
        EngineOutcome.awaitDrained(engine);
        return ticks * NS_PER_S / (System.nanoTime() - startNs);
    }
}
