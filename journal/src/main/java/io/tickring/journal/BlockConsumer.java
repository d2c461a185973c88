package io.tickring.journal;

import org.agrona.DirectBuffer;

/** Takes blocks one by one, on the thread that reads them. The records are valid only during the call. */
@FunctionalInterface
public interface BlockConsumer {
    /**
     * Takes one block.
     *
     * @param firstSequence the sequence of its first record; of a dictionary or gap block, that of the record after it.
     * @param count         the records that own a sequence; 0 for a dictionary or gap block.
     * @param records       as they were appended, from {@code offset} on.
     * @param length        of the records, in bytes.
     */
    void onBlock(long firstSequence, int count, DirectBuffer records, int offset, int length);
}
