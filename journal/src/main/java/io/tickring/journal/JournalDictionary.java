package io.tickring.journal;

import org.agrona.DirectBuffer;

/**
 * All definitions that were appended so far, as records of the journal's length, oldest first. The appender asks for it
 * on the appending thread whenever a cycle begins, so a reader may start at any cycle. A definition in the block or the
 * gap that is being appended is not yet part of it: a kill may leave the dictionary alone.
 */
public interface JournalDictionary {
    /** The bytes of the definitions so far: a multiple of the record length, 0 for none. */
    int length();

    /** Holds the definitions from its index 0 on; read until the append that asked for it returns. */
    DirectBuffer buffer();
}
