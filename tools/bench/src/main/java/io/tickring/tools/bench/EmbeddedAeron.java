package io.tickring.tools.bench;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * Aeron's media driver in this process, its folder fresh, in memory where the system has a place for that, and deleted at the end.
 * Over IPC it carries no message: its one thread only moves the publishers' limits, and backs off in between.
 */
final class EmbeddedAeron implements AutoCloseable {
    private static final Path MEMORY = Path.of("/dev/shm");
    /** Large enough that a term's change does not count, small enough to stay near the cores. */
    private static final int TERM_BYTES = 16 << 20;

    private final WorkFolder folder;
    private final MediaDriver driver;
    private final Aeron client;

    private EmbeddedAeron(WorkFolder folder, MediaDriver driver, Aeron client) {
        this.folder = folder;
        this.driver = driver;
        this.client = client;
    }

    /** @param fallback where its folder lies if memory cannot be had */
    static EmbeddedAeron launch(Path fallback) throws IOException {
        WorkFolder folder = WorkFolder.create(Files.isWritable(MEMORY) ? MEMORY : fallback);
        String name = folder.path().resolve("aeron").toString();
        MediaDriver driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(name)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new BackoffIdleStrategy())
                .ipcTermBufferLength(TERM_BYTES)
                .termBufferSparseFile(false)
                .dirDeleteOnStart(true)
                .warnIfDirectoryExists(false));
        return new EmbeddedAeron(folder, driver, Aeron.connect(new Aeron.Context().aeronDirectoryName(name)));
    }

    static String channel() {
        return CommonContext.IPC_CHANNEL;
    }

    Aeron client() {
        return client;
    }

    String directory() {
        return client.context().aeronDirectoryName();
    }

    @Override
    public void close() throws IOException {
        CloseHelper.closeAll(client, driver);
        folder.close();
    }
}
