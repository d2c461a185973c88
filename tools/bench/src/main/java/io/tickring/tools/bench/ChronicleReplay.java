package io.tickring.tools.bench;

import java.nio.file.Path;

/** A tailer over one excerpt per tick that applies each to the same table, on one thread. */
final class ChronicleReplay implements Contender {
    private final String name;
    private final TickSet set;
    private final long ticks;
    private Path prepared;

    ChronicleReplay(String name, TickSet set, long ticks) {
        this.name = name;
        this.set = set;
        this.ticks = ticks;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare(Path folder) {
        prepared = folder;
        try (PeerQueue queue = PeerQueue.forAppending(folder)) {
            queue.appendDefinitions();
            for (long number = 0; number < ticks; number++) {
                queue.append(set.records(), set.sequence(number));
            }
        }
    }

    @Override
    public Outcome run(Path folder) {
        PeerTable table = PeerTable.inMemory();
        try (PeerQueue queue = PeerQueue.forReading(prepared)) {
            long startNs = System.nanoTime();
            queue.replay(TickSet.INSTRUMENTS + ticks, table);
            return table.outcome(name, ticks, System.nanoTime() - startNs);
        }
    }
}
