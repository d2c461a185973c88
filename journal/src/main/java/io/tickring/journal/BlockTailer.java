package io.tickring.journal;

import org.agrona.DirectBuffer;

/**
 * Delivers, block by block, what a {@link BlockAppender} has appended, as it was when the tailer was opened: {@link JournalTailer} from
 * Chronicle Queue. Damage is a {@link JournalException} CORRUPT, never a short read. One thread.
 */
public interface BlockTailer extends AutoCloseable {
    /**
     * Goes to the next block, dictionary and gap blocks included. The block is valid until the next call.
     *
     * @return false at the end of the journal as it was at open time.
     * @throws JournalException CORRUPT naming file, block and the first sequence that cannot be trusted.
     */
    boolean next();

    /**
     * Says that the caller means to read to the end: blocks may be prepared beside it from now on. What {@link #next()} yields and
     * throws stays the same.
     */
    void readAhead();

    /** The sequence of the block's first record; of a dictionary or gap block, that of the record after it. */
    long firstSequence();

    /** The block's records; 0 for a dictionary block, whose payload holds definitions alone, and for a gap block. */
    int count();

    /**
     * Whether records are missing before {@link #firstSequence()}. The payload is then what a reader goes on from; one that is too
     * long for a block begins in gap blocks before this one, with which no record is missing.
     */
    boolean isGap();

    /** The first missing sequence; that after {@link #gapTo()} when none is. Of a gap block alone. */
    long gapFrom();

    /** The last missing sequence. Of a gap block alone. */
    long gapTo();

    /** Holds the block's records, from {@link #recordsOffset()} on. */
    DirectBuffer records();

    int recordsOffset();

    /** Of the records, in bytes. */
    int recordsLength();

    /** The name of the file that holds the block. Allocates. */
    String fileName();

    /** The number of the block within its file, from 0. */
    long blockNumber();

    /** The last sequence at open time; below that of the first record when there is none. */
    long endSequence();

    /**
     * Goes to the block that holds {@code sequence}, or to the gap that says it is missing: the first of its blocks. The next
     * {@link #next()} yields it.
     *
     * @return false when neither is there: the tailer then stands at the start, or at the end, whichever is nearer.
     */
    boolean seekToSequence(long sequence);

    /** Lets go of what it reads. Does nothing the second time. */
    @Override
    void close();
}
