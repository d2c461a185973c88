package io.tickring.engine;

import io.tickring.engine.journaling.EngineJournal;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StateReason;
import io.tickring.engine.status.StatusWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.agrona.CloseHelper;

/** A start that came to nothing, shown in the status file to whoever looks there and not at the process. One thread's. */
final class Refusal {
    private final EngineContext context;
    private StatusWriter shown;

    Refusal(EngineContext context) {
        this.context = context;
    }

    /** From now on the start itself can be seen, and so must its end. */
    void shown(StatusWriter status) {
        shown = status;
    }

    /**
     * Shows how the start ended. Where nothing of it can be seen yet, a status file of an engine that halted at once is put in place
     * of the last run's, but only for what lies in the folder and where that can be locked and written.
     */
    void show(Throwable cause) {
        if (shown != null) {
            end(shown, cause);
        } else if (reason(cause) != StateReason.START_FAILED) {
            replaceLastRun(cause);
        }
    }

    private static StateReason reason(Throwable cause) {
        if (EngineJournal.isDamage(cause)) {
            return StateReason.CORRUPT;
        }
        return cause instanceof CrashLoopException ? StateReason.CRASH_LOOP : StateReason.START_FAILED;
    }

    private static void end(StatusWriter status, Throwable cause) {
        if (cause instanceof CancellationException) {
            status.state(EngineState.STOPPED);
        } else {
            status.onError(cause);
            status.state(EngineState.HALTED, reason(cause));
        }
        status.heartbeat();
    }

    private void replaceLastRun(Throwable cause) {
        Path live = context.liveDirectory();
        if (live == null || !Files.isDirectory(live)) {
            return;
        }
        AutoCloseable lock = null;
        AutoCloseable unshown = null;
        try {
            lock = EngineJournal.lock(live);
            StatusWriter status = StatusWriter.build(live, context.epochClock());
            unshown = status::discard;
            end(status, cause);
            status.show(context.epochClock().time(), 0);
        } catch (IOException | RuntimeException nowhereToShowIt) {
            cause.addSuppressed(nowhereToShowIt);
        } finally {
            CloseHelper.quietCloseAll(unshown, lock);
        }
    }
}
