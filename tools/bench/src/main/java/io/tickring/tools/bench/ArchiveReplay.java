package io.tickring.tools.bench;

import io.aeron.Subscription;
import io.aeron.archive.client.AeronArchive;
import io.aeron.logbuffer.FragmentHandler;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.IdleStrategy;

/**
 * Aeron Archive that replays a recording of one message a tick over IPC, and a subscriber that applies each to the same table. The clock
 * runs from the request for the replay until the last tick is in the table.
 */
final class ArchiveReplay implements Peer {
    private static final int REPLAY_STREAM = AeronTable.STREAM + 1;
    private static final int MOST_AT_ONCE = 256;
    /** The subscriber, and the archive's one thread. */
    private static final int BUSY_THREADS = 2;

    private static final long STALL_NS = 30_000_000_000L;

    private final String name;
    private final Workload workload;
    private Path recorded;

    ArchiveReplay(String name, Workload workload) {
        this.name = name;
        this.workload = workload;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare(Path folder) throws IOException {
        recorded = folder;
        new IngestPeer(PipelineKind.ARCHIVE, workload).run(folder);
    }

    @Override
    public PeerRun run(Path folder) throws IOException {
        PeerTable table = PeerTable.inMemory();
        table.define();
        Lap lap;
        try (EmbeddedArchive archive = EmbeddedArchive.launch(recorded, BUSY_THREADS)) {
            long recording = recording(archive.control());
            RunClock clock = RunClock.start();
            try (Subscription replay = archive.control()
                    .replay(
                            recording,
                            AeronArchive.NULL_POSITION,
                            AeronArchive.NULL_LENGTH,
                            EmbeddedAeron.channel(),
                            REPLAY_STREAM)) {
                apply(replay, table);
                lap = clock.stop();
            }
        }
        ExpectedTable.of(workload).require(name, new long[] {workload.ticks()}, TableRows.of(table.reader()));
        return PeerRun.unjournaled(workload.ticks(), lap, BUSY_THREADS);
    }

    private void apply(Subscription replay, PeerTable table) {
        FragmentHandler take = (buffer, offset, length, header) -> table.apply(buffer, offset);
        IdleStrategy idle = Waiting.strategy(BUSY_THREADS);
        long movedNs = System.nanoTime();
        while (table.shown() < workload.ticks()) {
            int taken = replay.poll(take, MOST_AT_ONCE);
            if (taken > 0) {
                table.show();
                movedNs = 0;
            } else if (movedNs == 0) {
                movedNs = System.nanoTime();
            } else if (System.nanoTime() - movedNs > STALL_NS) {
                throw new BenchException("peer=" + name + " ticks=" + table.shown() + " expected=" + workload.ticks()
                        + ": they do not come");
            }
            idle.idle(taken);
        }
    }

    private long recording(AeronArchive control) {
        long[] found = {AeronArchive.NULL_POSITION};
        int count = control.listRecordings(
                0,
                2,
                (session,
                        correlation,
                        id,
                        startTime,
                        stopTime,
                        start,
                        stop,
                        term,
                        segment,
                        termLength,
                        mtu,
                        sessionId,
                        stream,
                        channel,
                        original,
                        source) -> found[0] = id);
        if (count != 1) {
            throw new BenchException("peer=" + name + " recordings=" + count + ": there must be one");
        }
        return found[0];
    }
}
