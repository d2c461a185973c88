package io.tickring.tools.bench;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.archive.status.RecordingPos;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.concurrent.status.CountersReader;

/** Aeron IPC as in {@link AeronPipeline}, and Aeron Archive in this process that records it; through is what is recorded too. */
final class ArchivePipeline implements Pipeline {
    private static final String NAME = "Aeron Archive";

    private final Workload workload;
    private final EmbeddedArchive archive;
    private final List<ExclusivePublication> publications;
    private final List<Integer> recordings;
    private final AeronTable table;
    private long recordedBytes;

    private ArchivePipeline(
            Workload workload, EmbeddedArchive archive, List<ExclusivePublication> publications, AeronTable table) {
        this.workload = workload;
        this.archive = archive;
        this.publications = publications;
        this.table = table;
        this.recordings = publications.stream().map(this::recording).toList();
    }

    static Pipeline open(Path folder, Workload workload) throws IOException {
        PeerTable table = PeerTable.map(folder);
        table.define();
        int busyThreads = workload.producers() + 2;
        EmbeddedArchive archive = EmbeddedArchive.launch(folder, busyThreads);
        Subscription subscription =
                archive.aeron().client().addSubscription(EmbeddedAeron.channel(), AeronTable.STREAM);
        List<ExclusivePublication> publications = IntStream.range(0, workload.producers())
                .mapToObj(producer ->
                        archive.control().addRecordedExclusivePublication(EmbeddedAeron.channel(), AeronTable.STREAM))
                .toList();
        Waiting.until(NAME, publications.size(), subscription::imageCount, () -> null);
        return new ArchivePipeline(
                workload,
                archive,
                publications,
                new AeronTable(table, subscription, Waiting.strategy(busyThreads), ticks -> {}));
    }

    /** The counter that tells how far a publication is recorded. */
    private int recording(ExclusivePublication publication) {
        CountersReader counters = counters();
        int[] counter = {CountersReader.NULL_COUNTER_ID};
        Waiting.until(
                NAME,
                1,
                () -> {
                    counter[0] = RecordingPos.findCounterIdBySession(
                            counters, publication.sessionId(), archive.control().archiveId());
                    return counter[0] == CountersReader.NULL_COUNTER_ID ? 0 : 1;
                },
                () -> null);
        return counter[0];
    }

    private CountersReader counters() {
        return archive.aeron().client().countersReader();
    }

    @Override
    public Inlet inlet(int producer) {
        return AeronTable.inlet(
                publications.get(producer), workload.sets().get(producer), workload.producers() + busyThreads());
    }

    @Override
    public void awaitThrough(long ticks) {
        table.awaitThrough(NAME, ticks);
        recordedBytes = 0;
        for (int i = 0; i < publications.size(); i++) {
            long published = publications.get(i).position();
            int counter = recordings.get(i);
            Waiting.until(NAME, published, () -> counters().getCounterValue(counter), this::failure);
            recordedBytes += published;
        }
    }

    @Override
    public Throwable failure() {
        return table.failure();
    }

    @Override
    public TableRows rows() {
        return table.rows();
    }

    /** The subscriber and the archive's one thread. */
    @Override
    public int busyThreads() {
        return 2;
    }

    @Override
    public long journalBytes() {
        return recordedBytes;
    }

    @Override
    public void close() throws IOException {
        try (archive) {
            table.close();
        }
    }
}
