package io.tickring.tools.bench;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.status.RecordingPos;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.CloseHelper;
import org.agrona.concurrent.status.CountersReader;

/** Aeron IPC as in {@link AeronPipeline}, and Aeron Archive in this process that records it; through is what is recorded too. */
final class ArchivePipeline implements Pipeline {
    static final String FOLDER = "archive";

    private static final String NAME = "Aeron Archive";

    private final Workload workload;
    private final EmbeddedAeron aeron;
    private final Archive archive;
    private final AeronArchive control;
    private final List<ExclusivePublication> publications;
    private final List<Integer> recordings;
    private final AeronTable table;
    private long recordedBytes;

    private ArchivePipeline(
            Workload workload,
            EmbeddedAeron aeron,
            Archive archive,
            AeronArchive control,
            List<ExclusivePublication> publications,
            AeronTable table) {
        this.workload = workload;
        this.aeron = aeron;
        this.archive = archive;
        this.control = control;
        this.publications = publications;
        this.table = table;
        this.recordings = publications.stream().map(this::recording).toList();
    }

    static Pipeline open(Path folder, Workload workload) throws IOException {
        PeerTable table = PeerTable.map(folder);
        table.define();
        EmbeddedAeron aeron = EmbeddedAeron.launch(folder);
        int busyThreads = workload.producers() + 2;
        Archive archive = Archive.launch(new Archive.Context()
                .aeronDirectoryName(aeron.directory())
                .archiveDir(folder.resolve(FOLDER).toFile())
                .controlChannelEnabled(false)
                .localControlChannel(EmbeddedAeron.channel())
                .archiveClientContext(new AeronArchive.Context().controlResponseChannel(EmbeddedAeron.channel()))
                .replicationChannel("aeron:udp?endpoint=localhost:0")
                .recordingEventsEnabled(false)
                .threadingMode(ArchiveThreadingMode.SHARED)
                .idleStrategySupplier(() -> Waiting.strategy(busyThreads))
                .fileSyncLevel(0)
                .catalogFileSyncLevel(0));
        AeronArchive control = AeronArchive.connect(new AeronArchive.Context()
                .aeron(aeron.client())
                .controlRequestChannel(EmbeddedAeron.channel())
                .controlRequestStreamId(archive.context().localControlStreamId())
                .controlResponseChannel(EmbeddedAeron.channel()));
        Subscription subscription = aeron.client().addSubscription(EmbeddedAeron.channel(), AeronTable.STREAM);
        List<ExclusivePublication> publications = IntStream.range(0, workload.producers())
                .mapToObj(
                        producer -> control.addRecordedExclusivePublication(EmbeddedAeron.channel(), AeronTable.STREAM))
                .toList();
        Waiting.until(NAME, publications.size(), subscription::imageCount, () -> null);
        return new ArchivePipeline(
                workload,
                aeron,
                archive,
                control,
                publications,
                new AeronTable(table, subscription, Waiting.strategy(busyThreads), ticks -> {}));
    }

    /** The counter that tells how far a publication is recorded. */
    private int recording(ExclusivePublication publication) {
        CountersReader counters = aeron.client().countersReader();
        int[] counter = {CountersReader.NULL_COUNTER_ID};
        Waiting.until(
                NAME,
                1,
                () -> {
                    counter[0] =
                            RecordingPos.findCounterIdBySession(counters, publication.sessionId(), control.archiveId());
                    return counter[0] == CountersReader.NULL_COUNTER_ID ? 0 : 1;
                },
                () -> null);
        return counter[0];
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
            Waiting.until(
                    NAME, published, () -> aeron.client().countersReader().getCounterValue(counter), this::failure);
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
        try (aeron) {
            table.close();
            CloseHelper.closeAll(control, archive);
        }
    }
}
