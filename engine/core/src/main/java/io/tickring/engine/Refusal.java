package io.tickring.engine;

import io.tickring.engine.journaling.EngineJournal;
import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StateReason;
import io.tickring.engine.status.StatusWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.CloseHelper;

/** A start that is refused for what lies in the folder, shown in the status file to whoever looks there and not at the process. */
final class Refusal {
    private Refusal() {}

    /** Puts a status file of an engine that halted at once in place of the last run's, where the live folder can be written. */
    static void show(EngineContext context, StateReason reason, Exception cause) {
        Path live = context.liveDirectory();
        if (live == null || !Files.isDirectory(live)) {
            return;
        }
        AutoCloseable lock = null;
        try {
            lock = EngineJournal.lock(live);
            StatusWriter status = StatusWriter.build(live, context.epochClock());
            status.onError(cause);
            status.state(EngineState.HALTED, reason);
            status.show(context.epochClock().time(), 0);
        } catch (IOException | RuntimeException nowhereToShowIt) {
            cause.addSuppressed(nowhereToShowIt);
        } finally {
            CloseHelper.quietClose(lock);
        }
    }
}
