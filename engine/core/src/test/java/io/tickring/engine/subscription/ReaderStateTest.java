package io.tickring.engine.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of the readers from outside. */
class ReaderStateTest {
    private static final long HOUR_MS = 3_600_000;

    @TempDir
    private Path folder;

    @Test
    void shouldPassOverWhatIsNoReadersFile() throws IOException {
        try (Opened mine = open("mine")) {
            Path readers = mine.path().getParent();
            Files.createDirectory(readers.resolve("directory"));
            Files.createSymbolicLink(readers.resolve("loop"), Path.of("loop"));
            Files.write(readers.resolve("short"), new byte[7]);
            Files.write(readers.resolve("foreign"), new byte[ReaderDescriptor.LENGTH]);
            Files.copy(mine.path(), readers.resolve(".hidden"));
            Files.setPosixFilePermissions(Files.copy(mine.path(), readers.resolve("unreadable")), Set.of());

            assertThat(ReaderState.of(folder))
                    .extracting(ReaderState::name)
                    .contains("mine")
                    .isSubsetOf("mine", "unreadable");
        }
    }

    @Test
    void shouldNotTakeAnotherProcessOfThatPidForTheReader() throws IOException {
        try (Opened mine = open("mine")) {
            assertThat(only().isAlive()).isTrue();
            long start = only().startedEpochMs();
            assertThat(start).isPositive();

            putStart(mine.path(), start - HOUR_MS);
            assertThat(only().isAlive()).isFalse();
            putStart(mine.path(), 0);
            assertThat(only().isAlive()).as("where its start is not known").isTrue();
        }
    }

    private ReaderState only() throws IOException {
        assertThat(ReaderState.of(folder)).hasSize(1);
        return ReaderState.of(folder).get(0);
    }

    private static void putStart(Path file, long epochMs) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer start = ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(0, epochMs);
            channel.write(start, ReaderDescriptor.STARTED_OFFSET);
        }
    }

    private Opened open(String name) throws IOException {
        ReaderFile file = ReaderFile.open(folder, name, SubscriptionMode.EVERY, false);
        return new Opened(file, folder.resolve(ReaderDescriptor.FOLDER).resolve(name));
    }

    /** A reader's file, and its path. */
    private record Opened(ReaderFile file, Path path) implements AutoCloseable {
        @Override
        public void close() {
            file.close();
        }
    }
}
