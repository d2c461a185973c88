package io.tickring.tools.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A peer of ingest: producers publish a workload into a pipeline; the clock runs until the last tick is through, and then the table is checked. */
record IngestPeer(PipelineKind kind, Workload workload) implements Peer {
    @Override
    public String name() {
        return kind.name();
    }

    @Override
    public PeerRun run(Path folder) throws IOException {
        long ticks;
        Lap lap;
        int busyThreads;
        Pipeline pipeline = kind.opener().open(folder, workload);
        try (pipeline;
                Producers producers = new Producers(workload, pipeline)) {
            RunClock clock = RunClock.start();
            producers.begin();
            long[] published = producers.await(name());
            ticks = Arrays.stream(published).sum();
            pipeline.awaitThrough(ticks);
            lap = clock.stop();
            busyThreads = workload.producers() + pipeline.busyThreads();
            ExpectedTable.of(workload).require(name(), published, pipeline.rows());
        }
        long diskBytes = kind.journals() ? DiskPressure.allocatedBytes(folder.resolve(kind.journal())) : 0;
        return new PeerRun(
                ticks,
                lap,
                busyThreads,
                pipeline.journalBytes(),
                diskBytes,
                workload.ticksPerSecond(),
                workload.isTimed() && ticks == workload.ticks());
    }
}
