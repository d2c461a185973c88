package io.tickring.engine.subscription;

import static io.tickring.engine.subscription.ReaderDescriptor.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How far a subscriber outside the engine's process has come, as its file says.
 *
 * @param nextSequence behind the newest that is done with; 0 before the first
 * @param polledEpochMs when it polled last
 * @param lagNs how long it had not caught up by then
 */
public record ReaderState(
        String name,
        SubscriptionMode mode,
        long pid,
        long polledEpochMs,
        long nextSequence,
        long delivered,
        long missed,
        long folded,
        long lagRecords,
        long lagNs) {
    /** Whether the process that reads is there, as far as it is seen from here. */
    public boolean isAlive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** All of a data folder, by name; none where nobody ever read. Files of another layout are passed over. */
    public static List<ReaderState> of(Path data) throws IOException {
        List<ReaderState> readers = new ArrayList<>();
        Path folder = data.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return readers;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                ReaderState reader = read(file);
                if (reader != null) {
                    readers.add(reader);
                }
            }
        }
        readers.sort(Comparator.comparing(ReaderState::name));
        return readers;
    }

    /** Null where there is none any more, or none yet. */
    private static ReaderState read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer header = ByteBuffer.allocate(USED_LENGTH);
            if (channel.read(header) < USED_LENGTH) {
                return null;
            }
            UnsafeBuffer buffer = new UnsafeBuffer(header.array());
            int mode = buffer.getInt(MODE_OFFSET);
            boolean isReader = buffer.getInt(LAYOUT_VERSION_OFFSET) == LAYOUT_VERSION
                    && buffer.getInt(MAGIC_OFFSET) == MAGIC
                    && mode >= 0
                    && mode < SubscriptionMode.values().length;
            return isReader ? of(file, buffer, SubscriptionMode.values()[mode]) : null;
        } catch (NoSuchFileException gone) {
            return null;
        }
    }

    private static ReaderState of(Path file, UnsafeBuffer buffer, SubscriptionMode mode) {
        return new ReaderState(
                file.getFileName().toString(),
                mode,
                buffer.getLong(PID_OFFSET),
                buffer.getLong(POLLED_OFFSET),
                buffer.getLong(NEXT_SEQUENCE_OFFSET),
                buffer.getLong(DELIVERED_OFFSET),
                buffer.getLong(MISSED_OFFSET),
                buffer.getLong(FOLDED_OFFSET),
                buffer.getLong(LAG_RECORDS_OFFSET),
                buffer.getLong(LAG_NS_OFFSET));
    }
}
