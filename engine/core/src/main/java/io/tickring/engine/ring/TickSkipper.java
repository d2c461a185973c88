package io.tickring.engine.ring;

/**
 * Turns a tick at which a handler throws into a SKIP, in its slot. Stages that have one come before all that are not to apply what
 * is skipped; called on the stage's thread.
 */
public final class TickSkipper {
    /** Told of a tick before it is skipped, on the stage's thread; its own throw halts the engine in place of the skip. */
    @FunctionalInterface
    public interface Listener {
        void onSkip(String stage, long sequence, Throwable cause);
    }

    private final TickRing ring;
    private final Listener listener;

    public TickSkipper(TickRing ring, Listener listener) {
        this.ring = ring;
        this.listener = listener;
    }

    /**
     * Skips the record that {@code stage} threw at, if it is a tick and the JVM itself is well.
     *
     * @return null when it is skipped, else what the stage is to fail with
     */
    Throwable skip(String stage, long sequence, Throwable cause) {
        try {
            if (!ring.isTick(sequence) || Causes.include(cause, VirtualMachineError.class)) {
                return cause;
            }
            listener.onSkip(stage, sequence, cause);
            ring.skip(sequence);
            return null;
        } catch (Throwable worse) {
            return worse;
        }
    }
}
