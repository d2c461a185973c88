package io.tickring.tools.bench;

import java.util.List;
import java.util.Locale;

/** The bench of replay: a journal into a fresh table, by the engine, by the library on one thread and on two, and by the peers. */
final class Replay {
    static final String NAME = "replay";

    /** Two journals of compact blocks, one of excerpts of 64 bytes with their index, a recording of framed messages; room to spare. */
    private static final int DISK_BYTES_PER_TICK = 2 * 32 + 80 + 100;

    private static final long CHUNK_BYTES = 4 * (64L << 20);
    private static final double MILLIONS_ON_ONE_CORE = 20;
    private static final double TIMES_THE_TAILER = 2;

    /** The others are set against it, for where there are two cores it has no more threads. */
    private static final int TWO_THREADS = 0;

    private static final int ONE_THREAD = 1;
    private static final int ENGINE = 2;
    private static final int TAILER = 3;

    private Replay() {}

    static Bench bench(BenchContext context) {
        Workload workload = Workload.burst(1, context.ticks(), context.setCapacity());
        return new Bench(
                NAME,
                String.format(
                        Locale.ROOT,
                        "replay: %,d ticks of 64 bytes from a cached journal into a fresh price table",
                        workload.ticks()),
                List.of(
                        new LibraryReplay("Tickring, journal to table on 2 threads", workload, true),
                        new LibraryReplay("Tickring, journal to table on 1 thread", workload, false),
                        new TickringReplay("Tickring, journal to ring to table", workload),
                        new ChronicleReplay("Chronicle Queue tailer to table", workload),
                        new ArchiveReplay("Aeron Archive replay to table", workload)),
                context.rounds(),
                true,
                List.of(
                        Mark.millionsPerSecond(ONE_THREAD, MILLIONS_ON_ONE_CORE),
                        new Mark(TWO_THREADS, TAILER, TIMES_THE_TAILER),
                        new Mark(ENGINE, TAILER, TIMES_THE_TAILER)),
                List.of(
                        "Tickring: compact blocks decoded, checksums and links checked. Through the ring: as the replay command does, the feed,",
                        "a thread that reads ahead of it and one of handlers, with counters and latency stamps. To the table on 1 thread: the",
                        "library in line, nothing read ahead, a block applied at once; on 2: the same, read ahead on a second thread.",
                        "Chronicle Queue: read-only tailer, one excerpt a tick, read in place, applied by the same thread; no checksum.",
                        "Aeron Archive: a message a tick replayed over IPC by the archive's one thread, no checksum, polled into the table.",
                        "Not included: opening; reading from a cold disk."),
                workload.ticks() * DISK_BYTES_PER_TICK + CHUNK_BYTES);
    }
}
