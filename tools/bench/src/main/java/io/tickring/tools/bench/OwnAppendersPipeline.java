package io.tickring.tools.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Chronicle Queue with an appender for each producer: each appends its ticks by itself, and a tailer on a thread of its own puts them
 * into the table, which has one writer.
 */
final class OwnAppendersPipeline implements Pipeline {
    private static final int MOST_AT_ONCE = 256;

    private final Workload workload;
    private final PeerTable table;
    private final List<PeerQueue> appenders;
    private final PeerQueue tailer;
    private final PollThread reader;

    private OwnAppendersPipeline(Workload workload, PeerTable table, List<PeerQueue> appenders, PeerQueue tailer) {
        this.workload = workload;
        this.table = table;
        this.appenders = appenders;
        this.tailer = tailer;
        reader = new PollThread(
                "tailer", () -> tailer.read(MOST_AT_ONCE, table), Waiting.strategy(workload.producers() + 1));
    }

    static Pipeline open(Path folder, Workload workload) throws IOException {
        PeerTable table = PeerTable.map(folder);
        List<PeerQueue> appenders = Stream.generate(() -> PeerQueue.forAppending(folder))
                .limit(workload.producers())
                .toList();
        appenders.get(0).appendDefinitions();
        return new OwnAppendersPipeline(workload, table, appenders, PeerQueue.forReading(folder));
    }

    @Override
    public Inlet inlet(int producer) {
        TickSet set = workload.sets().get(producer);
        PeerQueue queue = appenders.get(producer);
        return (first, count) -> {
            for (long number = first; number < first + count; number++) {
                queue.append(set.records(), set.sequence(number));
            }
        };
    }

    @Override
    public void awaitThrough(long ticks) {
        Waiting.until("Chronicle Queue, own appenders", ticks, table::shown, this::failure);
    }

    @Override
    public Throwable failure() {
        return reader.failure();
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
        return appenders.stream().mapToLong(PeerQueue::bytes).max().orElse(0);
    }

    @Override
    public void close() {
        reader.close();
        tailer.close();
        appenders.forEach(PeerQueue::close);
        ChroniclePipeline.requireAll(appenders.get(0), table.shown());
    }
}
