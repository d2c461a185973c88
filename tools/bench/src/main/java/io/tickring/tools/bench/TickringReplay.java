package io.tickring.tools.bench;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.StopReason;
import io.tickring.engine.journaling.JournalFeed;
import io.tickring.engine.journaling.JournalRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A journal through the ring into a fresh table and the counters: the feed reads blocks, checks their checksums and republishes
 * every record; the engine writes nothing. The clock runs from the feed's start until the last record is through.
 */
final class TickringReplay implements Peer {
    private static final long TIMEOUT_MINUTES = 10;
    /** The feed, the thread that reads ahead of it, and the handlers' one. */
    private static final int BUSY_THREADS = 3;

    private final String name;
    private final Workload workload;
    private Path journal;

    TickringReplay(String name, Workload workload) {
        this.name = name;
        this.workload = workload;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare(Path folder) throws IOException {
        journal = folder;
        writeJournal(folder, workload);
    }

    /** Writes the journal as live ticks would, a full block at a time. */
    static void writeJournal(Path folder, Workload workload) throws IOException {
        new IngestPeer(PipelineKind.TICKRING_BATCHES, workload).run(folder);
    }

    @Override
    public PeerRun run(Path folder) throws IOException {
        JournalFeed feed = JournalFeed.open(journal, JournalRange.WHOLE);
        EngineContext context = new EngineContext()
                .instruments(TickSet.INSTRUMENTS)
                .checkpointInterval(EngineOutcome.NO_CHECKPOINTS)
                .republish(feed);
        Engine engine = Engine.launch(context);
        Lap lap;
        try (engine) {
            RunClock clock = RunClock.start();
            engine.start(List.of(new Engine.NamedFeed("journal", "", feed)));
            StopReason reason = awaitEnd(engine);
            EngineOutcome.awaitDrained(engine);
            lap = clock.stop();
            if (reason == null) {
                throw new BenchException("peer=" + name + " did not end within " + TIMEOUT_MINUTES + " minutes");
            }
            ExpectedTable.of(workload).require(name, new long[] {workload.ticks()}, TableRows.of(engine.prices()));
        }
        EngineOutcome.requireSound(name, engine, workload.ticks(), 0);
        return PeerRun.unjournaled(workload.ticks(), lap, BUSY_THREADS);
    }

    private static StopReason awaitEnd(Engine engine) {
        try {
            return engine.awaitEnd(TIMEOUT_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
