package io.tickring.tools.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The benches of bytes: what a tick takes in a journal, when ticks come as fast as they are taken and when they come one by one. */
final class JournalBytes {
    static final String NAME = "bytes";

    private static final List<Integer> RATES = List.of(10_000, 100_000, 1_000_000);
    private static final double MOST_SECONDS = 10;
    private static final List<PipelineKind> KINDS =
            List.of(PipelineKind.TICKRING, PipelineKind.CHRONICLE, PipelineKind.ARCHIVE);

    private JournalBytes() {}

    static List<Bench> benches(BenchContext context) throws IOException {
        boolean recorded = context.recordings() != null;
        TickSet set = recorded
                ? RecordedTicks.load(context.recordings())
                : TickSet.market(Benches.SEED, context.setCapacity());
        String ticks = recorded ? "recorded ticks" : "made-up ticks (--recordings names a folder of real ones)";
        double seconds = Math.min(MOST_SECONDS, context.seconds());
        Workload full = Workload.of(set, context.ticks());
        List<Bench> benches = new ArrayList<>();
        benches.add(bench("full", String.format(Locale.ROOT, "%,d %s at full speed", full.ticks(), ticks), full));
        for (int rate : RATES) {
            String title = String.format(Locale.ROOT, "%s, %,d a second for %.1f s", ticks, rate, seconds);
            benches.add(bench(Integer.toString(rate), title, full.paced(seconds, rate)));
        }
        return benches;
    }

    private static Bench bench(String name, String title, Workload workload) {
        return new Bench(
                NAME + "-" + name,
                "bytes a tick in the journal: " + title,
                KINDS.stream().<Peer>map(kind -> new IngestPeer(kind, workload)).toList(),
                1,
                false,
                List.of(),
                List.of(
                        "Journaled: what the records take in the journal's files, blocks' headers and indexes included. On the disk: what",
                        "the file system has allocated for the journal's folder, as du counts it, once it is closed."),
                workload.ticks() * Ingest.DISK_BYTES_PER_TICK + Ingest.AHEAD_BYTES);
    }
}
