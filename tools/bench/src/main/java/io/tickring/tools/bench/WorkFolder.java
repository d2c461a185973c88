package io.tickring.tools.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder that a run of the bench works in and leaves nothing of: it is deleted at the end and when a signal ends the run. */
final class WorkFolder implements AutoCloseable {
    private static final String PREFIX = "tickring-bench-";
    private static final long MIN_FREE_BYTES = 1L << 30;
    private static final long MIN_FREE_DIVISOR = 20;

    private final Path path;
    private final Thread atSignal = new Thread(this::deleteQuietly, "bench-cleanup");

    private WorkFolder(Path path) {
        this.path = path;
    }

    /** A fresh folder in {@code parent}, or where the JVM keeps temporary files if that is null. */
    static WorkFolder create(Path parent) throws IOException {
        Path path = parent == null
                ? Files.createTempDirectory(PREFIX)
                : Files.createTempDirectory(Files.createDirectories(parent), PREFIX);
        WorkFolder folder = new WorkFolder(path);
        Runtime.getRuntime().addShutdownHook(folder.atSignal);
        return folder;
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

    private void deleteQuietly() {
        try {
            delete(path);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("folder=" + path + " could not be deleted: " + e.getMessage());
        }
    }
}
