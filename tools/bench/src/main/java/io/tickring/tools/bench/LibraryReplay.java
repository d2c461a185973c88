package io.tickring.tools.bench;

import io.tickring.engine.journaling.CompactCodec;
import io.tickring.engine.price.PriceTableHandler;
import io.tickring.journal.JournalTailer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The journal library without an engine: blocks read, proved by their checksums and links, decoded, and applied to a fresh table a block at a
 * time; all on one thread, or read ahead on a second one, as a program does that embeds it.
 */
final class LibraryReplay implements Peer {
    private final String name;
    private final Workload workload;
    private final boolean readsAhead;
    private Path journal;

    LibraryReplay(String name, Workload workload, boolean readsAhead) {
        this.name = name;
        this.workload = workload;
        this.readsAhead = readsAhead;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare(Path folder) throws IOException {
        journal = folder;
        TickringReplay.writeJournal(folder, workload);
    }

    @Override
    public PeerRun run(Path folder) {
        PeerTable table = PeerTable.inMemory();
        PriceTableHandler stage = table.stage();
        try (JournalTailer tailer = CompactCodec.openTailer(journal)) {
            RunClock clock = RunClock.start();
            if (readsAhead) {
                tailer.readAhead();
            }
            while (tailer.next()) {
                if (tailer.count() > 0) {
                    stage.onBatch(tailer.records(), tailer.recordsOffset(), tailer.firstSequence(), tailer.count());
                }
            }
            Lap lap = clock.stop();
            ExpectedTable.of(workload).require(name, new long[] {workload.ticks()}, TableRows.of(table.reader()));
            return PeerRun.unjournaled(workload.ticks(), lap, readsAhead ? 2 : 1);
        }
    }
}
