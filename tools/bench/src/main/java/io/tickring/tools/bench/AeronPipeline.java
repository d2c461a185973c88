package io.tickring.tools.bench;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.agrona.concurrent.IdleStrategy;

/** Aeron IPC: each producer has an exclusive publication, one thread polls the subscription into the table. */
final class AeronPipeline implements Pipeline {
    private static final String NAME = "Aeron IPC";

    private final Workload workload;
    private final EmbeddedAeron aeron;
    private final List<ExclusivePublication> publications;
    private final AeronTable table;

    private AeronPipeline(
            Workload workload, EmbeddedAeron aeron, List<ExclusivePublication> publications, AeronTable table) {
        this.workload = workload;
        this.aeron = aeron;
        this.publications = publications;
        this.table = table;
    }

    static Pipeline open(Path folder, Workload workload) throws IOException {
        IdleStrategy idle = Waiting.strategy(workload.producers() + 1);
        return open(folder, workload, idle, ticks -> {});
    }

    /**
     * @param idle how the reading thread waits
     * @param shown run by it after each batch, when the table shows it, with how many ticks it shows
     */
    static Pipeline open(Path folder, Workload workload, IdleStrategy idle, LongConsumer shown) throws IOException {
        PeerTable table = PeerTable.map(folder);
        table.define();
        EmbeddedAeron aeron = EmbeddedAeron.launch(folder);
        Subscription subscription = aeron.client().addSubscription(EmbeddedAeron.channel(), AeronTable.STREAM);
        List<ExclusivePublication> publications = IntStream.range(0, workload.producers())
                .mapToObj(
                        producer -> aeron.client().addExclusivePublication(EmbeddedAeron.channel(), AeronTable.STREAM))
                .toList();
        Waiting.until(NAME, publications.size(), subscription::imageCount, () -> null);
        return new AeronPipeline(workload, aeron, publications, new AeronTable(table, subscription, idle, shown));
    }

    @Override
    public Inlet inlet(int producer) {
        return AeronTable.inlet(
                publications.get(producer), workload.sets().get(producer), workload.producers() + busyThreads());
    }

    @Override
    public void awaitThrough(long ticks) {
        table.awaitThrough(NAME, ticks);
    }

    @Override
    public Throwable failure() {
        return table.failure();
    }

    @Override
    public TableRows rows() {
        return table.rows();
    }

    @Override
    public int busyThreads() {
        return 1;
    }

    @Override
    public void close() throws IOException {
        try (aeron) {
            table.close();
        }
    }
}
