package io.tickring.tools.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The benches that there are, each with its peers on the same ticks, its marks, and what its figures leave out. */
final class Benches {
    /** Those that set peers beside one another; all of them are run when none is named. */
    static final List<String> COMPARISONS = List.of(Ingest.NAME, JournalBytes.NAME, Replay.NAME, "reads");

    static final List<String> NAMES =
            List.of(Ingest.NAME, JournalBytes.NAME, Replay.NAME, "reads", RestartBench.NAME, DurabilityBench.NAME);

    static final long SEED = 20_240_808;
    private static final long CHUNK_BYTES = 64L << 20;
    /** One write of the table is ten times as fast as one journaled tick: more of them for a run of like length. */
    private static final int WRITES_PER_TICK = 10;

    private Benches() {}

    /** @param name one of {@link #COMPARISONS} */
    static List<Bench> named(String name, BenchContext context) throws IOException {
        return switch (name) {
            case Ingest.NAME -> Ingest.benches(context);
            case JournalBytes.NAME -> JournalBytes.benches(context);
            case Replay.NAME -> List.of(Replay.bench(context));
            case "reads" -> List.of(reads(context));
            default -> throw new IllegalArgumentException("bench=" + name + " is none of " + COMPARISONS);
        };
    }

    private static Bench reads(BenchContext context) {
        Workload workload = Workload.of(TickSet.bound(SEED, context.setCapacity()), context.ticks() * WRITES_PER_TICK);
        return new Bench(
                "reads",
                count("reads: one writer at full speed, %,d quotes into the mapped price table", workload),
                List.of(
                        new TableWrites("writer beside a reading process", workload, true),
                        new TableWrites("writer alone", workload, false)),
                context.rounds(),
                true,
                List.of(new Mark(0, 1, 0.95)),
                List.of(
                        "The reading process is a second JVM that maps the file and reads all rows 1,000 times a second.",
                        "Each quote has ask = bid + 1 and equal context; a row that shows anything else is a violation.",
                        "Not included: ring and journal; prepared ticks are applied in batches of 64."),
                CHUNK_BYTES);
    }

    private static String count(String title, Workload workload) {
        return String.format(Locale.ROOT, title, workload.ticks());
    }
}
