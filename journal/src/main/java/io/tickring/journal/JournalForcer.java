package io.tickring.journal;

import static java.nio.file.StandardOpenOption.READ;

import io.tickring.journal.JournalException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Makes what an appender has written survive a power cut: forces the files that it wrote to, the folder when there is a new one,
 * then the mark that says so. The appender's thread tells of files and sequences; any one thread at a time forces.
 *
 * <p>Design note: Chronicle's own sync leaves holes at the ends of its mapped chunks; a force writes all pages of a
 * file. A force that failed is never tried again: the kernel may have dropped the pages and say so once only. Files are forced by
 * their descriptors: an interrupt closes a channel under a force, and hides whether that has failed.
 */
final class JournalForcer implements AutoCloseable {
    private final Path folder;
    private final JournalRoll roll;
    private final DurableMark mark;
    private final boolean isMarked;
    private final Queue<Integer> begun = new ConcurrentLinkedQueue<>();
    private final Deque<RandomAccessFile> dirty = new ArrayDeque<>();
    private volatile long appendedSequence;
    private volatile long durableSequence;
    private IOException failure;

    /**
     * @param last stands on the journal's last block, or is null for a new journal
     * @throws JournalException CORRUPT when less is there than was durable, or the mark does not prove itself
     */
    static JournalForcer open(Path folder, JournalRoll roll, long journalId, BlockReader last) {
        long end = last == null ? 0 : last.nextSequence() - 1;
        try {
            requireBlocks(folder, last);
            DurableMark mark = DurableMark.open(folder, journalId);
            if (mark.sequence() > end) {
                mark.close();
                throw DurableMark.endsTooEarly(end, mark.sequence());
            }
            // The mark is the newest word; the last block's own is a lower bound.
            long known = last == null ? 0 : BlockDescriptor.durableSequence(last.block(), 0);
            JournalForcer forcer = new JournalForcer(folder, roll, mark, Math.max(known, mark.sequence()));
            if (last != null) {
                forcer.onCycle(last.cycle());
                forcer.onAppended(end);
            }
            return forcer;
        } catch (IOException e) {
            throw DirectoryLock.unwritable(folder, e);
        }
    }

    private static void requireBlocks(Path folder, BlockReader last) throws IOException {
        long[] known = last == null ? DurableMark.readAny(folder) : null;
        if (known != null && known[1] > 0) {
            throw JournalException.corrupt(
                    DurableMark.FILE_NAME,
                    -1,
                    1,
                    "no block is left of a journal of which all up to sequence " + known[1] + " was durable",
                    null);
        }
    }

    private JournalForcer(Path folder, JournalRoll roll, DurableMark mark, long durableSequence) {
        this.folder = folder;
        this.roll = roll;
        this.mark = mark;
        this.isMarked = mark.isWritten();
        this.durableSequence = durableSequence;
    }

    Path file(int cycle) {
        return folder.resolve(roll.fileName(cycle));
    }

    /** The appender begins to write to the file of {@code cycle}. */
    void onCycle(int cycle) {
        begun.add(cycle);
    }

    /** The appender has written everything up to {@code sequence}. */
    void onAppended(long sequence) {
        appendedSequence = sequence;
    }

    /** Whether the mark was written when this was opened. */
    boolean isMarked() {
        return isMarked;
    }

    /** Every record up to this sequence survives a power cut. Any thread. */
    long durableSequence() {
        return durableSequence;
    }

    /** Forces what was appended before the call; answers {@link #durableSequence}. */
    synchronized long force() {
        if (failure != null) {
            throw failed();
        }
        long appended = appendedSequence;
        return appended <= durableSequence ? durableSequence : force(appended);
    }

    /**
     * Forces a journal that was just made and has no record yet, and only then writes its first mark: so without a mark there
     * never was a record.
     *
     * @param sequence the one before the first
     */
    synchronized void forceBeginning(long sequence) {
        force(sequence);
    }

    private long force(long appended) {
        try {
            boolean isNew = openBegun();
            for (RandomAccessFile file : dirty) {
                file.getFD().sync();
            }
            while (dirty.size() > 1) {
                dirty.removeFirst().close();
            }
            if (isNew) {
                // Chronicle could make its metadata anew, but no reader may while it is half there.
                force(folder.resolve(JournalFiles.METADATA));
                force(folder);
                force(folder.getParent());
            }
            mark.write(appended);
            durableSequence = appended;
            return appended;
        } catch (IOException e) {
            failure = e;
            throw failed();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        while (!dirty.isEmpty()) {
            dirty.removeFirst().close();
        }
        mark.close();
    }

    private boolean openBegun() throws IOException {
        boolean any = false;
        for (Integer cycle = begun.poll(); cycle != null; cycle = begun.poll()) {
            dirty.addLast(
                    new RandomAccessFile(folder.resolve(roll.fileName(cycle)).toFile(), "r"));
            any = true;
        }
        return any;
    }

    /**
     * Forces a file or a folder, once. The caller's interrupts stay as they are.
     *
     * <p>Design note: only a channel opens a folder, and one that is forced by a thread that is interrupted says that alone, also
     * where the force failed. So it is done by a thread that nobody else knows.
     */
    static void force(Path changed) throws IOException {
        try {
            CompletableFuture.runAsync(() -> forceOnce(changed), JournalForcer::runAlone)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof UncheckedIOException known
                    ? known.getCause()
                    : new IOException(e.getCause().toString(), e.getCause());
        }
    }

    private static void forceOnce(Path changed) {
        try (FileChannel channel = FileChannel.open(changed, READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void runAlone(Runnable task) {
        Thread thread = new Thread(task, "force once");
        thread.setDaemon(true);
        thread.start();
    }

    private JournalException failed() {
        return new JournalException(
                Reason.FSYNC,
                "the journal cannot be forced to the disk: folder=" + folder + " durableSequence=" + durableSequence
                        + " cause=" + failure
                        + "; what follows it may be lost at a power cut: look at the disk, start again",
                failure);
    }
}
