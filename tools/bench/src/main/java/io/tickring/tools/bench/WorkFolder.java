package io.tickring.tools.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The folder that a run of the bench works in and leaves nothing of: it is deleted at the end and when a signal ends the run. */
final class WorkFolder implements AutoCloseable {
    private static final String PREFIX =
            "tickring-bench-" + ProcessHandle.current().pid() + "-";
    private static final int SIGNAL_TRIES = 200;
    private static final long SIGNAL_HOLD_NS = 300_000_000;
    private static final long SIGNAL_PAUSE_NS = 20_000_000;
    private static final long MIN_FREE_BYTES = 1L << 30;
    private static final long MIN_FREE_DIVISOR = 20;

    private static volatile boolean ending;

    private final Path path;
    private final Thread atSignal = new Thread(this::deleteAtSignal, "bench-cleanup");

    private WorkFolder(Path path) {
        this.path = path;
    }

    /** A fresh folder in {@code parent}, or where the JVM keeps temporary files if that is null. */
    static WorkFolder create(Path parent) throws IOException {
        Path path = parent == null
                ? Files.createTempDirectory(PREFIX)
                : Files.createTempDirectory(Files.createDirectories(parent), PREFIX);
        WorkFolder folder = new WorkFolder(path);
        try {
            Runtime.getRuntime().addShutdownHook(folder.atSignal);
        } catch (IllegalStateException endingAlready) {
            delete(path);
            throw new BenchException("folder=" + path + " is not begun: the bench is being ended");
        }
        return folder;
    }

    /** Whether a signal ends the process: what fails now, fails for that. */
    static boolean isEnding() {
        return ending;
    }

    Path path() {
        return path;
    }

    /** What the disk has left for more, beside what an engine wants to keep free. */
    long roomBytes() throws IOException {
        FileStore store = Files.getFileStore(path);
        return store.getUsableSpace() - Math.max(MIN_FREE_BYTES, store.getTotalSpace() / MIN_FREE_DIVISOR);
    }

    /** Answers null if the disk has room for so much more; else what is missing, in a line. */
    String missing(long bytes) throws IOException {
        long room = roomBytes();
        return room >= bytes
                ? null
                : String.format(
                        "folder=%s roomMiB=%d neededMiB=%d: give fewer --ticks or --seconds, or a roomier --data",
                        path, room >> 20, bytes >> 20);
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atSignal);
        } catch (IllegalStateException endingAlready) {
            return;
        }
        delete(path);
    }

    /** Deletes a folder and all that lies in it. */
    static void delete(Path folder) throws IOException {
        List<Path> innermostFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            innermostFirst = all.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException gone) {
            return;
        }
        for (Path each : innermostFirst) {
            Files.deleteIfExists(each);
        }
    }

    /**
     * What is at work goes on making files until the process is gone: deletes until nothing comes back, and puts a file in the folder's
     * place for a while, under which none can be made.
     */
    private void deleteAtSignal() {
        ending = true;
        Exception last = null;
        for (int i = 0; i < SIGNAL_TRIES; i++) {
            try {
                delete(path);
                Files.createFile(path);
                LockSupport.parkNanos(SIGNAL_HOLD_NS);
                Files.delete(path);
                return;
            } catch (IOException | UncheckedIOException e) {
                last = e;
                LockSupport.parkNanos(SIGNAL_PAUSE_NS);
            }
        }
        System.err.println("folder=" + path + " could not be deleted: " + last);
    }
}
