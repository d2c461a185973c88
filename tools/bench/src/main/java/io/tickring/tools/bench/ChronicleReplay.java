package io.tickring.tools.bench;

import java.nio.file.Path;

/** A tailer over one excerpt per tick that applies each to the same table, on one thread. */
final class ChronicleReplay implements Peer {
    private static final int BATCH = 64;

    private final String name;
    private final Workload workload;
    private Path prepared;

    ChronicleReplay(String name, Workload workload) {
        this.name = name;
        this.workload = workload;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare(Path folder) {
        prepared = folder;
        TickSet set = workload.sets().get(0);
        try (PeerQueue queue = PeerQueue.forAppending(folder)) {
            queue.appendDefinitions();
            queue.append(set, 0, workload.ticks());
        }
    }

    @Override
    public PeerRun run(Path folder) {
        PeerTable table = PeerTable.inMemory();
        try (PeerQueue queue = PeerQueue.forReading(prepared)) {
            RunClock clock = RunClock.start();
            int read;
            do {
                read = queue.read(BATCH, table);
            } while (read > 0);
            Lap lap = clock.stop();
            ExpectedTable.of(workload).require(name, new long[] {workload.ticks()}, TableRows.of(table.reader()));
            return PeerRun.unjournaled(workload.ticks(), lap, 1);
        }
    }
}
