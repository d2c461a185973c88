package io.tickring.tools.bench;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.WaitMode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/**
 * What a crowd of subscribers costs the engine: the rate that a producer keeps and the CPU time of the handlers for each tick, with the
 * crowd, beside as many threads that have nothing to do with it, and alone, at a fixed rate. Rounds are interleaved. A subscriber that
 * misses anything ends the bench.
 */
final class CrowdBench {
    static final String NAME = "crowd";

    private static final int TICKS_PER_SECOND = 100_000;
    private static final int BATCH = 16;
    private static final int BROADCAST_BYTES = 64 << 20;

    /** A lossless reader may be behind by half of it: more than a second at this rate. */
    private static final int RING_CAPACITY = 1 << 18;

    /** In the first one more is interpreted than two cores can bear, and the compiler gets little of them. */
    private static final int WARM_UPS = 2;

    private static final long BYTES_PER_TICK = 80;
    private static final double LEAST_RATE = 0.9;
    private static final double MOST_CPU = 1.1;
    private static final Set<String> HANDLERS =
            Set.of("handlers", "own handlers", "price", "journal", "counters", "broadcast");
    private static final List<String> NOTES = List.of(
            String.format(
                    "The crowd: %d every, %d latest, %d lossless in the engine's process (half conflate, half disconnect),",
                    Crowd.EVERY, Crowd.LATEST, Crowd.LOSSLESS),
            String.format(
                    "%d lossless in another process, one that never polls and one that throws. All park 20 ms between polls; handlers",
                    Crowd.OUTSIDE),
            "block. Each but the two misbehaving was given every tick, or had it folded; the stuck one was let go. Bystanders:",
            "as many threads, all in the engine's process, that wake as often and go through as many bytes, of their own.");

    private enum Company {
        ALONE("alone"),
        BYSTANDERS("beside bystanders"),
        CROWD("with the crowd");

        private final String title;

        Company(String title) {
            this.title = title;
        }
    }

    /** One run: ticks a second that were taken, and CPU time of all handlers for a tick in ns. */
    private record Run(double rate, double cpuNs) {}

    private final Runs runs;
    private final int rounds;
    private final TickSet set;
    private final long ticks;
    private final PrintWriter progress;

    /** @param seconds of a run */
    CrowdBench(Runs runs, int rounds, TickSet set, long seconds, PrintWriter progress) {
        this.runs = runs;
        this.rounds = rounds;
        this.set = set;
        this.ticks = seconds * TICKS_PER_SECOND / BATCH * BATCH;
        this.progress = progress;
    }

    /** What a run may take on the disk. */
    static long bytesNeeded(long seconds) {
        return seconds * TICKS_PER_SECOND * BYTES_PER_TICK + (256L << 20);
    }

    /** Measures the engine in each company. */
    MeasuresResult run() throws IOException {
        for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
            for (Company company : Company.values()) {
                run(company, false);
            }
        }
        Map<Company, List<Run>> done = new EnumMap<>(Company.class);
        for (int round = 0; round < rounds; round++) {
            for (Company company : Rounds.inTurn(List.of(Company.values()), round)) {
                done.computeIfAbsent(company, each -> new ArrayList<>()).add(run(company, true));
            }
        }
        return result(done);
    }

    private MeasuresResult result(Map<Company, List<Run>> done) {
        List<MeasuresResult.Row> rows = new ArrayList<>();
        done.forEach((company, of) -> {
            rows.add(new MeasuresResult.Row(company.title, "k ticks/s", Figures.of(of, run -> run.rate() / 1e3)));
            rows.add(new MeasuresResult.Row(company.title, "CPU ns/tick", Figures.of(of, Run::cpuNs)));
        });
        double rate = ratio(done, Company.CROWD, Company.ALONE, Run::rate);
        double cpu = ratio(done, Company.CROWD, Company.ALONE, Run::cpuNs);
        String title = String.format(
                Locale.ROOT,
                "crowd: subscribers at %,d ticks/s, %,d ticks a run, medians of %d rounds",
                TICKS_PER_SECOND,
                ticks,
                rounds);
        List<String> verdicts = List.of(
                MeasuresResult.verdict(
                        rate >= LEAST_RATE,
                        String.format(
                                Locale.ROOT,
                                "the producer keeps %.2f of its rate (mark: at least %.2f)",
                                rate,
                                LEAST_RATE)),
                MeasuresResult.verdict(
                        cpu <= MOST_CPU,
                        String.format(
                                Locale.ROOT,
                                "handlers take %.2f of the CPU a tick (mark: at most %.2f); beside bystanders %.2f",
                                cpu,
                                MOST_CPU,
                                ratio(done, Company.BYSTANDERS, Company.ALONE, Run::cpuNs))));
        return new MeasuresResult(NAME, title, rows, NOTES, verdicts);
    }

    private static double ratio(
            Map<Company, List<Run>> done, Company company, Company other, ToDoubleFunction<Run> figure) {
        return Figures.of(done.get(company), figure)
                .per(Figures.of(done.get(other), figure))
                .median();
    }

    /** @param counts whether each of a crowd must be given all; in a warm-up code is slow, and some fall behind */
    private Run run(Company company, boolean counts) throws IOException {
        Run run = runs.run(data -> runIn(data, company, counts));
        progress.printf(
                Locale.ROOT,
                "%s %-17s %6.1f k/s, handlers %.0f ns/tick%n",
                NAME,
                company.title,
                run.rate() / 1e3,
                run.cpuNs());
        progress.flush();
        return run;
    }

    private Run runIn(Path data, Company company, boolean counts) throws IOException {
        try (Engine engine = Engine.launch(new EngineContext()
                .dataDirectory(data)
                .instruments(TickSet.INSTRUMENTS)
                .broadcastBytes(BROADCAST_BYTES)
                .ringCapacity(RING_CAPACITY)
                .waitMode(WaitMode.BLOCK)
                .idleLimit(Duration.ofSeconds(3)))) {
            TickPublisher publisher = engine.newPublisher("bench");
            TickSet.define(publisher);
            EngineOutcome.awaitDrained(engine);
            return switch (company) {
                case ALONE -> publish(engine, publisher);
                case BYSTANDERS -> runBesideBystanders(engine, publisher);
                case CROWD -> runWithCrowd(engine, data, publisher, counts);
            };
        }
    }

    private Run runBesideBystanders(Engine engine, TickPublisher publisher) {
        try (Bystanders bystanders = new Bystanders(TICKS_PER_SECOND)) {
            bystanders.start();
            return publish(engine, publisher);
        }
    }

    private Run runWithCrowd(Engine engine, Path data, TickPublisher publisher, boolean counts) throws IOException {
        try (Crowd crowd = Crowd.join(engine, data)) {
            Run run = publish(engine, publisher);
            if (counts) {
                crowd.requireAllGiven(ticks);
            }
            return run;
        }
    }

    /** Publishes batches when they are due; the rate is that from the first tick until the last is through. */
    private Run publish(Engine engine, TickPublisher publisher) {
        RunClock clock = RunClock.start();
        long startNs = System.nanoTime();
        for (long done = 0; done < ticks; done += BATCH) {
            long dueNs = startNs + done * 1_000_000_000L / TICKS_PER_SECOND;
            while (System.nanoTime() < dueNs) {
                LockSupport.parkNanos(50_000);
            }
            if (publisher.publish(set.records(), set.offset(done), BATCH) < 0) {
                throw new BenchException("bench=crowd: the engine stopped taking ticks");
            }
        }
        EngineOutcome.awaitDrained(engine);
        Lap lap = clock.stop();
        long cpuNs = HANDLERS.stream()
                .mapToLong(name -> lap.cpuNsByThread().getOrDefault(name, 0L))
                .sum();
        return new Run(ticks * 1e9 / lap.elapsedNs(), cpuNs / (double) ticks);
    }
}
