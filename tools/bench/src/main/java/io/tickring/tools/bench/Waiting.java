package io.tickring.tools.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** How threads wait in a bench: those of a peer as Tickring's do on the same machine, and the bench itself for a peer. */
final class Waiting {
    /** Seldom enough that who looks takes no part of a core, and often enough for a run of a second. */
    private static final long LOOK_NS = 1_000_000;

    private static final long STALL_NS = TimeUnit.SECONDS.toNanos(30);

    private Waiting() {}

    /** Whether so many busy threads leave a core free: then they may spin, else they must yield to one another. */
    static boolean maySpin(int busyThreads) {
        return busyThreads < Runtime.getRuntime().availableProcessors();
    }

    static IdleStrategy strategy(int busyThreads) {
        return maySpin(busyThreads) ? new BusySpinIdleStrategy() : new YieldingIdleStrategy();
    }

    /** Returns when {@code progress} has come to {@code expected}; throws when it failed, went beyond, or has not moved for 30 s. */
    static void until(String peer, long expected, LongSupplier progress, Supplier<Throwable> failure) {
        long last = -1;
        long movedNs = System.nanoTime();
        while (true) {
            long now = progress.getAsLong();
            if (now == expected) {
                return;
            }
            Throwable cause = failure.get();
            if (cause != null || now > expected || System.nanoTime() - movedNs > STALL_NS) {
                throw new BenchException("peer=" + peer + " ticks=" + now + " expected=" + expected
                        + (cause == null ? ": they do not come" : ": " + cause));
            }
            if (now != last) {
                last = now;
                movedNs = System.nanoTime();
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }
}
