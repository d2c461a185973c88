package io.tickring.engine;

import io.tickring.engine.ring.TickProcessor;
import io.tickring.engine.status.StateReason;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds the stage that has records in hand and does not come back with them, and tells the engine's health. Time in which the
 * supervisor itself did not run, as when the whole process was stopped, does not count. The supervisor's.
 */
final class StallWatch {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long MOST_ELAPSED_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** What a processor was at when it was last looked at, and for how long. */
    private static final class Look {
        private long doneSequence;
        private String stage;
        private long heldNs;
        private boolean stalled;
    }

    private final List<TickProcessor> processors;
    private final Look[] looks;
    private final EngineHealth health;
    private long lastNs = System.nanoTime();
    private boolean anyStalled;

    StallWatch(List<TickProcessor> processors, EngineHealth health) {
        this.processors = List.copyOf(processors);
        this.looks = new Look[processors.size()];
        for (int i = 0; i < looks.length; i++) {
            looks[i] = new Look();
        }
        this.health = health;
    }

    /** Looks once; to be called several times a second with {@link System#nanoTime}. */
    void look(long nowNs) {
        long elapsedNs = Math.min(nowNs - lastNs, MOST_ELAPSED_NS);
        lastNs = nowNs;
        boolean any = false;
        for (int i = 0; i < looks.length; i++) {
            any |= isStalled(processors.get(i), looks[i], elapsedNs);
        }
        if (anyStalled && !any) {
            health.recover(StateReason.STALLED);
        }
        anyStalled = any;
    }

    private boolean isStalled(TickProcessor processor, Look look, long elapsedNs) {
        String stage = processor.currentStage();
        long done = processor.doneSequence();
        boolean moved = stage == null || !stage.equals(look.stage) || done != look.doneSequence;
        look.stage = stage;
        look.doneSequence = done;
        look.heldNs = moved ? 0 : look.heldNs + elapsedNs;
        boolean begins = !look.stalled && look.heldNs >= LIMIT_NS;
        look.stalled = look.heldNs >= LIMIT_NS;
        if (begins) {
            health.degrade(
                    StateReason.STALLED,
                    "stage=" + stage + " has made no progress for a second; what is claimed waits for it in the ring");
        }
        return look.stalled;
    }
}
