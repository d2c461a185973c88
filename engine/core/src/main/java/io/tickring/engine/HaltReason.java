package io.tickring.engine;

import io.tickring.engine.journaling.EngineJournal;
import io.tickring.engine.ring.Causes;
import io.tickring.engine.status.StateReason;

/** Why the engine halts, told from what was thrown and where. */
final class HaltReason {
    private HaltReason() {}

    /** Allocates nothing. */
    static boolean isOutOfMemory(Throwable failure) {
        return Causes.include(failure, OutOfMemoryError.class);
    }

    static StateReason of(String stage, Throwable cause) {
        if (EngineJournal.isForceFailure(cause)) {
            return StateReason.FSYNC;
        }
        if (EngineJournal.isGone(cause)) {
            return StateReason.JOURNAL_GONE;
        }
        return switch (stage) {
            case EngineParts.JOURNAL, EngineThreads.FORCE -> StateReason.JOURNAL_FAILED;
            case EngineThreads.DRAIN -> StateReason.STALLED;
            default -> StateReason.HANDLER_FAILED;
        };
    }
}
