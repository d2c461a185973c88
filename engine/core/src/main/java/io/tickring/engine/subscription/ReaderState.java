package io.tickring.engine.subscription;

import static io.tickring.engine.subscription.ReaderDescriptor.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How far a subscriber outside the engine's process has come, as its file says.
 *
 * @param nextSequence behind the newest that is done with; 0 before the first
 * @param keeps whether the next of that name goes on at {@code nextSequence}; else that is a figure and goes with the reader
 * @param pid of the process that reads, 0 where the reader has closed
 * @param startedEpochMs when the process that reads was started; 0 where that is not known
 * @param polledEpochMs when it polled last, or, where it polls all the time, up to a millisecond before
 * @param lagNs how long it had not caught up by then
 */
public record ReaderState(
        String name,
        SubscriptionMode mode,
        boolean keeps,
        long pid,
        long startedEpochMs,
        long polledEpochMs,
        long nextSequence,
        long delivered,
        long missed,
        long folded,
        long lagRecords,
        long lagNs) {
    /** What two looks at one process's start may differ by: the system reckons it from the clock of now. */
    private static final long START_TOLERANCE_MS = 2_000;

    /**
     * Whether it has not closed and the process that reads is there, as far as it is seen from here; another one that was given its pid
     * is not it.
     */
    public boolean isAlive() {
        return pid != NO_PID
                && ProcessHandle.of(pid)
                        .map(process -> process.isAlive() && isStartOf(process))
                        .orElse(false);
    }

    private boolean isStartOf(ProcessHandle process) {
        long start = startEpochMs(process);
        return start == 0 || startedEpochMs == 0 || Math.abs(start - startedEpochMs) <= START_TOLERANCE_MS;
    }

    /** When a process was started; 0 where that is not known. */
    static long startEpochMs(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /**
     * All of a data folder, by name; none where nobody ever read. What is hidden, no file, of another layout or not to be read is passed
     * over.
     */
    public static List<ReaderState> of(Path data) throws IOException {
        List<ReaderState> readers = new ArrayList<>();
        Path folder = data.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return readers;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                ReaderState reader = isHidden(file) ? null : read(file);
                if (reader != null) {
                    readers.add(reader);
                }
            }
        }
        readers.sort(Comparator.comparing(ReaderState::name));
        return readers;
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    /** Null where there is none any more, or none yet, or none that can be read: one bad file hides no other reader. */
    static ReaderState read(Path file) {
        if (!Files.isRegularFile(file)) {
            return null;
        }
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
        } catch (IOException goneOrNotToBeRead) {
            return null;
        }
    }

    private static ReaderState of(Path file, UnsafeBuffer buffer, SubscriptionMode mode) {
        return new ReaderState(
                file.getFileName().toString(),
                mode,
                (buffer.getInt(FLAGS_OFFSET) & KEEPS_FLAG) != 0,
                buffer.getLong(PID_OFFSET),
                buffer.getLong(STARTED_OFFSET),
                buffer.getLong(POLLED_OFFSET),
                buffer.getLong(NEXT_SEQUENCE_OFFSET),
                buffer.getLong(DELIVERED_OFFSET),
                buffer.getLong(MISSED_OFFSET),
                buffer.getLong(FOLDED_OFFSET),
                buffer.getLong(LAG_RECORDS_OFFSET),
                buffer.getLong(LAG_NS_OFFSET));
    }
}
