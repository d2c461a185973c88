package io.tickring.app;

import java.util.concurrent.CompletableFuture;

/**
 * How the process ends. The first SIGINT or SIGTERM asks the work to stop, waits until the main thread is done with it and ends
 * the process with its exit code; a second one ends it at once. Thread-safe.
 */
final class OrderlyEnd {
    private static final int SIGNALLED = 128;

    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

    /** From now on signals end the process so. */
    static OrderlyEnd onSignals() {
        OrderlyEnd end = new OrderlyEnd();
        Runtime.getRuntime().addShutdownHook(new Thread(end::onShutdown, "signal"));
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

    /** Ends the process. The main thread's last call. */
    void exit(int code) {
        exitCode.complete(code);
        System.exit(code);
    }

    private void onShutdown() {
        if (exitCode.isDone()) {
            return;
        }
        Signals.haltOn("INT", SIGNALLED + 2);
        Signals.haltOn("TERM", SIGNALLED + 15);
        ask();
        Runtime.getRuntime().halt(exitCode.join());
    }
}
