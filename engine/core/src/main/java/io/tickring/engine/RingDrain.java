package io.tickring.engine;

import io.tickring.engine.ring.TickProcessor;
import io.tickring.engine.ring.TickRing;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits until a closed ring is empty, or nothing moves in it any more. */
final class RingDrain {
    /** Told where it stands and what holds it up. */
    @FunctionalInterface
    interface StallListener {
        void onStall(long sequence, String heldUpBy);
    }

    private static final long STALL_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private RingDrain() {}

    /** Waits until all processors are done with everything claimed; gives up, false, when nothing moves for long and names it. */
    static boolean await(TickRing ring, List<TickProcessor> processors, StallListener stalls) {
        long stalledSinceNs = System.nanoTime();
        long lastDone = -1;
        for (long done = doneSequence(processors); done < ring.lastClaimedSequence(); done = doneSequence(processors)) {
            if (done != lastDone) {
                lastDone = done;
                stalledSinceNs = System.nanoTime();
            } else if (System.nanoTime() - stalledSinceNs > STALL_NS) {
                stalls.onStall(done + 1, whatHoldsUp(processors, done + 1));
                return false;
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return true;
    }

    /** Every record up to this sequence is through all processors. */
    static long doneSequence(List<TickProcessor> processors) {
        return processors.stream().mapToLong(TickProcessor::doneSequence).min().orElseThrow();
    }

    private static String whatHoldsUp(List<TickProcessor> processors, long sequence) {
        return processors.stream()
                .filter(processor -> processor.doneSequence() < sequence && processor.currentStage() != null)
                .map(processor -> "stage=" + processor.currentStage() + " is stuck at sequence=" + sequence
                        + "; what lies behind it did not reach it")
                .findFirst()
                .orElse("sequence=" + sequence
                        + " is claimed and was never committed; what lies behind it is not applied");
    }
}
