package io.tickring.engine.subscription;

import static io.tickring.engine.subscription.ReaderDescriptor.*;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A subscriber's place and figures in the data folder's {@code readers}, held under its name's lock from open to close; the system lets
 * go of it when the process dies. The subscriber's thread, but for the close.
 */
final class ReaderFile implements SubscriptionCounters {
    /** So long another process may hold a name that is free, to look whether it is. */
    private static final long WAIT_NS = 200_000_000;

    private static final long AGAIN_NS = 2_000_000;

    private final Path file;
    private final ReaderLock lock;
    private final UnsafeBuffer buffer;
    private final boolean keeps;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ReaderFile(Path file, ReaderLock lock, UnsafeBuffer buffer, boolean keeps) {
        this.file = file;
        this.lock = lock;
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
        ReaderLock lock = lock(folder, name);
        if (lock == null) {
            throw new SubscriptionException("name=" + name + ": another reader of that name is running (file=" + file
                    + "); end it, or choose another name");
        }
        try {
            return new ReaderFile(file, lock, map(file, mode), keeps);
        } catch (Throwable e) {
            lock.release(Files.notExists(file));
            throw e;
        }
    }

    private static ReaderLock lock(Path folder, String name) throws IOException {
        long beganNs = System.nanoTime();
        ReaderLock lock = ReaderLock.tryTake(folder, name);
        while (lock == null && System.nanoTime() - beganNs < WAIT_NS) {
            LockSupport.parkNanos(AGAIN_NS);
            lock = ReaderLock.tryTake(folder, name);
        }
        return lock;
    }

    private static UnsafeBuffer map(Path file, SubscriptionMode mode) throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
            long length = channel.size();
            UnsafeBuffer buffer = new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH));
            begin(buffer, length, file, mode);
            return buffer;
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
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            if (!keeps) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            release();
        }
    }

    private void release() {
        try {
            lock.release(!keeps);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
