package io.tickring.engine;

import io.tickring.engine.journaling.EngineJournal;
import io.tickring.engine.journaling.GapCause;
import io.tickring.engine.journaling.JournalPause;
import io.tickring.engine.journaling.JournalStorage;
import io.tickring.engine.status.StateReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * Watches what the journal stands on. Halts the engine when its files are no longer where they were. Lets the journal pause before
 * the disk is full, for a full disk is a signal that kills in the middle of a write, and go on when there is room again. The engine
 * serves on meanwhile, degraded. The supervisor's.
 */
final class DiskWatch {
    private static final int HYSTERESIS_SHIFT = 3;

    private final JournalStorage storage;
    private final long watermarkBytes;
    private final EngineJournal journal;
    private final JournalPause pause;
    private final Consumer<RuntimeException> failures;
    private final EngineHealth health;
    private boolean isLow;
    private boolean isGone;

    /**
     * @param watermarkBytes of free space, below which the journal pauses; 0 for never
     * @param failures told once that the journal is no longer there
     */
    DiskWatch(
            JournalStorage storage,
            long watermarkBytes,
            EngineJournal journal,
            JournalPause pause,
            EngineHealth health,
            Consumer<RuntimeException> failures) {
        this.storage = storage;
        this.watermarkBytes = watermarkBytes;
        this.journal = journal;
        this.pause = pause;
        this.health = health;
        this.failures = failures;
    }

    /** Looks once; to be called each second. */
    void look() {
        if (isGone) {
            return;
        }
        try {
            journal.requirePresent();
            if (watermarkBytes > 0) {
                see(storage.usableBytes());
            }
        } catch (IOException | RuntimeException e) {
            isGone = true;
            failures.accept(e instanceof RuntimeException known ? known : new UncheckedIOException((IOException) e));
        }
    }

    private void see(long freeBytes) {
        long enoughBytes = watermarkBytes + (watermarkBytes >> HYSTERESIS_SHIFT);
        if (!isLow && freeBytes < watermarkBytes) {
            isLow = true;
            pause.begin(GapCause.DISK_LOW);
            health.degrade(
                    StateReason.DISK_LOW,
                    "folder=" + storage + " freeBytes=" + freeBytes + " watermarkBytes=" + watermarkBytes
                            + ": nothing is journaled until there are " + enoughBytes + " free");
        } else if (isLow && freeBytes >= enoughBytes) {
            pause.end();
            if (!pause.isOn()) {
                isLow = false;
                health.recover(StateReason.DISK_LOW);
            }
        } else if (isLow) {
            pause.begin(GapCause.DISK_LOW);
        }
    }
}
