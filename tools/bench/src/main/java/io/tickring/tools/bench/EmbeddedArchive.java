package io.tickring.tools.bench;

import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.CloseHelper;

/** Aeron's media driver and Archive in this process, the archive on one thread, nothing forced and no checksum; its folder stays at the end. */
final class EmbeddedArchive implements AutoCloseable {
    static final String FOLDER = "archive";

    private final EmbeddedAeron aeron;
    private final Archive archive;
    private final AeronArchive control;

    private EmbeddedArchive(EmbeddedAeron aeron, Archive archive, AeronArchive control) {
        this.aeron = aeron;
        this.archive = archive;
        this.control = control;
    }

    /**
     * @param folder in which the archive's own lies, or will
     * @param busyThreads of the run, which decide how the archive waits
     */
    static EmbeddedArchive launch(Path folder, int busyThreads) throws IOException {
        EmbeddedAeron aeron = EmbeddedAeron.launch(folder);
        Archive archive = null;
        try {
            archive = Archive.launch(new Archive.Context()
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
            return new EmbeddedArchive(aeron, archive, control);
        } catch (RuntimeException e) {
            try (aeron) {
                CloseHelper.close(archive);
            }
            throw e;
        }
    }

    EmbeddedAeron aeron() {
        return aeron;
    }

    AeronArchive control() {
        return control;
    }

    @Override
    public void close() throws IOException {
        try (aeron) {
            CloseHelper.closeAll(control, archive);
        }
    }
}
