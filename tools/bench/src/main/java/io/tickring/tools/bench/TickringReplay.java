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
final class TickringReplay implements Contender {
    private static final long TIMEOUT_MINUTES = 10;

    private final String name;
    private final TickSet set;
    private final long ticks;
    private Path journal;

    TickringReplay(String name, TickSet set, long ticks) {
        this.name = name;
        this.set = set;
        this.ticks = ticks;
    }

    @Override
    public String name() {
        return name;
    }

    /** Writes the journal as live ticks would, a full block at a time. */
    @Override
    public void prepare(Path folder) {
        journal = folder;
        new TickringIngest(name, set, ticks, TickSet.INSTRUMENTS, true).run(folder);
    }

    @Override
    public Outcome run(Path folder) throws IOException {
        JournalFeed feed = JournalFeed.open(journal, JournalRange.WHOLE);
        EngineContext context = new EngineContext()
                .instruments(TickSet.INSTRUMENTS)
                .checkpointInterval(PeerTable.NO_CHECKPOINTS)
                .republish(feed);
        Engine engine = Engine.launch(context);
        long elapsedNs;
        try (engine) {
            long startNs = System.nanoTime();
            engine.start(List.of(new Engine.NamedFeed("journal", "", feed)));
            StopReason reason = awaitEnd(engine);
            EngineOutcome.awaitDrained(engine);
            elapsedNs = System.nanoTime() - startNs;
            if (reason == null) {
                throw new BenchException("contender=" + name + " did not end within " + TIMEOUT_MINUTES + " minutes");
            }
        }
        return EngineOutcome.of(name, engine, ticks, 0, elapsedNs);
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
