package io.tickring.tools.bench;

import java.util.List;
import java.util.Locale;

/** The benches that there are, each with its contenders on the same ticks, its marks, and what its figures leave out. */
final class Benches {
    /** Those that set contenders beside one another; they are run when none is named. */
    static final List<String> COMPARISONS = List.of("ingest", "replay", "reads");

    static final List<String> NAMES = List.of("ingest", "replay", "reads", RestartBench.NAME, DurabilityBench.NAME);

    static final long SEED = 20_240_808;
    /** A 64-byte record as an excerpt of its own, its share of the index, and room to spare. */
    private static final int DISK_BYTES_PER_TICK = 80;

    private static final long CHUNK_BYTES = 64L << 20;
    /** One write of the table is ten times as fast as one journaled tick: more of them for a run of like length. */
    private static final int WRITES_PER_TICK = 10;

    private Benches() {}

    /**
     * @param name one of {@link #COMPARISONS}
     * @param ticks of a run
     * @param setCapacity prepared records, a power of two; a longer run uses them again
     */
    static Bench named(String name, long ticks, int setCapacity) {
        return switch (name) {
            case "ingest" -> ingest(ticks, setCapacity);
            case "replay" -> replay(ticks, setCapacity);
            case "reads" -> reads(ticks * WRITES_PER_TICK, setCapacity);
            default -> throw new IllegalArgumentException("bench=" + name + " is none of " + COMPARISONS);
        };
    }

    private static Bench ingest(long ticks, int setCapacity) {
        TickSet set = TickSet.market(SEED, setCapacity);
        List<Contender> contenders = List.of(
                new TickringIngest("Tickring, 1 tick a claim", set, ticks, 1, true),
                new TickringIngest("Tickring, 64 ticks a claim", set, ticks, 64, true),
                new TickringIngest("Tickring, 64 a claim, no journal", set, ticks, 64, false),
                new ChronicleIngest("Chronicle Queue, 1 tick an excerpt", set, ticks));
        return new Bench(
                "ingest",
                count("ingest: one producer, %,d ticks of 64 bytes, until all are applied and journaled", ticks),
                contenders,
                List.of(new Mark(1, 3, 3.0)),
                List.of(
                        "Tickring: the engine as launched by default: ring, price table, counters, checksummed journal of",
                        "compact blocks, latency stamps, supervisor. Chronicle Queue: 64 raw bytes a tick, FAST_HOURLY, chunks",
                        "of 64 MiB; the producer applies each tick to the same table; no checksum, no counters, no stamps.",
                        "Not included: forcing to disk (both write to the page cache), opening, closing, parsing, checkpoints."),
                ticks * DISK_BYTES_PER_TICK + CHUNK_BYTES);
    }

    private static Bench replay(long ticks, int setCapacity) {
        TickSet set = TickSet.market(SEED, setCapacity);
        return new Bench(
                "replay",
                count("replay: %,d ticks of 64 bytes from a cached journal into a fresh price table", ticks),
                List.of(
                        new TickringReplay("Tickring, journal to ring to table", set, ticks),
                        new ChronicleReplay("Chronicle Queue tailer to table", set, ticks)),
                List.of(new Mark(0, 1, 1.2)),
                List.of(
                        "Tickring: blocks decoded, checksums checked, through the ring to a second thread, counters and latency stamps.",
                        "Chronicle Queue: read-only tailer, one excerpt a tick, read in place, applied by the same thread.",
                        "Not included: opening; reading from a cold disk."),
                2 * (ticks * DISK_BYTES_PER_TICK + CHUNK_BYTES));
    }

    private static Bench reads(long ticks, int setCapacity) {
        TickSet set = TickSet.bound(SEED, setCapacity);
        return new Bench(
                "reads",
                count("reads: one writer at full speed, %,d quotes into the mapped price table", ticks),
                List.of(
                        new TableWrites("writer alone", set, ticks, false),
                        new TableWrites("writer beside a reading process", set, ticks, true)),
                List.of(new Mark(1, 0, 0.95)),
                List.of(
                        "The reading process is a second JVM that maps the file and reads all rows 1,000 times a second.",
                        "Each quote has ask = bid + 1 and equal sizes; a row that shows anything else is a violation.",
                        "Not included: ring and journal; prepared ticks are applied in batches of 64."),
                CHUNK_BYTES);
    }

    private static String count(String title, long ticks) {
        return String.format(Locale.ROOT, title, ticks);
    }
}
