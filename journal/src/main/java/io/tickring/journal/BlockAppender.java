package io.tickring.journal;

import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Appends blocks of records, in order, to what keeps them: {@link JournalAppender} on Chronicle Queue. One thread at a time, but for
 * what any may call. Any failure poisons it: it then takes no more.
 */
public interface BlockAppender extends AutoCloseable {
    /**
     * Appends one block, in one piece. The bytes are read during the call only.
     *
     * @param firstSequence  of the first record; must be {@link #nextSequence()}.
     * @param count          1 to {@link BlockDescriptor#MAX_RECORDS} records, back to back from {@code offset} on.
     * @param key            must not be below {@link #lastKey()}.
     * @param hasDefinitions whether a reader that starts later in this cycle needs this block's definitions.
     * @throws JournalException OUT_OF_ORDER, POISONED or CLOSED; after any failure this appender is poisoned.
     */
    void append(DirectBuffer records, int offset, long firstSequence, int count, long key, boolean hasDefinitions);

    /**
     * Appends that records are missing, and goes on behind them: a gap block, preceded by others where the payload does not fit
     * one. A kill in between leaves the journal without the gap. Begins a file, with its dictionary, where that is due.
     *
     * @param from    the first missing sequence; must be {@link #nextSequence()}.
     * @param next    the sequence of the record after the gap, not below {@code from}; {@link #nextSequence()} from now on.
     * @param payload what a reader goes on from: whole records, all definitions so far among them, {@code length} bytes back to
     *                back from {@code offset} on. Read during the call only.
     * @throws JournalException OUT_OF_ORDER, POISONED or CLOSED; after any failure this appender is poisoned.
     */
    void appendGap(long from, long next, DirectBuffer payload, int offset, int length);

    /**
     * Makes everything appended before the call survive a power cut. Any thread, beside the appending one.
     *
     * @return {@link #durableSequence} after it
     * @throws JournalException FSYNC when the system cannot; it is not tried again, and nothing more should be appended
     */
    long force();

    /** Every record up to this sequence survives a power cut; 0 when none is known to. Any thread. */
    long durableSequence();

    /**
     * Looks whether what is appended to is still where it was, and whole. Any one thread at a time.
     *
     * @throws JournalException GONE when it is not: what is appended from then on is lost
     */
    void requirePresent();

    /** The sequence that the next block must begin with. */
    long nextSequence();

    /** The key of the last block, of an earlier run too; {@code Long.MIN_VALUE} when there is none. */
    long lastKey();

    /** The journal's id: random, never 0, the same for all its blocks. */
    long journalId();

    /** How often this journal has been opened for appending and written, this time included. */
    int incarnation();

    /** Whether this appender made the journal. */
    boolean isNew();

    /** What was done about a torn tail when the journal was opened, in one line; empty where there was none. */
    String sealed();

    /** What was looked at when the journal was opened and found well, in a few words each. */
    default List<String> checks() {
        return List.of();
    }

    /** What was not as it should be then, and is done without; one line each. */
    default List<String> notices() {
        return List.of();
    }

    /** The bytes of all blocks that this appender wrote, headers included. */
    long bytesAppended();

    /** Closes the journal and gives it back. Does nothing the second time. */
    @Override
    void close();
}
