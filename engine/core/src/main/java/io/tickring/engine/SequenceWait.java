package io.tickring.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.status.AtomicCounter;

/** Waits until a counter of sequences has come so far. */
final class SequenceWait {
    private static final long STEP_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private SequenceWait() {}

    /**
     * Answers whether {@code reached} is at {@code sequence} before the time is over, or {@code ended}; runs {@code hurry} before each
     * step of waiting.
     */
    static boolean await(AtomicCounter reached, long sequence, long timeoutNs, BooleanSupplier ended, Runnable hurry)
            throws InterruptedException {
        long startNs = System.nanoTime();
        while (reached.get() < sequence) {
            if (ended.getAsBoolean() || System.nanoTime() - startNs >= timeoutNs) {
                return reached.get() >= sequence;
            }
            hurry.run();
            LockSupport.parkNanos(STEP_NS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }
}
