package io.tickring.tools.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What counting costs by each {@link CounterDesign}, on one thread, on two, and on one beside a reader; in interleaved rounds. */
final class CountersBench {
    private static final List<String> NOTES = List.of(
            "Increments of all threads together; each is a call through an interface, so that the compiler joins no two of them, and",
            "its cost is in each row. The final count must be what was added, and no reading below the one before it.",
            "A thread: as the engine has its counters, one writer each, a release store; a reader sums them up. Shared: one for all, an",
            "atomic addition. Unseen: no reader may look before the threads have ended; the floor of what counting costs here.",
            "A read is of the sum, beside one thread that counts at full speed. Ratios: the first design's rate to the other's.");

    /** Who counts, and whether somebody reads meanwhile. */
    private enum Company {
        ONE("1 thread", 1, false),
        TWO("2 threads", 2, false),
        READ("1 and a reader", 1, true);

        final String label;
        final int threads;
        final boolean read;

        Company(String label, int threads, boolean read) {
            this.label = label;
            this.threads = threads;
            this.read = read;
        }
    }

    /** A row of the table before its figures. */
    private record Way(CounterDesign design, Company company) {
        String name() {
            return design.name() + ", " + company.label;
        }
    }

    private final List<CounterDesign> designs;
    private final int rounds;
    private final double seconds;
    private final PrintWriter progress;

    /** @param designs the first is the one that the others are set against */
    CountersBench(List<CounterDesign> designs, int rounds, double seconds, PrintWriter progress) {
        this.designs = designs;
        this.rounds = rounds;
        this.seconds = seconds;
        this.progress = progress;
    }

    /** As the command measures it. */
    static CountersBench of(BenchContext context, PrintWriter progress) {
        return new CountersBench(CounterDesign.all(), context.rounds(), Designs.seconds(context), progress);
    }

    MeasuresResult run() {
        Map<Way, List<CounterRun.Outcome>> runs = new LinkedHashMap<>();
        for (Company company : Company.values()) {
            designs.stream()
                    .filter(design -> design.isShown() || !company.read)
                    .forEach(design -> runs.put(new Way(design, company), new ArrayList<>()));
        }
        for (int round = -1; round < rounds; round++) {
            for (Map.Entry<Way, List<CounterRun.Outcome>> way : runs.entrySet()) {
                CounterRun.Outcome outcome = runOnce(way.getKey(), round);
                if (round >= 0) {
                    way.getValue().add(outcome);
                }
            }
        }
        String title = String.format(
                Locale.ROOT,
                "designs, counters: %.2f s a run, medians of %d interleaved rounds after a warm-up",
                seconds,
                rounds);
        return new MeasuresResult(Designs.NAME + "-counters", title, rows(runs), NOTES, List.of());
    }

    private static List<MeasuresResult.Row> rows(Map<Way, List<CounterRun.Outcome>> runs) {
        List<MeasuresResult.Row> rows = new ArrayList<>();
        runs.forEach((way, outcomes) -> rows.add(new MeasuresResult.Row(
                way.name(), "M/s", Figures.of(outcomes, CounterRun.Outcome::millionsPerSecond))));
        runs.forEach((way, outcomes) -> {
            if (way.company().read) {
                rows.add(new MeasuresResult.Row(
                        way.design().name() + ", a read", "ns", Figures.of(outcomes, CounterRun.Outcome::readNs)));
            }
        });
        CounterDesign first = runs.keySet().iterator().next().design();
        runs.forEach((way, outcomes) -> {
            if (way.design() != first) {
                Figures own =
                        Figures.of(runs.get(new Way(first, way.company())), CounterRun.Outcome::millionsPerSecond);
                rows.add(new MeasuresResult.Row(
                        "1st / " + way.name(),
                        "ratio",
                        own.per(Figures.of(outcomes, CounterRun.Outcome::millionsPerSecond))));
            }
        });
        return rows;
    }

    private CounterRun.Outcome runOnce(Way way, int round) {
        CounterRun.Outcome outcome = CounterRun.of(way.design(), way.company().threads, way.company().read, seconds);
        progress.printf(
                Locale.ROOT,
                "%s-counters %-10s %-44s %7.2f M/s%n",
                Designs.NAME,
                Rounds.label(round, rounds),
                way.name(),
                outcome.millionsPerSecond());
        progress.flush();
        return outcome;
    }
}
