package io.tickring.tools.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a crowd of subscribers costs the engine: the rate that a producer keeps and the CPU time of the handlers for each tick, with the
 * crowd, beside as many threads that have nothing to do with it, and alone, at a fixed rate. Rounds are interleaved. A subscriber that
 * misses anything ends the bench.
 */
final class CrowdBench {
    static final String NAME = "crowd";
    static final int TICKS_PER_SECOND = 100_000;

    /** In the first one more is interpreted than two cores can bear, and the compiler gets little of them. */
    private static final int WARM_UPS = 2;

    private static final long BYTES_PER_TICK = 80;
    private static final double LEAST_RATE = 0.9;
    private static final double MOST_CPU = 1.1;
    private static final List<String> NOTES = List.of(
            String.format(
                    "The crowd: %d every, %d latest, %d lossless in the engine's process (half conflate, half disconnect),",
                    CrowdSize.FULL.every(), CrowdSize.FULL.latest(), CrowdSize.FULL.lossless()),
            String.format(
                    "%d lossless in another process, one that never polls and one that throws. All park 20 ms between polls; handlers",
                    CrowdSize.FULL.outside()),
            "block. Each but the two misbehaving was given every tick, or had it folded; the stuck one was let go. Bystanders:",
            "as many threads, all in the engine's process, that wake as often and go through as many bytes, of their own.");

    /** What is there beside the engine and its producer. */
    enum Company {
        ALONE("alone"),
        BYSTANDERS("beside bystanders"),
        CROWD("with the crowd");

        private final String title;

        Company(String title) {
            this.title = title;
        }
    }

    /** One run: ticks a second that were taken, and CPU time of all handlers for a tick in ns. */
    record Run(double rate, double cpuNs) {}

    /** Runs the engine once, in an empty folder. */
    @FunctionalInterface
    interface Runner {
        /** @param counts whether each of a crowd must be given all; in a warm-up code is slow, and some fall behind */
        Run run(Path data, Company company, boolean counts) throws IOException;
    }

    private final Runs runs;
    private final int rounds;
    private final long ticks;
    private final Runner runner;
    private final PrintWriter progress;

    /** @param ticks of a run */
    CrowdBench(Runs runs, int rounds, long ticks, Runner runner, PrintWriter progress) {
        this.runs = runs;
        this.rounds = rounds;
        this.ticks = ticks;
        this.runner = runner;
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

    private Run run(Company company, boolean counts) throws IOException {
        Run run = runs.run(data -> runner.run(data, company, counts));
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
}
