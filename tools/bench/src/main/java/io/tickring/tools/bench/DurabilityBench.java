package io.tickring.tools.bench;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.journaling.Durability;
import io.tickring.engine.ring.TickPublisher;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

    private final Path folder;
    private final int rounds;
    private final TickSet set;
    private final long seconds;
    private final PrintWriter progress;

    /** @param seconds of a run */
    DurabilityBench(Path folder, int rounds, TickSet set, long seconds, PrintWriter progress) {
        this.folder = folder;
        this.rounds = rounds;
        this.set = set;
        this.seconds = seconds;
        this.progress = progress;
    }

    /** What a run may take on the disk. */
    static long bytesNeeded(long seconds) {
        return seconds * 20_000_000 * 16;
    }

    /** Measures and prints a row for each durability. */
    void run(PrintWriter out) throws IOException {
        double sustained = run(Durability.PROCESS, Double.POSITIVE_INFINITY).rate();
        double asked = sustained * SHARE;
        Run[] forced = new Run[rounds];
        Run[] unforced = new Run[rounds];
        for (int round = 0; round < rounds; round++) {
            forced[round] = run(Durability.PROCESS, asked);
            unforced[round] = run(NOTHING, asked);
        }
        out.println();
        out.printf(
                Locale.ROOT,
                "durability: %d s a run at %.2f M ticks/s, half of the %.2f sustained with a force each second%n",
                seconds,
                asked / 1e6,
                sustained / 1e6);
        out.printf("  %-24s %12s %14s %14s %14s%n", "", "M ticks/s", "p50 µs", "p99.9 µs", "max µs");
        print(out, "process (the default)", forced);
        print(out, "nothing forced", unforced);
        double[] ratios = new double[rounds];
        Arrays.setAll(ratios, round -> forced[round].rate() / unforced[round].rate());
        double ratio = Figures.median(ratios);
        out.printf(
                Locale.ROOT,
                "  %-10s the default keeps %.3f of the rate (mark: at least %.2f)%n",
                ratio >= MARK ? "MET" : "NOT MET",
                ratio,
                MARK);
        out.printf(
                "  Medians of %d interleaved rounds. Latency: from a tick's claim to the end of its block's append.%n",
                rounds);
        out.flush();
    }

    private void print(PrintWriter out, String name, Run[] runs) {
        out.printf(
                Locale.ROOT,
                "  %-24s %12.2f %,14.1f %,14.1f %,14.1f%n",
                name,
                Figures.median(Arrays.stream(runs).mapToDouble(Run::rate).toArray()) / 1e6,
                Figures.median(Arrays.stream(runs).mapToDouble(Run::p50).toArray()) / 1e3,
                Figures.median(Arrays.stream(runs).mapToDouble(Run::p999).toArray()) / 1e3,
                Figures.median(Arrays.stream(runs).mapToDouble(Run::max).toArray()) / 1e3);
    }

    private Run run(Durability durability, double rate) throws IOException {
        Path data = Files.createTempDirectory(folder, "durability-");
        try {
            Engine engine = Engine.launch(new EngineContext()
                    .dataDirectory(data)
                    .instruments(TickSet.INSTRUMENTS)
                    .durability(durability));
            double reached;
            try (engine) {
                reached = publish(engine, rate);
            }
            Histogram latency = engine.summary().latencies().get("journal");
            progress.printf(
                    Locale.ROOT,
                    "durability %s: %.2f M/s%n",
                    durability == NOTHING ? "none" : "process",
                    reached / 1e6);
            progress.flush();
            return new Run(
                    reached,
                    latency.getValueAtPercentile(50),
                    latency.getValueAtPercentile(99.9),
                    latency.getMaxValue());
        } finally {
            WorkFolder.delete(data);
        }
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
