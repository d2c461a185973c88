package io.tickring.tools.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the broadcast costs an engine: complete ingest with one that nobody reads, and without. */
final class BroadcastIngest {
    static final String NAME = "subscribe-ingest";

    private static final double LEAST = 0.9;
    private static final int COMPACT_BYTES = 32;
    private static final String JOURNAL = "journal";
    private static final List<PipelineKind> KINDS = List.of(
            PipelineKind.TICKRING,
            kind("Tickring, broadcasting", false),
            PipelineKind.TICKRING_BATCHES,
            kind("Tickring, broadcasting, 64 ticks a claim", true));
    private static final List<String> NOTES = List.of(
            "The engine as launched by default, journal included; the broadcast holds 64 MiB and lies where the engine's other files lie.",
            "Nobody reads it. Not included: forcing to the disk, opening (which writes the file's zeros), closing, checkpoints.");

    private BroadcastIngest() {}

    static Bench bench(BenchContext context) {
        Workload workload = Workload.burst(1, context.ticks(), context.setCapacity());
        return new Bench(
                NAME,
                String.format(
                        Locale.ROOT,
                        "subscribe: ingest with and without a broadcast, 1 producer: %,d ticks until all are in table and journal",
                        workload.ticks()),
                KINDS.stream().<Peer>map(kind -> new IngestPeer(kind, workload)).toList(),
                context.rounds(),
                true,
                Stream.of(1, 3).map(with -> new Mark(with, with - 1, LEAST)).toList(),
                NOTES,
                workload.ticks() * Ingest.DISK_BYTES_PER_TICK + Ingest.AHEAD_BYTES);
    }

    private static PipelineKind kind(String name, boolean batches) {
        return new PipelineKind(name, JOURNAL, COMPACT_BYTES, TickringPipeline.broadcasting(batches));
    }
}
