package io.tickring.engine.subscription;

import static io.tickring.engine.subscription.ReaderDescriptor.*;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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
     * @param keeps whether the place stays when the reader ends; else the file goes with it, as it does where nothing was read
     * @throws IOException if it cannot be made
     * @throws SubscriptionException if another reader of that name is there, a place is kept for another mode, or the file is none of this
     *     layout
     */
    static synchronized ReaderFile open(Path data, String name, SubscriptionMode mode, boolean keeps)
            throws IOException {
        Path folder = folder(data);
        ReaderLock lock = lock(folder, name);
        if (lock == null) {
            throw new SubscriptionException("name=" + name + ": another reader of that name is running (file="
                    + folder.resolve(name) + "); end it, or choose another name");
        }
        return open(folder.resolve(name), lock, mode, keeps);
    }

    /** Makes the file of a reader that has no name: it is called by its process, and keeps no place. */
    static synchronized ReaderFile openNameless(Path data, SubscriptionMode mode) throws IOException {
        Path folder = folder(data);
        String own = "pid-" + ProcessHandle.current().pid();
        String name = own;
        for (int i = 2; ; i++) {
            ReaderLock lock = ReaderLock.tryTake(folder, name);
            if (lock != null && Files.notExists(folder.resolve(name))) {
                return open(folder.resolve(name), lock, mode, false);
            }
            if (lock != null) {
                lock.release(true);
            }
            name = own + "-" + i;
        }
    }

    private static Path folder(Path data) throws IOException {
        Path folder = Files.createDirectories(data.resolve(FOLDER));
        ReaderLeftovers.remove(folder);
        return folder;
    }

    private static ReaderFile open(Path file, ReaderLock lock, SubscriptionMode mode, boolean keeps)
            throws IOException {
        try {
            return new ReaderFile(file, lock, map(file, mode, keeps), keeps);
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

    /**
     * The file's page, which is what was kept or begun anew.
     *
     * <p>Design note: the page is written before it is mapped. A hole would get its block of the disk when it is first touched, and on a
     * full disk that touch is an {@code InternalError}.
     */
    private static UnsafeBuffer map(Path file, SubscriptionMode mode, boolean keeps) throws IOException {
        boolean isNew = Files.notExists(file);
        if (!isNew && !Files.isRegularFile(file)) {
            throw notOurs(file);
        }
        try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
            ByteBuffer page = ByteBuffer.allocate(LENGTH);
            readOrRefuse(channel, page, file, mode, keeps);
            write(channel, page, file);
            isNew = false;
            UnsafeBuffer buffer = new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH));
            begin(buffer, mode, keeps);
            return buffer;
        } finally {
            if (isNew) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Fills {@code page} with the place that is kept, with zeros where there is none. Writes nothing. */
    private static void readOrRefuse(
            FileChannel channel, ByteBuffer page, Path file, SubscriptionMode mode, boolean keeps) throws IOException {
        if (channel.size() > LENGTH) {
            throw notOurs(file);
        }
        while (page.hasRemaining() && channel.read(page, page.position()) > 0) {}
        UnsafeBuffer buffer = new UnsafeBuffer(page.array());
        boolean isBegun = buffer.getInt(LAYOUT_VERSION_OFFSET) != 0;
        boolean isOurs = channel.size() == LENGTH
                && buffer.getInt(MAGIC_OFFSET) == MAGIC
                && buffer.getInt(LAYOUT_VERSION_OFFSET) == LAYOUT_VERSION;
        if (isBegun ? !isOurs : !isUnfinished(buffer)) {
            throw notOurs(file);
        }
        boolean isKept = isBegun && (buffer.getInt(FLAGS_OFFSET) & KEEPS_FLAG) != 0;
        if (isKept && (!keeps || buffer.getInt(MODE_OFFSET) != mode.ordinal())) {
            throw new SubscriptionException("name=" + file.getFileName() + " mode=" + mode
                    + ": under that name the place of a reader of another mode is kept, nextSequence="
                    + buffer.getLong(NEXT_SEQUENCE_OFFSET) + "; choose another name, or remove " + file);
        }
        if (!isKept) {
            buffer.setMemory(0, LENGTH, (byte) 0);
        }
        page.clear();
    }

    /** All zeros, as it is while the page is written and nothing is in it; then the magic alone may be there. */
    private static boolean isUnfinished(UnsafeBuffer buffer) {
        int magic = buffer.getInt(MAGIC_OFFSET);
        boolean isEmpty = magic == 0 || magic == MAGIC;
        for (int i = STARTED_OFFSET + Long.BYTES; i < LENGTH && isEmpty; i += Long.BYTES) {
            isEmpty = buffer.getLong(i) == 0;
        }
        return isEmpty;
    }

    private static SubscriptionException notOurs(Path file) {
        return new SubscriptionException("file=" + file + ": not a reader's file of layout " + LAYOUT_VERSION
                + "; remove it, or choose another name");
    }

    private static void write(FileChannel channel, ByteBuffer page, Path file) throws IOException {
        try {
            while (page.hasRemaining()) {
                channel.write(page, page.position());
            }
        } catch (IOException e) {
            throw new IOException("file=" + file + " neededBytes=" + LENGTH + ": " + e.getMessage(), e);
        }
    }

    private static void begin(UnsafeBuffer buffer, SubscriptionMode mode, boolean keeps) {
        ProcessHandle own = ProcessHandle.current();
        buffer.putInt(MAGIC_OFFSET, MAGIC);
        buffer.putLong(POLLED_OFFSET, System.currentTimeMillis());
        buffer.putLong(PID_OFFSET, own.pid());
        buffer.putLong(STARTED_OFFSET, ReaderState.startEpochMs(own));
        buffer.putInt(MODE_OFFSET, mode.ordinal());
        buffer.putInt(FLAGS_OFFSET, keeps ? KEEPS_FLAG : 0);
        buffer.setMemory(DELIVERED_OFFSET, MODE_OFFSET - DELIVERED_OFFSET, (byte) 0);
        buffer.putIntRelease(LAYOUT_VERSION_OFFSET, LAYOUT_VERSION);
    }

    /** The sequence to go on with; 0 for one that has read nothing, or keeps no place. */
    long nextSequence() {
        return keeps ? buffer.getLong(NEXT_SEQUENCE_OFFSET) : 0;
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
    public void show(long delivered, long missed, long folded) {
        buffer.putLong(FOLDED_OFFSET, folded);
        buffer.putLong(MISSED_OFFSET, missed);
        buffer.putLongRelease(DELIVERED_OFFSET, delivered);
    }

    @Override
    public void showLag(long lagRecords, long lagNs) {
        buffer.putLong(LAG_RECORDS_OFFSET, lagRecords);
        buffer.putLong(LAG_NS_OFFSET, lagNs);
        buffer.putLongRelease(POLLED_OFFSET, System.currentTimeMillis());
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        boolean goes = nextSequence() == 0;
        try {
            if (goes) {
                Files.deleteIfExists(file);
            } else {
                buffer.putLongRelease(PID_OFFSET, ReaderDescriptor.NO_PID);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            release(goes);
        }
    }

    private void release(boolean removes) {
        try {
            lock.release(removes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
