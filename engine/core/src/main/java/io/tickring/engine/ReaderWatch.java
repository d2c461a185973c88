package io.tickring.engine;

import io.tickring.engine.status.StatusWriter;
import io.tickring.engine.subscription.ReaderState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.status.AtomicCounter;

/** Names the subscribers outside this process that run and do not read. They hold nobody: that is all. The supervisor's. */
final class ReaderWatch {
    private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(1);

    private final Path data;
    private final long limitMs;
    private final EpochClock clock;
    private final StatusWriter status;
    private final AtomicCounter silent;
    private final Set<String> named = new HashSet<>();
    private long nextLookNs;
    private boolean hasLooked;

    /** @param data null where nobody outside can read */
    ReaderWatch(Path data, long limitMs, EpochClock clock, StatusWriter status) {
        this.data = data;
        this.limitMs = limitMs;
        this.clock = clock;
        this.status = status;
        this.silent = data == null ? null : status.newGauge("readers silent");
    }

    void look(long nowNs) {
        if (data == null || hasLooked && nowNs - nextLookNs < 0) {
            return;
        }
        hasLooked = true;
        nextLookNs = nowNs + LOOK_NS;
        try {
            name(ReaderState.of(data));
        } catch (IOException e) {
            status.onError(e);
        }
    }

    private void name(List<ReaderState> readers) {
        int count = 0;
        for (ReaderState reader : readers) {
            if (reader.isAlive() && clock.time() - reader.polledEpochMs() > limitMs) {
                count++;
                if (named.add(reader.name())) {
                    status.onError(
                            new Notice("reader=" + reader.name() + " pid=" + reader.pid() + " has read nothing for "
                                    + limitMs + " ms, its next sequence is " + reader.nextSequence()));
                }
            } else {
                named.remove(reader.name());
            }
        }
        silent.setRelease(count);
    }
}
