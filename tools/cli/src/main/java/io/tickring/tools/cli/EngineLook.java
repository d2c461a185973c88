package io.tickring.tools.cli;

import io.tickring.engine.status.StatusDescriptor;
import io.tickring.engine.status.StatusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Says, once each, that the engine of a folder has ended or gone, and that another has started, while something waits for it. */
final class EngineLook {
    private static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    private Object fileKey;
    private StatusReader status;
    private Boolean wasAlive;
    private long lookedNs;

    EngineLook(LiveOption live) {
        this.file = live.folder().resolve(StatusDescriptor.FILE_NAME);
        this.lookedNs = System.nanoTime() - PERIOD_NS;
    }

    /** Looks now and then; a folder without an engine's status says nothing. */
    void look(Console console) throws IOException {
        long nowNs = System.nanoTime();
        if (nowNs - lookedNs < PERIOD_NS || Files.notExists(file)) {
            return;
        }
        lookedNs = nowNs;
        boolean isOther = mapIfOther();
        StatusSample sample = StatusSample.take(status, System.currentTimeMillis());
        if (sample.isAlive() && wasAlive != null && (isOther || !wasAlive)) {
            console.say("tickring: an engine (pid " + sample.pid() + ") has started");
        } else if (!sample.isAlive() && (isOther || wasAlive == null || wasAlive)) {
            console.say("tickring: " + StatusText.end(sample) + "; waiting for the next start");
        }
        wasAlive = sample.isAlive();
    }

    /** A mapping is let go with the garbage alone: one for each start. */
    private boolean mapIfOther() throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        boolean isOther = status == null || !Objects.equals(key, fileKey);
        if (isOther) {
            status = StatusReader.map(file.toAbsolutePath().getParent());
            fileKey = key;
        }
        return isOther;
    }
}
