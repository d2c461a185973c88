package io.tickring.tools.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.agrona.concurrent.IdleStrategy;

/** Chronicle Queue between two threads: the producer appends each tick as an excerpt of its own, a tailer reads it into the table. */
final class TailerPipeline implements Pipeline {
    private static final String NAME = "Chronicle Queue";

    private final TickSet set;
    private final PeerTable table;
    private final PeerQueue appending;
    private final PeerQueue reading;
    private final PollThread tailer;

    private TailerPipeline(TickSet set, PeerTable table, PeerQueue appending, PeerQueue reading, PollThread tailer) {
        this.set = set;
        this.table = table;
        this.appending = appending;
        this.reading = reading;
        this.tailer = tailer;
    }

    /**
     * @param idle how the tailer's thread waits
     * @param shown run by it after each excerpt, when the table shows it, with how many ticks it shows
     */
    static Pipeline open(Path folder, Workload workload, IdleStrategy idle, LongConsumer shown) throws IOException {
        PeerTable table = PeerTable.map(folder);
        PeerQueue appending = PeerQueue.forAppending(folder);
        appending.appendDefinitions();
        PeerQueue reading = PeerQueue.forReading(folder);
        PollThread tailer = new PollThread("tailer", () -> readOne(reading, table, shown), idle);
        return new TailerPipeline(workload.sets().get(0), table, appending, reading, tailer);
    }

    private static int readOne(PeerQueue reading, PeerTable table, LongConsumer shown) {
        int read = reading.read(1, table);
        if (read > 0) {
            shown.accept(table.shown());
        }
        return read;
    }

    @Override
    public Inlet inlet(int producer) {
        return (first, count) -> {
            for (long number = first; number < first + count; number++) {
                appending.append(set.records(), set.sequence(number));
            }
        };
    }

    @Override
    public void awaitThrough(long ticks) {
        Waiting.until(NAME, ticks, table::shown, tailer::failure);
    }

    @Override
    public TableRows rows() {
        return TableRows.of(table.reader());
    }

    @Override
    public int busyThreads() {
        return 1;
    }

    @Override
    public long journalBytes() {
        return appending.bytes();
    }

    @Override
    public void close() {
        tailer.close();
        reading.close();
        appending.close();
        ChroniclePipeline.requireAll(appending, table.shown());
    }
}
