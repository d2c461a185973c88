package io.tickring.tools.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The benches of ingest: the same ticks from one or three producers into the same table, in a burst or for a while. */
final class Ingest {
    static final String NAME = "ingest";

    /** A 64-byte record with Aeron's frame around it, its share of what is mapped ahead, and room to spare. */
    private static final int DISK_BYTES_PER_TICK = 100;

    private static final long AHEAD_BYTES = 512L << 20;
    /** What a sustained run must have room for; one that is faster ends when its ticks are this many a second. */
    private static final long SUSTAINED_TICKS_PER_SECOND = 8_000_000;

    private static final int SEVERAL = 3;

    private static final List<String> NOTES = List.of(
            "Tickring: the engine as launched by default, with ring, table, counters, latency stamps and supervisor; its journal",
            "is of compact blocks with checksums. The others: 64 raw bytes a tick, no checksum, no counters, no stamps.",
            "Chronicle Queue: FAST_HOURLY, chunks of 64 MiB. Disruptor: 65,536 events off the heap. Aeron: IPC, terms of 16 MiB in",
            "memory, exclusive publications; Archive: no checksum. Actors: mailboxes of 65,536, an object a tick, a HashMap.",
            "Each waits as Tickring does here: it spins where a core is left over, else it yields; the ArrayBlockingQueue blocks,",
            "and Aeron's driver, which is not on the path, backs off. One tick a claim, excerpt, message or call unless named.",
            "Not included: forcing to the disk (all write to the page cache), opening, closing, parsing, checkpoints.");

    private Ingest() {}

    static List<Bench> benches(Sizes sizes) {
        List<Bench> benches = new ArrayList<>();
        for (int producers : List.of(1, SEVERAL)) {
            Workload burst = Workload.burst(producers, sizes.ticks(), sizes.setCapacity());
            benches.add(burst(sizes, burst));
            benches.add(sustained(sizes, burst));
        }
        return benches;
    }

    private static Bench burst(Sizes sizes, Workload workload) {
        return new Bench(
                NAME + "-burst-" + workload.producers(),
                String.format(
                        Locale.ROOT,
                        "ingest, burst, %s: %,d ticks of 64 bytes, until all are in the table and, where there is one, the journal",
                        producers(workload),
                        workload.ticks()),
                peers(workload, false),
                sizes.rounds(),
                true,
                workload.producers() == 1 ? List.of(new Mark(1, 3, 3.0)) : List.of(),
                NOTES,
                workload.ticks() * DISK_BYTES_PER_TICK + AHEAD_BYTES);
    }

    private static Bench sustained(Sizes sizes, Workload burst) {
        long mostTicks = (long) (sizes.seconds() * SUSTAINED_TICKS_PER_SECOND) * 2;
        Workload workload = burst.sustained(sizes.seconds(), mostTicks);
        return new Bench(
                NAME + "-sustained-" + workload.producers(),
                String.format(
                        Locale.ROOT,
                        "ingest, sustained, %s: as many ticks as go through in %.1f s",
                        producers(workload),
                        sizes.seconds()),
                peers(workload, true),
                sizes.timedRounds(),
                false,
                List.of(),
                NOTES,
                mostTicks * DISK_BYTES_PER_TICK + AHEAD_BYTES);
    }

    private static List<Peer> peers(Workload workload, boolean journalingOnly) {
        boolean several = workload.producers() > 1;
        List<IngestPeer> peers = new ArrayList<>();
        peers.add(journaling("Tickring", workload, TickringPipeline.opener(false, true)));
        peers.add(journaling("Tickring, 64 ticks a claim", workload, TickringPipeline.opener(true, true)));
        peers.add(table("Tickring without journal, 64 a claim", workload, TickringPipeline.opener(true, false)));
        if (several) {
            peers.add(journaling("Chronicle Queue, one appender thread", workload, SharedAppenderPipeline::open));
            peers.add(journaling("Chronicle Queue, an appender a producer", workload, OwnAppendersPipeline::open));
        } else {
            peers.add(journaling("Chronicle Queue", workload, ChroniclePipeline::open));
        }
        peers.add(table("Disruptor to table", workload, DisruptorPipeline.opener(1, false)));
        peers.add(table("Disruptor to table, 64 a claim", workload, DisruptorPipeline.opener(64, false)));
        peers.add(journaling("Disruptor to Chronicle Queue and table", workload, DisruptorPipeline.opener(1, true)));
        peers.add(table("Aeron IPC to table", workload, AeronPipeline::open));
        peers.add(journaling("Aeron IPC to Archive and table", workload, ArchivePipeline::open));
        peers.add(table("actor, ArrayBlockingQueue", workload, (folder, work) -> ActorPipeline.blocking(work)));
        peers.add(table("actor, JCTools MPSC queue", workload, (folder, work) -> ActorPipeline.lockFree(work)));
        return peers.stream()
                .filter(peer -> peer.journals() || !journalingOnly)
                .<Peer>map(peer -> peer)
                .toList();
    }

    private static IngestPeer journaling(String name, Workload workload, Pipeline.Opener opener) {
        return new IngestPeer(name, true, workload, opener);
    }

    private static IngestPeer table(String name, Workload workload, Pipeline.Opener opener) {
        return new IngestPeer(name, false, workload, opener);
    }

    private static String producers(Workload workload) {
        return workload.producers() == 1 ? "1 producer" : workload.producers() + " producers";
    }
}
