package io.tickring.tools.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The benches of ingest: the same ticks from one or three producers into the same table, in a burst or for a while. */
final class Ingest {
    static final String NAME = "ingest";

    /** A 64-byte record with Aeron's frame around it, and room to spare; and what is mapped ahead. */
    static final int DISK_BYTES_PER_TICK = 100;

    static final long AHEAD_BYTES = 512L << 20;

    /** A sustained run has room for so many; where there is more, it may be faster. */
    private static final double SUSTAINED_TICKS_PER_SECOND = 5e6;

    private static final double MOST_TICKS_PER_SECOND = 1e8;
    private static final int SEVERAL = 3;

    private static final List<String> NOTES = List.of(
            "Tickring: the engine as launched by default, with ring, table, counters, latency stamps and supervisor; its journal",
            "is of compact blocks with checksums. The others: 64 raw bytes a tick, no checksum, no counters, no stamps.",
            "Chronicle Queue: FAST_HOURLY, chunks of 64 MiB. Disruptor: 65,536 events off the heap. Aeron: IPC, terms of 16 MiB in",
            "memory, exclusive publications; Archive: no checksum. Actors: mailboxes of 65,536, an object a tick, a HashMap.",
            "Each waits as Tickring does here: it spins where a core is left over, else it yields; the ArrayBlockingQueue blocks,",
            "and Aeron's driver, which only moves the publishers' limits, backs off. One tick a claim, excerpt, message or call unless named.",
            "All in one JVM. Not included: forcing to the disk (all write to the page cache), opening, closing, parsing, checkpoints.");

    /** {@code kind} takes {@code atLeast} times as many ticks as {@code other}. */
    private record Goal(PipelineKind kind, PipelineKind other, double atLeast) {}

    private static final List<Goal> BURST_GOALS = List.of(
            new Goal(PipelineKind.TICKRING, PipelineKind.CHRONICLE, 6),
            new Goal(PipelineKind.TICKRING_BATCHES, PipelineKind.CHRONICLE, 6),
            new Goal(PipelineKind.TICKRING_BATCHES, PipelineKind.WITHOUT_JOURNAL, 0.5),
            new Goal(PipelineKind.TICKRING, PipelineKind.OWN_APPENDERS, 5),
            new Goal(PipelineKind.TICKRING_BATCHES, PipelineKind.OWN_APPENDERS, 5),
            new Goal(PipelineKind.TICKRING, PipelineKind.ONE_APPENDER, 3),
            new Goal(PipelineKind.TICKRING_BATCHES, PipelineKind.ONE_APPENDER, 3),
            new Goal(PipelineKind.TICKRING, PipelineKind.BLOCKING_ACTOR, 2),
            new Goal(PipelineKind.TICKRING_BATCHES, PipelineKind.BLOCKING_ACTOR, 2));

    private static final List<Goal> SUSTAINED_GOALS = List.of(
            new Goal(PipelineKind.TICKRING, PipelineKind.CHRONICLE, 5),
            new Goal(PipelineKind.TICKRING_BATCHES, PipelineKind.CHRONICLE, 5));

    private Ingest() {}

    static List<Bench> benches(BenchContext context) {
        List<Bench> benches = new ArrayList<>();
        for (int producers : List.of(1, SEVERAL)) {
            Workload burst = Workload.burst(producers, context.ticks(), context.setCapacity());
            benches.add(burst(context, burst));
            benches.add(sustained(context, burst));
        }
        return benches;
    }

    private static Bench burst(BenchContext context, Workload workload) {
        List<PipelineKind> kinds = PipelineKind.all(workload.producers());
        return new Bench(
                NAME + "-burst-" + workload.producers(),
                String.format(
                        Locale.ROOT,
                        "ingest, burst, %s: %,d ticks of 64 bytes, until all are in the table and, where there is one, the journal",
                        producers(workload),
                        workload.ticks()),
                kinds.stream().<Peer>map(kind -> new IngestPeer(kind, workload)).toList(),
                context.rounds(),
                true,
                marks(BURST_GOALS, kinds),
                NOTES,
                workload.ticks() * DISK_BYTES_PER_TICK + AHEAD_BYTES);
    }

    private static Bench sustained(BenchContext context, Workload burst) {
        List<PipelineKind> kinds = PipelineKind.all(burst.producers()).stream()
                .filter(PipelineKind::journals)
                .toList();
        return new Bench(
                NAME + "-sustained-" + burst.producers(),
                String.format(
                        Locale.ROOT,
                        "ingest, sustained, %s: as many ticks as go through in %.1f s",
                        producers(burst),
                        context.seconds()),
                kinds.stream()
                        .<Peer>map(kind -> new IngestPeer(kind, sustained(context, burst, kind)))
                        .toList(),
                context.timedRounds(),
                false,
                marks(SUSTAINED_GOALS, kinds),
                NOTES,
                (long) (context.seconds() * SUSTAINED_TICKS_PER_SECOND) * DISK_BYTES_PER_TICK + AHEAD_BYTES);
    }

    /** Of the goals those whose two stand among {@code kinds}. */
    private static List<Mark> marks(List<Goal> goals, List<PipelineKind> kinds) {
        return goals.stream()
                .filter(goal -> kinds.contains(goal.kind()) && kinds.contains(goal.other()))
                .map(goal -> new Mark(kinds.indexOf(goal.kind()), kinds.indexOf(goal.other()), goal.atLeast()))
                .toList();
    }

    private static Workload sustained(BenchContext context, Workload burst, PipelineKind kind) {
        long most = (long) (context.seconds() * MOST_TICKS_PER_SECOND);
        long room = (context.roomBytes() - AHEAD_BYTES) / kind.diskBytesPerTick();
        return burst.sustained(context.seconds(), Math.min(most, room));
    }

    private static String producers(Workload workload) {
        return workload.producers() == 1 ? "1 producer" : workload.producers() + " producers";
    }
}
