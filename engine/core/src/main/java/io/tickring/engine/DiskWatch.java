package io.tickring.engine;

import io.tickring.engine.journaling.GapCause;
import io.tickring.engine.journaling.JournalPause;
import io.tickring.engine.status.StateReason;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.ErrorHandler;

/**
 * Lets the journal pause before the disk is full, for a full disk is a signal that kills in the middle of a write, and go on when there
 * is room again. The engine serves on meanwhile, degraded. The supervisor's.
 */
final class DiskWatch {
    private static final int HYSTERESIS_SHIFT = 3;

    private final Path folder;
    private final long watermarkBytes;
    private final JournalPause pause;
    private final EngineHealth health;
    private final ErrorHandler errors;
    private boolean isLow;

    /** @param watermarkBytes of free space, below which the journal pauses; 0 for never */
    DiskWatch(Path folder, long watermarkBytes, JournalPause pause, EngineHealth health, ErrorHandler errors) {
        this.folder = folder;
        this.watermarkBytes = watermarkBytes;
        this.pause = pause;
        this.health = health;
        this.errors = errors;
    }

    /** Looks once; to be called each second. */
    void look() {
        if (watermarkBytes == 0) {
            return;
        }
        try {
            FileStore store = Files.getFileStore(folder);
            see(store.getUsableSpace());
        } catch (IOException e) {
            errors.onError(e);
        }
    }

    private void see(long freeBytes) {
        long enoughBytes = watermarkBytes + (watermarkBytes >> HYSTERESIS_SHIFT);
        if (!isLow && freeBytes < watermarkBytes) {
            isLow = true;
            pause.begin(GapCause.DISK_LOW);
            health.degrade(
                    StateReason.DISK_LOW,
                    "folder=" + folder + " freeBytes=" + freeBytes + " watermarkBytes=" + watermarkBytes
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
