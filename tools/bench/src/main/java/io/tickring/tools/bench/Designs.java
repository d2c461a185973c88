package io.tickring.tools.bench;

import io.tickring.tools.bench.RowReads.Company;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The designs that people start from beside Tickring's: caches of the last price and an actor here, counters and shared work in
 * {@link CountersBench} and {@link SharingBench}.
 */
final class Designs {
    static final String NAME = "designs";

    private static final double MOST_SECONDS = 0.4;
    private static final double SHARE_OF_SUSTAINED = 0.05;
    private static final int TICKS_SHARE = 2;
    private static final int TIME_TO_LIVE_S = 5;
    private static final long TABLE_BYTES = 64L << 20;
    private static final List<Company> COMPANIES = List.of(Company.ALONE, Company.PACED, Company.ONE, Company.TWO);

    private Designs() {}

    /** What a run that ends by the time takes. */
    static double seconds(BenchContext context) {
        return Math.min(MOST_SECONDS, context.seconds() * SHARE_OF_SUSTAINED);
    }

    static List<Bench> benches(BenchContext context) {
        return List.of(caches(context), pipelines(context));
    }

    private static Bench caches(BenchContext context) {
        Workload workload = Workload.of(TickSet.bound(Benches.SEED, context.setCapacity()), Long.MAX_VALUE)
                .sustained(seconds(context), Long.MAX_VALUE);
        List<Peer> peers = new ArrayList<>();
        for (RowDesign design : RowDesign.caches(TimeToLive.ofSeconds(TIME_TO_LIVE_S, System::nanoTime))) {
            for (Company company : COMPANIES) {
                peers.add(new RowReads(design, company, workload, true));
            }
        }
        return new Bench(
                NAME + "-cache",
                String.format(
                        Locale.ROOT,
                        "designs, cache of the last price: one writer at full speed into %d rows for %.2f s, beside readers",
                        TickSet.INSTRUMENTS,
                        seconds(context)),
                peers,
                context.rounds(),
                true,
                List.of(),
                List.of(
                        "Quotes are applied one by one; readers take whole rows of instruments drawn at random, and each is proved whole. A",
                        "price lives for " + TIME_TO_LIVE_S
                                + " s: the caches read the clock for each quote and each read and compare, as is usual; of the off-heap",
                        "table a reader looks at the state in the row, which the engine's supervisor keeps (it is not in this bench). Locks",
                        "guard a HashMap of mutable rows, copied by who reads; StampedLock reads without it and proves, else under it.",
                        "ConcurrentHashMap: immutable entries, a new one for each quote, its garbage included; its readers copy nothing.",
                        "p50 to p99.9: one read in 64 is timed; reading the clock is in it and stands beside it. What a busy",
                        "neighbour of the writer costs that reads other rows, where cores share their parts: bench.jar reads."),
                TABLE_BYTES,
                Designs::summary);
    }

    /** What readers get and what they cost, side by side; the ratios are of the off-heap table in the same company to the row. */
    static List<String> summary(List<PeerResult> peers) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "%-44s %10s %9s %9s %10s %9s %9s %9s %9s %8s",
                "",
                "M writes/s",
                "of alone",
                "1st is",
                "M reads/s",
                "1st is",
                "p50 ns",
                "p99 ns",
                "p99.9 ns",
                "clock ns"));
        for (int i = 0; i < peers.size(); i++) {
            PeerResult peer = peers.get(i);
            PeerResult first = peers.get(i % COMPANIES.size());
            PeerResult alone = peers.get(i - i % COMPANIES.size());
            lines.add(String.format(
                            Locale.ROOT,
                            "%-44s %10.2f %8.2fx %8.2fx %s%s",
                            peer.name(),
                            peer.rates().median(),
                            peer.rates().per(alone.rates()).median(),
                            first.rates().per(peer.rates()).median(),
                            reads(peer, first),
                            peer.isOversubscribed() ? "  " + Report.OVERSUBSCRIBED : "")
                    .stripTrailing());
        }
        return lines;
    }

    private static String reads(PeerResult peer, PeerResult first) {
        if (!peer.hasReadTimes() || !first.hasReadTimes()) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "%10.2f %8.2fx %9.0f %9.0f %9.0f %8.0f",
                peer.reads().median(),
                first.reads().per(peer.reads()).median(),
                peer.readNs(PeerRun.ReadTimes::p50Ns).median(),
                peer.readNs(PeerRun.ReadTimes::p99Ns).median(),
                peer.readNs(PeerRun.ReadTimes::p999Ns).median(),
                peer.readNs(PeerRun.ReadTimes::clockNs).median());
    }

    private static Bench pipelines(BenchContext context) {
        Workload workload = Workload.burst(1, Math.max(1, context.ticks() / TICKS_SHARE), context.setCapacity());
        List<PipelineKind> kinds = List.of(
                PipelineKind.WITHOUT_JOURNAL_ONE_BY_ONE,
                PipelineKind.WITHOUT_JOURNAL,
                PipelineKind.TICKRING,
                PipelineKind.BLOCKING_ACTOR);
        return new Bench(
                NAME + "-pipeline",
                String.format(
                        Locale.ROOT,
                        "designs, pipeline: %,d ticks from one producer, until all are in the table and, where there is one, the journal",
                        workload.ticks()),
                kinds.stream().<Peer>map(kind -> new IngestPeer(kind, workload)).toList(),
                context.rounds(),
                true,
                List.of(),
                List.of(
                        "Tickring: the engine as launched by default, counters, latency stamps and supervisor included. The actor: a mailbox of",
                        "65,536, an object a tick, a HashMap, no counters, no stamps, no journal. All of ingest's peers: bench.jar ingest."),
                workload.ticks() * Ingest.DISK_BYTES_PER_TICK + Ingest.AHEAD_BYTES);
    }
}
