package io.tickring.journal;

import io.tickring.journal.JournalException.Reason;
import java.io.IOException;
import java.util.List;
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
public final class JournalAppender implements BlockAppender {
    private static final int NO_CYCLE = Integer.MIN_VALUE;

    private final JournalRoll roll;
    private final RollCycle rollCycle;
    private final JournalDictionary dictionary;
    private final int recordLength;
    private final int maxDictionaryLength;
    private final int maxGapLength;
    private final DirectoryLock lock;
    private final AppendClock clock;
    private final SingleChronicleQueue queue;
    private final BlockWriter writer;
    private final JournalForcer forcer;
    private final JournalPresence presence;
    private final AppendRoom room = new AppendRoom();
    private final SelfCheck check;
    private final String sealed;
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
    JournalAppender(
            JournalContext context,
            JournalRoll roll,
            DirectoryLock lock,
            AppendClock clock,
            SingleChronicleQueue queue,
            BlockReader last,
            long journalId,
            JournalForcer forcer,
            JournalPresence presence,
            SelfCheck check,
            String sealed)
            throws IOException {
        this.presence = presence;
        this.check = check;
        this.sealed = sealed;
        this.journalId = journalId;
        this.forcer = forcer;
        this.roll = roll;
        this.rollCycle = roll.rollCycle();
        this.dictionary = context.dictionary();
        this.recordLength = context.recordLengthBytes();
        this.maxDictionaryLength = BlockDescriptor.MAX_DICTIONARY_LENGTH / recordLength * recordLength;
        this.maxGapLength = BlockDescriptor.MAX_PAYLOAD_LENGTH / recordLength * recordLength;
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
        long end = last == null ? 0 : last.position() + last.length();
        this.writer = new BlockWriter(appender, context.codec(), recordLength, journalId, incarnation, lastCrc, end);
    }

    /**
     * Takes the folder's lock, clears what a killed owner left, and opens the journal behind its last block; makes a new
     * one, with its first dictionary block, when there is none, and forces it. Does not wait.
     *
     * @throws JournalException LOCKED, UNWRITABLE, ROLL_MISMATCH, CORRUPT or JVM_FLAGS; nothing new is left behind.
     */
    public static JournalAppender open(JournalContext context) {
        return JournalOpening.open(context);
    }

    @Override
    public void append(
            DirectBuffer records, int offset, long firstSequence, int count, long key, boolean hasDefinitions) {
        if (failure != null || closed) {
            throw refused();
        }
        try {
            if (firstSequence != nextSequence || key < lastKey || count < 1 || count > BlockDescriptor.MAX_RECORDS) {
                throw outOfOrder(firstSequence, count, key);
            }
            startCycleIfDue();
            requireRoom(count * recordLength);
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

    @Override
    public void appendGap(long from, long next, DirectBuffer payload, int offset, int length) {
        if (failure != null || closed) {
            throw refused();
        }
        try {
            if (from != nextSequence || next < from || length < 0 || length % recordLength != 0) {
                throw new JournalException(
                        Reason.OUT_OF_ORDER,
                        "the gap does not continue the journal: from=" + from + " expected=" + nextSequence + " next="
                                + next + " length=" + length + " recordLengthBytes=" + recordLength);
            }
            startCycleIfDue();
            writeGap(next, payload, offset, length);
            nextSequence = next;
            forcer.onAppended(nextSequence - 1);
        } catch (Throwable e) {
            failure = e;
            throw e instanceof JournalException known ? known : poisoned(e);
        }
    }

    private void requireRoom(int payloadLength) throws IOException {
        room.require(writer.endPosition(), BlockDescriptor.HEADER_LENGTH + (long) payloadLength);
    }

    private void writeGap(long next, DirectBuffer payload, int offset, int length) throws IOException {
        definitionsBefore = BlockDescriptor.NO_DEFINITIONS;
        int done = 0;
        do {
            int part = Math.min(length - done, maxGapLength);
            long after = done + part == length ? next : nextSequence;
            requireRoom(part);
            writer.writeWithoutSequence(
                    BlockDescriptor.KIND_GAP,
                    payload,
                    offset + done,
                    part,
                    after,
                    lastKey,
                    definitionsBefore,
                    forcer.durableSequence());
            definitionsBefore = lastNumber();
            done += part;
        } while (done < length);
    }

    @Override
    public long force() {
        return forcer.force();
    }

    @Override
    public long durableSequence() {
        return forcer.durableSequence();
    }

    @Override
    public void requirePresent() {
        presence.require();
    }

    @Override
    public long nextSequence() {
        return nextSequence;
    }

    @Override
    public long lastKey() {
        return lastKey;
    }

    @Override
    public String sealed() {
        return sealed;
    }

    @Override
    public List<String> checks() {
        return check.passed();
    }

    @Override
    public List<String> notices() {
        return check.notices();
    }

    /** Lets go of all but the folder's lock, without a word to the journal: it was opened in vain. */
    void abandon() {
        closed = true;
        Closeable.closeQuietly(writer, forcer, queue, room);
    }

    @Override
    public long journalId() {
        return journalId;
    }

    @Override
    public int incarnation() {
        return incarnation;
    }

    @Override
    public long bytesAppended() {
        return writer.bytesWritten();
    }

    @Override
    public boolean isNew() {
        return isNew;
    }

    /** How long a file of this journal lasts. */
    public JournalRoll roll() {
        return roll;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (lock) {
            Closeable.closeQuietly(writer, queue, room);
            forcer.close();
        } catch (IOException e) {
            throw DirectoryLock.unwritable(lock.directory(), e);
        }
    }

    private void startCycleIfDue() throws IOException {
        int now = roll.cycleAt(clock.advance());
        if (now != cycle) {
            startCycle(now);
        }
    }

    /** Begins a new journal with the file of cycle {@code now}: from then on it survives a power cut, empty as it is. */
    void begin(int now) throws IOException {
        startCycle(now);
        lock.forceEntries();
        forcer.forceBeginning(nextSequence - 1);
    }

    /** Whether how much is durable was ever written down; a journal that an older version made may lack it. */
    boolean isMarked() {
        return forcer.isMarked();
    }

    /** Begins the file of cycle {@code now} with its dictionary. */
    private void startCycle(int now) throws IOException {
        if (dictionary == null) {
            startCycle(now, null, 0);
        } else {
            startCycle(now, dictionary.buffer(), dictionary.length());
        }
    }

    private void startCycle(int now, DirectBuffer definitions, int length) throws IOException {
        if (length % recordLength != 0) {
            throw new IllegalStateException("length=" + length + ": the dictionary is not whole records");
        }
        AppendRoom.requireForFile(JournalFiles.folder(lock.directory()));
        definitionsBefore = BlockDescriptor.NO_DEFINITIONS;
        int offset = 0;
        do {
            int part = Math.min(length - offset, maxDictionaryLength);
            if (offset > 0) {
                requireRoom(part);
            }
            writer.writeWithoutSequence(
                    BlockDescriptor.KIND_RECORDS,
                    definitions,
                    offset,
                    part,
                    nextSequence,
                    lastKey,
                    definitionsBefore,
                    forcer.durableSequence());
            definitionsBefore = lastNumber();
            if (offset == 0) {
                room.begin(forcer.file(now), writer.endPosition());
            }
            offset += part;
        } while (offset < length);
        forcer.onCycle(now);
        presence.onFile(forcer.file(now));
        cycle = now;
    }

    private int lastNumber() {
        return (int) rollCycle.toSequenceNumber(writer.lastIndex());
    }

    /**
     * Design note: whether the last block holds definitions is not written in it, so the way back goes through it in any
     * case. A dictionary, or what a gap's payload defines, whose last part is full may have been cut by a kill: the dictionary is
     * written again.
     */
    private void continueAfter(BlockReader last) throws IOException {
        nextSequence = last.nextSequence();
        lastKey = last.key();
        definitionsBefore = (int) last.number();
        boolean perhapsCut =
                last.count() == 0 && last.copy().recordsLength() == (last.isGap() ? maxGapLength : maxDictionaryLength);
        cycle = perhapsCut ? NO_CYCLE : last.cycle();
        presence.onFile(forcer.file(last.cycle()));
        room.begin(forcer.file(last.cycle()), last.position() + last.length());
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
