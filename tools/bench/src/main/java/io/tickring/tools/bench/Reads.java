package io.tickring.tools.bench;

import io.tickring.tools.bench.RowReads.Company;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The benches of reads: what readers cost the writer of a table, in this process for each design of one, and from another process. */
final class Reads {
    static final String NAME = "reads";

    private static final double MOST_SECONDS = 1;
    private static final double SHARE_OF_SUSTAINED = 0.1;
    /** One write of the table is ten times as fast as one journaled tick: more of them for a run of like length. */
    private static final int WRITES_PER_TICK = 10;

    private static final long TABLE_BYTES = 64L << 20;
    private static final double PACED_SHARE = 0.9;
    private static final double PROCESS_SHARE = 0.95;
    private static final List<Company> FULL_SPEED = List.of(Company.ONE, Company.TWO, Company.FOUR);

    private Reads() {}

    static List<Bench> benches(BenchContext context) {
        Workload workload = Workload.of(TickSet.bound(Benches.SEED, context.setCapacity()), writes(context));
        return List.of(designs(context, workload), process(context, workload));
    }

    private static long writes(BenchContext context) {
        return context.ticks() * WRITES_PER_TICK;
    }

    private static Bench designs(BenchContext context, Workload full) {
        double seconds = Math.min(MOST_SECONDS, context.seconds() * SHARE_OF_SUSTAINED);
        Workload workload = full.sustained(seconds, full.ticks());
        List<Peer> peers = new ArrayList<>();
        for (RowDesign design : RowDesign.all()) {
            for (Company company : Company.values()) {
                peers.add(new RowReads(design, company, workload));
            }
        }
        return new Bench(
                NAME,
                String.format(
                        Locale.ROOT,
                        "reads: one writer at full speed into %d rows for %.1f s, beside readers in the same process",
                        TickSet.INSTRUMENTS,
                        seconds),
                peers,
                context.rounds(),
                true,
                marks(Runtime.getRuntime().availableProcessors()),
                List.of(
                        "Each writer applies the same quotes one by one to rows of the same fields, and each is there for readers at once; each",
                        "reader takes whole rows of instruments drawn at random. Each quote has ask = bid + 1 and equal sizes: a row that shows",
                        "anything else fails the bench, and so does a final row that is not what the quotes make.",
                        "off-heap: a sequence lock a row. ReentrantReadWriteLock, StampedLock: one lock, mutable rows; StampedLock reads without",
                        "it and proves, else under it. ConcurrentHashMap: rows that never change, a new one for each quote, its garbage included;",
                        "by reference: its reader copies nothing. Busy neighbour: a reader at full speed of rows that nobody writes."),
                TABLE_BYTES,
                Reads::summary);
    }

    /** Oversubscribed rows would have no verdict and are not asked for one. */
    static List<Mark> marks(int cores) {
        List<Mark> marks = new ArrayList<>();
        marks.add(new Mark(index(0, Company.PACED), index(0, Company.ALONE), PACED_SHARE));
        for (Company company : FULL_SPEED) {
            for (int other = 1; other < RowDesign.all().size() && company.busyThreads() <= cores; other++) {
                for (Mark.Rate rate : Mark.Rate.values()) {
                    marks.add(new Mark(index(0, company), index(other, company), 1, rate));
                }
            }
        }
        return marks;
    }

    private static int index(int design, Company company) {
        return design * Company.values().length + company.ordinal();
    }

    /** Writes and reads side by side, and the writer's rate set against that alone and beside a neighbour. */
    static List<String> summary(List<PeerResult> peers) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("%-50s %10s %10s %9s %13s", "", "M writes/s", "M reads/s", "of alone", "of neighbour"));
        int companies = Company.values().length;
        for (int i = 0; i < peers.size(); i++) {
            int design = i / companies;
            PeerResult peer = peers.get(i);
            lines.add(String.format(
                    Locale.ROOT,
                    "%-50s %10.2f %10s %8.2fx %12.2fx%s",
                    peer.name(),
                    peer.rates().median(),
                    peer.hasReads()
                            ? String.format(Locale.ROOT, "%.2f", peer.reads().median())
                            : "",
                    share(peer, peers.get(index(design, Company.ALONE))),
                    share(peer, peers.get(index(design, Company.NEIGHBOUR))),
                    peer.isOversubscribed() ? " " + Report.OVERSUBSCRIBED : ""));
        }
        long reads = peers.stream()
                .flatMap(peer -> peer.runs().stream())
                .mapToLong(run -> run.reads().count())
                .sum();
        lines.add(String.format(Locale.ROOT, "0 violations in %,d reads", reads));
        return lines;
    }

    private static double share(PeerResult peer, PeerResult of) {
        return peer.rates().per(of.rates()).median();
    }

    private static Bench process(BenchContext context, Workload workload) {
        return new Bench(
                NAME + "-process",
                String.format(
                        Locale.ROOT,
                        "reads: one writer at full speed, %,d quotes into the mapped price table",
                        workload.ticks()),
                List.of(
                        new TableWrites("writer beside a reading process", workload, true),
                        new TableWrites("writer alone", workload, false)),
                context.rounds(),
                true,
                List.of(new Mark(0, 1, PROCESS_SHARE)),
                List.of(
                        "The reading process is a second JVM that maps the file and reads all rows 1,000 times a second.",
                        "Each quote has ask = bid + 1 and equal sizes; a row that shows anything else is a violation.",
                        "Not included: ring and journal; prepared ticks are applied in batches of 64."),
                TABLE_BYTES);
    }
}
