package io.tickring.engine;

import io.tickring.engine.journaling.EngineJournal;
import io.tickring.engine.status.StateReason;

/** Why the engine halts, told from what was thrown and where. */
final class HaltReason {
    private static final int MAX_CAUSES = 16;

    private HaltReason() {}

    /** Allocates nothing. */
    static boolean isOutOfMemory(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
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
