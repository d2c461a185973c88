package io.tickring.engine.snapshot;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Keeps the newest snapshots of one journal: a {@link SnapshotFolder}, or what stands in for one. One writer at a time. */
public interface SnapshotStore {
    /** Keeps {@code snapshot} through a power cut, and lets the oldest go. */
    void store(Snapshot snapshot) throws IOException;

    /**
     * The newest snapshot of {@code journalId} that proves itself and lies not behind {@code lastSequence}; null where there is none.
     *
     * @param faults answers why a snapshot that proves itself cannot be used, null when it can
     * @param refusals told, in one line each, why a newer one was passed over
     */
    Snapshot newest(long journalId, long lastSequence, Function<Snapshot, String> faults, Consumer<String> refusals)
            throws IOException;
}
