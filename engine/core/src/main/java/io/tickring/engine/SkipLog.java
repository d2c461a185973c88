package io.tickring.engine;

import io.tickring.engine.ring.TickSkipper;
import java.util.HashMap;
import java.util.Map;
import org.agrona.ErrorHandler;

/**
 * The ticks that one stage skips, in the error log: the first that it threw at in each place, and how many more there were. Used by
 * the stage's thread alone.
 *
 * <p>Design note: messages often name a tick, so the log cannot tell one fault from another by them, and a log that one fault has
 * filled has no room for the next. Hence a fault is a class and the place it came from, and there is an end to their number.
 */
final class SkipLog implements TickSkipper.Listener {
    static final int MAX_FAULTS = 16;

    /** A fault; {@code place} is null where the JVM leaves the trace out. */
    private record Fault(Class<?> type, StackTraceElement place) {
        private static final Fault FURTHER = new Fault(null, null);

        static Fault of(Throwable cause) {
            StackTraceElement[] trace = cause.getStackTrace();
            return new Fault(cause.getClass(), trace.length == 0 ? null : trace[0]);
        }
    }

    private final ErrorHandler errors;
    private final Map<Fault, RunFailure> known = new HashMap<>();

    SkipLog(ErrorHandler errors) {
        this.errors = errors;
    }

    @Override
    public void onSkip(String stage, long sequence, Throwable cause) {
        Fault fault = Fault.of(cause);
        if (!known.containsKey(fault) && known.size() >= MAX_FAULTS) {
            fault = Fault.FURTHER;
        }
        errors.onError(known.computeIfAbsent(fault, any -> first(stage, sequence, cause)));
    }

    private static RunFailure first(String stage, long sequence, Throwable cause) {
        return new RunFailure("stage=" + stage + " skipped sequence=" + sequence, cause);
    }
}
