package io.tickring.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits on a condition with a deadline. */
public final class Await {
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(30);

    private Await() {}

    public static void until(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not within 30 s: " + what);
            }
            LockSupport.parkNanos(200_000);
        }
    }
}
