package io.tickring.engine;

import io.tickring.engine.status.EngineState;
import io.tickring.engine.status.StateReason;
import io.tickring.engine.status.StatusWriter;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The engine's state and the reason for it, shown in the status file. Running, degraded while at least one reason holds (the one
 * that came first is shown), and halted for good: nothing follows a halt. Thread-safe; off the path.
 */
final class EngineHealth {
    private final StatusWriter status;
    private final Consumer<StateReason> degraded;
    private final Set<StateReason> holding = new LinkedHashSet<>();
    private EngineState state = EngineState.STARTING;
    private StateReason reason;

    /** @param degraded told of each reason that begins to hold, on the thread that found it */
    EngineHealth(StatusWriter status, Consumer<StateReason> degraded) {
        this.status = status;
        this.degraded = degraded;
    }

    /** The engine is ready. */
    synchronized void running() {
        if (state == EngineState.STARTING) {
            state = EngineState.RUNNING;
            showHolding();
        }
    }

    /**
     * Something is wrong that may go away: {@code reason} holds from now on until it is recovered. To be called when it begins;
     * {@code text} says more in the error log, at each call.
     */
    void degrade(StateReason reason, String text) {
        status.onError(new Notice(reason + ": " + text));
        boolean begins;
        synchronized (this) {
            begins = holding.add(reason);
            showHolding();
        }
        if (begins) {
            degraded.accept(reason);
        }
    }

    /** {@code reason} has gone away; the engine runs again when no other holds. Idempotent. */
    synchronized void recover(StateReason reason) {
        holding.remove(reason);
        showHolding();
    }

    /** The end, at once to be seen; the first reason stands. {@code text} goes to the error log, null where it is there already. */
    void halt(StateReason reason, String text) {
        halt(reason);
        if (text != null) {
            status.onError(new Notice(reason + ": " + text));
        }
    }

    /** As {@link #halt(StateReason, String)} without a text. Allocates nothing. */
    synchronized void halt(StateReason reason) {
        if (!isHalted()) {
            show(EngineState.HALTED, reason);
        }
    }

    /** An orderly end has begun. */
    synchronized void stopping() {
        if (!isHalted()) {
            show(EngineState.STOPPING, null);
        }
    }

    /** An orderly end is over; {@code missing} says why something that was accepted is not kept, null where all is. */
    synchronized void ended(StateReason missing) {
        if (!isHalted()) {
            show(missing == null ? EngineState.STOPPED : EngineState.HALTED, missing);
        }
    }

    synchronized EngineState state() {
        return state;
    }

    /** Why it is degraded or halted; else null. */
    synchronized StateReason reason() {
        return reason;
    }

    synchronized boolean isHalted() {
        return state == EngineState.HALTED;
    }

    private void showHolding() {
        if (state.isServing()) {
            StateReason first = holding.isEmpty() ? null : holding.iterator().next();
            EngineState next = first == null ? EngineState.RUNNING : EngineState.DEGRADED;
            if (next != state || first != reason || first == null) {
                show(next, first);
            }
        }
    }

    private void show(EngineState next, StateReason why) {
        state = next;
        reason = why;
        status.state(next, why);
    }
}
