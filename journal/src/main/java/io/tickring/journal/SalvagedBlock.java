package io.tickring.journal;

/**
 * A block that proves itself in a journal that does not read to its end, as {@link JournalSalvage} found it.
 *
 * @param file          the number of its file among those of the journal, from 0
 * @param position      where in its file it lies, without its length word
 * @param length        of header and payload, in bytes
 * @param firstSequence of its first record, or of the record after it
 * @param count         of its records; 0 for a dictionary or gap block
 * @param isGap         whether it says that records are missing
 * @param isInPlace     whether its file stays as it is
 */
public record SalvagedBlock(
        int file, long position, int length, long firstSequence, int count, boolean isGap, boolean isInPlace) {
    /** Behind its last record. */
    public long nextSequence() {
        return firstSequence + count;
    }
}
