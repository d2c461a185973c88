package io.tickring.tools.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.agrona.concurrent.IdleStrategy;

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

    private OwnAppendersPipeline(
            Workload workload, PeerTable table, List<PeerQueue> appenders, PeerQueue tailer, PollThread reader) {
        this.workload = workload;
        this.table = table;
        this.appenders = appenders;
        this.tailer = tailer;
        this.reader = reader;
    }

    static Pipeline open(Path folder, Workload workload) throws IOException {
        return open(folder, workload, MOST_AT_ONCE, Waiting.strategy(workload.producers() + 1), ticks -> {});
    }

    /**
     * @param mostAtOnce excerpts that are read before the table shows them
     * @param idle how the tailer's thread waits
     * @param shown run by it after each read, when the table shows it, with how many ticks it shows
     */
    static Pipeline open(Path folder, Workload workload, int mostAtOnce, IdleStrategy idle, LongConsumer shown)
            throws IOException {
        PeerTable table = PeerTable.map(folder);
        List<PeerQueue> appenders = Stream.generate(() -> PeerQueue.forAppending(folder))
                .limit(workload.producers())
                .toList();
        appenders.get(0).appendDefinitions();
        PeerQueue tailer = PeerQueue.forReading(folder);
        PollThread reader = new PollThread("tailer", () -> read(tailer, mostAtOnce, table, shown), idle);
        return new OwnAppendersPipeline(workload, table, appenders, tailer, reader);
    }

    private static int read(PeerQueue tailer, int most, PeerTable table, LongConsumer shown) {
        int read = tailer.read(most, table);
        if (read > 0) {
            shown.accept(table.shown());
        }
        return read;
    }

    @Override
    public Inlet inlet(int producer) {
        TickSet set = workload.sets().get(producer);
        PeerQueue queue = appenders.get(producer);
        return (first, count) -> queue.append(set, first, count);
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
