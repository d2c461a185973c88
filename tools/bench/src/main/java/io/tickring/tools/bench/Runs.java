package io.tickring.tools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs of a bench, each in an empty folder that is deleted behind it, and behind a rest.
 *
 * <p>Design note: what a run frees is not gone with it. A Linux guest gives freed memory back to its hypervisor two seconds later, and
 * a virtual core stands still for milliseconds while it does. Without a rest that is counted against whoever comes next in the round,
 * in every round.
 */
final class Runs {
    private final Path folder;
    private final long restNs;

    /** What is done in an empty folder. */
    @FunctionalInterface
    interface Work<R> {
        R in(Path empty) throws IOException;
    }

    /** @param restSeconds how long nothing is done before each run */
    Runs(Path folder, double restSeconds) {
        this.folder = folder;
        this.restNs = Math.round(restSeconds * TimeUnit.SECONDS.toNanos(1));
    }

    /** Rests, then does {@code work}. */
    <R> R run(Work<R> work) throws IOException {
        Path fresh = Files.createTempDirectory(folder, "round-");
        try {
            System.gc();
            rest();
            return work.in(fresh);
        } finally {
            WorkFolder.delete(fresh);
        }
    }

    private void rest() {
        long startNs = System.nanoTime();
        for (long leftNs = restNs; leftNs > 0; leftNs = startNs + restNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }
}
