package io.tickring.engine.subscription;

import static io.tickring.engine.subscription.ReaderDescriptor.*;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A subscriber's place and figures in the data folder's {@code readers}, held under the file's lock from open to close; the system lets
 * go of it when the process dies. The subscriber's thread.
 */
final class ReaderFile implements SubscriptionCounters {
    private final Path file;
    private final FileChannel channel;
    private final UnsafeBuffer buffer;
    private final boolean keeps;

    private ReaderFile(Path file, FileChannel channel, UnsafeBuffer buffer, boolean keeps) {
        this.file = file;
        this.channel = channel;
        this.buffer = buffer;
        this.keeps = keeps;
    }

    /**
     * Opens or makes the file of the reader called {@code name}.
     *
     * @param keeps whether the place stays when the reader ends; else the file goes with it
     * @throws IOException if it cannot be made
     * @throws SubscriptionException if another reader of that name is there, or the file is none of this layout
     */
    static ReaderFile open(Path data, String name, SubscriptionMode mode, boolean keeps) throws IOException {
        Path folder = data.resolve(FOLDER);
        Files.createDirectories(folder);
        Path file = folder.resolve(name);
        FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
        try {
            lock(channel, name, file);
            long length = channel.size();
            UnsafeBuffer buffer = new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH));
            begin(buffer, length, file, mode);
            return new ReaderFile(file, channel, buffer, keeps);
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(FileChannel channel, String name, Path file) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            lock = null;
        }
        if (lock == null) {
            throw new SubscriptionException("name=" + name + ": another reader of that name is running (file=" + file
                    + "); end it, or choose another name");
        }
    }

    /** A file that was begun and not finished is begun anew. */
    private static void begin(UnsafeBuffer buffer, long length, Path file, SubscriptionMode mode) {
        int version = buffer.getInt(LAYOUT_VERSION_OFFSET);
        boolean isNew = length == 0 || version == 0;
        if (!isNew && (buffer.getInt(MAGIC_OFFSET) != MAGIC || version != LAYOUT_VERSION || length < LENGTH)) {
            throw new SubscriptionException("file=" + file + " layoutVersion=" + version
                    + ": not a reader's file of layout " + LAYOUT_VERSION + "; remove it, or choose another name");
        }
        buffer.putInt(MAGIC_OFFSET, MAGIC);
        buffer.putLong(POLLED_OFFSET, System.currentTimeMillis());
        ProcessHandle own = ProcessHandle.current();
        buffer.putLong(PID_OFFSET, own.pid());
        buffer.putLong(STARTED_OFFSET, ReaderState.startEpochMs(own));
        buffer.putInt(MODE_OFFSET, mode.ordinal());
        buffer.setMemory(DELIVERED_OFFSET, MODE_OFFSET - DELIVERED_OFFSET, (byte) 0);
        buffer.putIntRelease(LAYOUT_VERSION_OFFSET, LAYOUT_VERSION);
    }

    /** The sequence to go on with; 0 for one that has read nothing. */
    long nextSequence() {
        return buffer.getLong(NEXT_SEQUENCE_OFFSET);
    }

    /** The journal that was read; 0 while none was. */
    long journalId() {
        return buffer.getLong(JOURNAL_ID_OFFSET);
    }

    void journalId(long id) {
        buffer.putLong(JOURNAL_ID_OFFSET, id);
    }

    @Override
    public void readUpTo(long sequence) {
        buffer.putLongRelease(NEXT_SEQUENCE_OFFSET, sequence + 1);
    }

    @Override
    public void show(long delivered, long missed, long folded, long lagRecords, long lagNs) {
        buffer.putLong(DELIVERED_OFFSET, delivered);
        buffer.putLong(MISSED_OFFSET, missed);
        buffer.putLong(FOLDED_OFFSET, folded);
        buffer.putLong(LAG_RECORDS_OFFSET, lagRecords);
        buffer.putLong(LAG_NS_OFFSET, lagNs);
        buffer.putLongRelease(POLLED_OFFSET, System.currentTimeMillis());
    }

    @Override
    public void close() {
        try (channel) {
            if (!keeps) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
