package io.tickring.journal;

import io.tickring.journal.JournalException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import net.openhft.chronicle.core.io.Closeable;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.DirectBuffer;

/**
 * Appends blocks of records to the journal in {@code DIR/journal} and holds {@code DIR/LOCK} for life. One thread at a
 * time; a hand-over between threads needs a happens-before edge. An append that returned survives the death of the
 * process. Appending allocates nothing inside a mapped chunk of 64 MiB. Any failure poisons the appender: it writes no
 * more, and nothing half-written is ever read.
 */
public final class JournalAppender implements AutoCloseable {
    private static final int NO_CYCLE = Integer.MIN_VALUE;

    private final JournalRoll roll;
    private final RollCycle rollCycle;
    private final JournalDictionary dictionary;
    private final int recordLength;
    private final int maxDictionaryLength;
    private final DirectoryLock lock;
    private final AppendClock clock;
    private final SingleChronicleQueue queue;
    private final BlockWriter writer;
    private final JournalForcer forcer;
    private final boolean isNew;
    private final long journalId;
    private final int incarnation;

    private int cycle = NO_CYCLE;
    private int definitionsBefore = BlockDescriptor.NO_DEFINITIONS;
    private long nextSequence;
    private long lastKey = Long.MIN_VALUE;
    private boolean closed;
    private Throwable failure;

    /** @param last stands on the journal's last block, or is null for a new journal. */
    private JournalAppender(
            JournalContext context,
            JournalRoll roll,
            DirectoryLock lock,
            AppendClock clock,
            SingleChronicleQueue queue,
            BlockReader last,
            long journalId,
            JournalForcer forcer) {
        this.journalId = journalId;
        this.forcer = forcer;
        this.roll = roll;
        this.rollCycle = roll.rollCycle();
        this.dictionary = context.dictionary();
        this.recordLength = context.recordLengthBytes();
        this.maxDictionaryLength = BlockDescriptor.MAX_DICTIONARY_LENGTH / recordLength * recordLength;
        this.lock = lock;
        this.clock = clock;
        this.queue = queue;
        this.isNew = last == null;
        if (last == null) {
            incarnation = 1;
            nextSequence = context.firstSequence();
        } else {
            incarnation = BlockDescriptor.incarnation(last.block(), 0) + 1;
            continueAfter(last);
        }
        ExcerptAppender appender = queue.createAppender();
        appender.singleThreadedCheckDisabled(true);
        int lastCrc = last == null ? 0 : BlockDescriptor.crc(last.block(), 0);
        this.writer = new BlockWriter(appender, context.codec(), recordLength, journalId, incarnation, lastCrc);
    }

    /**
     * Takes the folder's lock, clears what a killed owner left, and opens the journal behind its last block; makes a new
     * one, with its first dictionary block, when there is none. Does not wait.
     *
     * @throws JournalException LOCKED, UNWRITABLE, ROLL_MISMATCH, CORRUPT or JVM_FLAGS; nothing new is left behind.
     */
    public static JournalAppender open(JournalContext context) {
        context.conclude();
        ChronicleSettings.apply();
        DirectoryLock lock = DirectoryLock.acquire(context.directory());
        Path folder = JournalFiles.folder(lock.directory());
        boolean folderIsNew = Files.notExists(folder);
        SingleChronicleQueue queue = null;
        try {
            createFolder(folder);
            JournalFiles files = JournalFiles.scan(folder);
            files.requireWritable();
            JournalRoll roll = rollOf(context, files);
            files.deleteUnfinished();
            int[] cycles = files.cycles();
            AppendClock clock = new AppendClock(
                    context.epochClock(), cycles.length == 0 ? 0 : roll.startMs(cycles[cycles.length - 1]));
            clock.advance();
            queue = ChronicleQueues.openForAppending(folder, roll, clock);
            return open(context, roll, lock, clock, queue, cycles);
        } catch (Throwable e) {
            Closeable.closeQuietly(queue);
            if (folderIsNew) {
                deleteFolder(folder);
            }
            lock.discard();
            throw e instanceof JournalException known ? known : notOpened(folder, e);
        }
    }

    private static JournalAppender open(
            JournalContext context,
            JournalRoll roll,
            DirectoryLock lock,
            AppendClock clock,
            SingleChronicleQueue queue,
            int[] cycles) {
        try (BlockReader reader = new BlockReader(queue, roll, context.codec())) {
            BlockReader last = readLast(reader, cycles) ? reader : null;
            if (last != null && BlockDescriptor.recordLength(last.block(), 0) != context.recordLengthBytes()) {
                throw new JournalException(
                        Reason.ROLL_MISMATCH,
                        "the journal has records of another length: directory=" + context.directory()
                                + " recordLengthBytes=" + BlockDescriptor.recordLength(last.block(), 0) + " asked="
                                + context.recordLengthBytes() + "; choose another folder");
            }
            long journalId = last == null ? randomId() : BlockDescriptor.journalId(last.block(), 0);
            JournalForcer forcer = JournalForcer.open(JournalFiles.folder(lock.directory()), roll, journalId, last);
            JournalAppender opened = new JournalAppender(context, roll, lock, clock, queue, last, journalId, forcer);
            if (opened.isNew) {
                opened.startCycle(roll.cycleAt(clock.currentTimeMillis()));
            }
            return opened;
        }
    }

    /**
     * Appends one block, in one piece. The bytes are read during the call only.
     *
     * @param firstSequence  of the first record; must be {@link #nextSequence()}.
     * @param count          1 to {@link BlockDescriptor#MAX_RECORDS} records, back to back from {@code offset} on.
     * @param key            must not be below {@link #lastKey()}.
     * @param hasDefinitions whether a reader that starts later in this cycle needs this block's definitions.
     * @throws JournalException OUT_OF_ORDER, POISONED or CLOSED; after any failure this appender is poisoned.
     */
    public void append(
            DirectBuffer records, int offset, long firstSequence, int count, long key, boolean hasDefinitions) {
        if (failure != null || closed) {
            throw refused();
        }
        try {
            if (firstSequence != nextSequence || key < lastKey || count < 1 || count > BlockDescriptor.MAX_RECORDS) {
                throw outOfOrder(firstSequence, count, key);
            }
            int now = roll.cycleAt(clock.advance());
            if (now != cycle) {
                startCycle(now);
            }
            writer.writeRecords(records, offset, nextSequence, count, key, definitionsBefore, forcer.durableSequence());
            nextSequence += count;
            forcer.onAppended(nextSequence - 1);
            lastKey = key;
            if (hasDefinitions) {
                definitionsBefore = lastNumber();
            }
        } catch (Throwable e) {
            failure = e;
            throw e instanceof JournalException known ? known : poisoned(e);
        }
    }

    /**
     * Makes everything appended before the call survive a power cut. Any thread, beside the appending one.
     *
     * @return {@link #durableSequence} after it
     * @throws JournalException FSYNC when the system cannot; it is not tried again, and nothing more should be appended
     */
    public long force() {
        return forcer.force();
    }

    /** Every record up to this sequence survives a power cut; 0 when none is known to. Any thread. */
    public long durableSequence() {
        return forcer.durableSequence();
    }

    /** The sequence that the next block must begin with. */
    public long nextSequence() {
        return nextSequence;
    }

    /** The key of the last block, of an earlier run too; {@code Long.MIN_VALUE} when there is none. */
    public long lastKey() {
        return lastKey;
    }

    /** The journal's id: random, never 0, the same for all its blocks. */
    public long journalId() {
        return journalId;
    }

    /** How often this journal has been opened for appending and written, this time included. */
    public int incarnation() {
        return incarnation;
    }

    /** The bytes of all blocks that this appender wrote, headers included. */
    public long bytesAppended() {
        return writer.bytesWritten();
    }

    /** Whether this appender made the journal. */
    public boolean isNew() {
        return isNew;
    }

    /** How long a file of this journal lasts. */
    public JournalRoll roll() {
        return roll;
    }

    /** Closes the journal and gives the folder back. Does nothing the second time. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (lock) {
            writer.close();
            Closeable.closeQuietly(queue);
            forcer.close();
        } catch (IOException e) {
            throw DirectoryLock.unwritable(lock.directory(), e);
        }
    }

    private void startCycle(int now) {
        if (dictionary == null) {
            startCycle(now, null, 0);
        } else {
            startCycle(now, dictionary.buffer(), dictionary.length());
        }
    }

    private void startCycle(int now, DirectBuffer definitions, int length) {
        if (length % recordLength != 0) {
            throw new IllegalStateException("length=" + length + ": the dictionary is not whole records");
        }
        definitionsBefore = BlockDescriptor.NO_DEFINITIONS;
        int offset = 0;
        do {
            int part = Math.min(length - offset, maxDictionaryLength);
            writer.writeDictionary(
                    definitions, offset, part, nextSequence, lastKey, definitionsBefore, forcer.durableSequence());
            definitionsBefore = lastNumber();
            offset += part;
        } while (offset < length);
        forcer.onCycle(now);
        cycle = now;
    }

    private int lastNumber() {
        return (int) rollCycle.toSequenceNumber(writer.lastIndex());
    }

    /**
     * Design note: whether the last block holds definitions is not written in it, so the way back goes through it in any
     * case. A dictionary whose last part is full may have been cut by a kill: it is written again.
     */
    private void continueAfter(BlockReader last) {
        nextSequence = last.nextSequence();
        lastKey = last.key();
        definitionsBefore = (int) last.number();
        boolean perhapsCut = last.count() == 0 && last.recordsLength() == maxDictionaryLength;
        cycle = perhapsCut ? NO_CYCLE : last.cycle();
    }

    private static boolean readLast(BlockReader reader, int[] cycles) {
        for (int i = cycles.length - 1; i >= 0; i--) {
            long count = reader.countIn(cycles[i]);
            if (count > 0) {
                if (!reader.readAt(cycles[i], count - 1)) {
                    throw reader.missing(cycles[i], count - 1, 0);
                }
                return true;
            }
        }
        return false;
    }

    private static JournalRoll rollOf(JournalContext context, JournalFiles files) {
        if (files.isEmpty()) {
            return context.roll() == null ? JournalRoll.HOURLY : context.roll();
        }
        if (context.roll() != null && context.roll() != files.roll()) {
            throw new JournalException(
                    Reason.ROLL_MISMATCH,
                    "the journal has another roll: directory=" + context.directory() + " roll=" + files.roll()
                            + " asked=" + context.roll() + "; keep the journal's, or choose another folder");
        }
        return files.roll();
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw DirectoryLock.unwritable(folder, e);
        }
    }

    private static void deleteFolder(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            // The failure that brought us here says more.
        }
    }

    private static long randomId() {
        SecureRandom random = new SecureRandom();
        long id = 0;
        while (id == 0) {
            id = random.nextLong();
        }
        return id;
    }

    private static JournalException notOpened(Path folder, Throwable cause) {
        return new JournalException(
                Reason.UNWRITABLE,
                "the journal cannot be opened: folder=" + folder + " cause=" + cause
                        + "; check permissions and disk, or delete metadata.cq4t, which is rebuilt",
                cause);
    }

    private JournalException refused() {
        return failure != null
                ? poisoned(failure)
                : new JournalException(Reason.CLOSED, "the appender is closed: directory=" + lock.directory());
    }

    private JournalException poisoned(Throwable cause) {
        return new JournalException(
                Reason.POISONED,
                "an append failed, so this appender writes no more: directory=" + lock.directory() + " nextSequence="
                        + nextSequence + " cause=" + cause + "; stop, look at the disk, start again",
                cause);
    }

    private JournalException outOfOrder(long firstSequence, int count, long key) {
        return new JournalException(
                Reason.OUT_OF_ORDER,
                "the block does not continue the journal: firstSequence=" + firstSequence + " expected=" + nextSequence
                        + " count=" + count + " key=" + key + " lastKey=" + lastKey);
    }
}
