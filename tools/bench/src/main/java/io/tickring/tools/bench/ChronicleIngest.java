package io.tickring.tools.bench;

import java.io.IOException;
import java.nio.file.Path;

/** The producing thread appends each tick as an excerpt of its own and applies it to the same table, tick by tick. */
final class ChronicleIngest implements Contender {
    private final String name;
    private final TickSet set;
    private final long ticks;

    ChronicleIngest(String name, TickSet set, long ticks) {
        this.name = name;
        this.set = set;
        this.ticks = ticks;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Outcome run(Path folder) throws IOException {
        PeerTable table = PeerTable.map(folder);
        try (PeerQueue queue = PeerQueue.forAppending(folder)) {
            queue.appendDefinitions();
            table.define();
            long startNs = System.nanoTime();
            for (long number = 0; number < ticks; number++) {
                int offset = set.sequence(number);
                queue.append(set.records(), offset);
                table.handler.onBatch(set.records(), offset, TickSet.FIRST_TICK_SEQUENCE + number, 1);
            }
            return table.outcome(name, ticks, System.nanoTime() - startNs);
        }
    }
}
