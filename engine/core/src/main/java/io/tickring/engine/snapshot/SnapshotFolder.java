package io.tickring.engine.snapshot;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The snapshots of one journal, the newest three of them, in {@code DIR/snapshots}. A file is written beside, forced, renamed, and the
 * folder forced: under its name it is whole, whenever the power went. One writer at a time.
 */
public final class SnapshotFolder implements SnapshotStore {
    /** Under the data folder. */
    public static final String NAME = "snapshots";

    private static final int KEPT = 3;
    private static final String SUFFIX = ".snapshot";
    private static final String UNFINISHED = ".new";

    private final Path folder;

    private SnapshotFolder(Path folder) {
        this.folder = folder;
    }

    /** Of the data folder {@code data}; makes nothing. */
    public static SnapshotFolder of(Path data) {
        return new SnapshotFolder(data.resolve(NAME));
    }

    @Override
    public void store(Snapshot snapshot) throws IOException {
        if (Files.notExists(folder)) {
            Files.createDirectories(folder);
            force(folder.toAbsolutePath().getParent());
        }
        Path file = folder.resolve(String.format("%020d", snapshot.sequence()) + SUFFIX);
        Path unfinished = folder.resolve(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(unfinished);
        try {
            SnapshotFile.write(unfinished, snapshot);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        force(folder);
        List<Path> files = newestFirst();
        for (Path old : files.subList(Math.min(KEPT, files.size()), files.size())) {
            Files.delete(old);
        }
    }

    @Override
    public Snapshot newest(
            long journalId, long lastSequence, Function<Snapshot, String> faults, Consumer<String> refusals)
            throws IOException {
        for (Path file : newestFirst()) {
            String fault;
            try {
                Snapshot snapshot = SnapshotFile.read(file);
                fault = snapshot.journalId() != journalId
                        ? "it is another journal's"
                        : snapshot.sequence() > lastSequence
                                ? "it lies behind sequence " + lastSequence + ", the journal's last"
                                : faults.apply(snapshot);
                if (fault == null) {
                    return snapshot;
                }
            } catch (IOException e) {
                fault = e.getMessage();
            }
            refusals.accept("a snapshot was passed over: file=" + file + " cause=" + fault);
        }
        return null;
    }

    private List<Path> newestFirst() throws IOException {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted(Comparator.comparing(Path::getFileName).reversed())
                    .toList();
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }
}
