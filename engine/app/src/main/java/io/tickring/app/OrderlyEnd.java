package io.tickring.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How the process ends. The first SIGINT or SIGTERM asks the work to stop, and the main thread exits when it is done;
 * another one, half a second later or more, ends the process at once: within that time it is the same end, told to the process and to its
 * group. SIGHUP asks too, as often as it comes. Thread-safe.
 *
 * <p>Design note: signals are taken as such and not by a shutdown hook. A JVM on its way down takes no more hooks,
 * and Chronicle, which registers one when it is first used, fails under a signal that comes while the engine starts;
 * later its own hook would let go resources that the engine still drains into.
 */
final class OrderlyEnd {
    private static final int SIGNALLED = 128;
    private static final long SAME_END_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private volatile Runnable beforeHalt = () -> {};
    private volatile long askedNs;

    /** From now on signals end the process so. */
    static OrderlyEnd onSignals() {
        OrderlyEnd end = new OrderlyEnd();
        Signals.handle("INT", end::onSignal);
        Signals.handle("TERM", end::onSignal);
        // Not to be counted: a terminal that closes sends it by the shell and by the kernel.
        Signals.handle("HUP", number -> end.ask());
        return end;
    }

    /** What the first signal does. */
    void ask() {
        asked.complete(null);
    }

    /** Whether a signal has come. */
    boolean isAsked() {
        return asked.isDone();
    }

    /** What a signal does, once; at once when it has come already. */
    void whenAsked(Runnable stop) {
        asked.thenRun(stop);
    }

    /** What a second signal does before it ends the process; short, it holds the end up. */
    void beforeHalt(Runnable last) {
        beforeHalt = last;
    }

    private void onSignal(int number) {
        long nowNs = System.nanoTime();
        if (!isAsked()) {
            askedNs = nowNs;
            ask();
        } else if (nowNs - askedNs >= SAME_END_NS) {
            beforeHalt.run();
            System.err.println("tickring: ended at once, as asked again; the next start finds what is journaled");
            Runtime.getRuntime().halt(SIGNALLED + number);
        }
    }
}
