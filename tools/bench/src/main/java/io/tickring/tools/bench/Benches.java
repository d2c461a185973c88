package io.tickring.tools.bench;

import java.io.IOException;
import java.util.List;

/** The benches that there are, each with its peers on the same ticks, its marks, and what its figures leave out. */
final class Benches {
    /** Those that set peers' rates beside one another. */
    static final List<String> COMPARISONS =
            List.of(Ingest.NAME, JournalBytes.NAME, Replay.NAME, Reads.NAME, SubscribeBench.NAME, Designs.NAME);

    /** What is run when nothing is named. */
    static final List<String> ALL = List.of(Ingest.NAME, JournalBytes.NAME, Replay.NAME, Reads.NAME, LatencyBench.NAME);

    static final List<String> NAMES = List.of(
            Ingest.NAME,
            JournalBytes.NAME,
            Replay.NAME,
            Reads.NAME,
            LatencyBench.NAME,
            RestartBench.NAME,
            DurabilityBench.NAME,
            CrowdBench.NAME,
            SubscribeBench.NAME,
            Designs.NAME);

    static final long SEED = 20_240_808;

    private Benches() {}

    /** @param name one of {@link #COMPARISONS} */
    static List<Bench> named(String name, BenchContext context) throws IOException {
        return switch (name) {
            case Ingest.NAME -> Ingest.benches(context);
            case JournalBytes.NAME -> JournalBytes.benches(context);
            case Replay.NAME -> List.of(Replay.bench(context));
            case Reads.NAME -> Reads.benches(context);
            case SubscribeBench.NAME -> List.of(BroadcastIngest.bench(context));
            case Designs.NAME -> Designs.benches(context);
            default -> throw new IllegalArgumentException("bench=" + name + " is none of " + COMPARISONS);
        };
    }
}
