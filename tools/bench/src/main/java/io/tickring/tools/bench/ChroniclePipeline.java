package io.tickring.tools.bench;

import java.io.IOException;
import java.nio.file.Path;

/** Chronicle Queue with one producer: its thread appends each tick as an excerpt of its own and puts it into the table, tick by tick. */
final class ChroniclePipeline implements Pipeline {
    private final TickSet set;
    private final PeerTable table;
    private final PeerQueue queue;

    private ChroniclePipeline(TickSet set, PeerTable table, PeerQueue queue) {
        this.set = set;
        this.table = table;
        this.queue = queue;
    }

    static Pipeline open(Path folder, Workload workload) throws IOException {
        PeerTable table = PeerTable.map(folder);
        table.define();
        PeerQueue queue = PeerQueue.forAppending(folder);
        queue.appendDefinitions();
        return new ChroniclePipeline(workload.sets().get(0), table, queue);
    }

    @Override
    public Inlet inlet(int producer) {
        return this::publish;
    }

    private void publish(long first, int count) {
        for (long number = first; number < first + count; number++) {
            int offset = set.sequence(number);
            queue.append(set.records(), offset);
            table.apply(set.records(), offset);
        }
        table.show();
    }

    @Override
    public void awaitThrough(long ticks) {
        Waiting.until("Chronicle Queue", ticks, table::shown, () -> null);
    }

    @Override
    public TableRows rows() {
        return TableRows.of(table.reader());
    }

    @Override
    public int busyThreads() {
        return 0;
    }

    @Override
    public long journalBytes() {
        return queue.bytes();
    }

    @Override
    public void close() {
        queue.close();
        requireAll(queue, table.shown());
    }

    /** Throws unless a closed queue holds the definitions and so many ticks. */
    static void requireAll(PeerQueue queue, long ticks) {
        if (queue.excerpts() != TickSet.INSTRUMENTS + ticks) {
            throw new BenchException("peer=Chronicle Queue excerpts=" + queue.excerpts() + " expected="
                    + (TickSet.INSTRUMENTS + ticks) + ": its journal is not complete");
        }
    }
}
