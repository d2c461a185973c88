package io.tickring.journal;

/**
 * What {@link JournalVerifier} found.
 *
 * @param ok            whether every block was sound; the other figures then are the whole journal's, otherwise they end
 *                      before the damage.
 * @param blocks        read and sound, dictionary and gap blocks included.
 * @param records       with a sequence of their own.
 * @param gaps          where records are missing and a gap block says so.
 * @param firstSequence of the first record; 0 without a record.
 * @param lastSequence  of the last sound record, or the last that is recorded as missing behind it; 0 without either.
 * @param bytes         of the sound blocks, headers included.
 * @param cycles        the journal's files.
 * @param error         one line: file, block, sequence, what to do; null when all is well.
 */
public record JournalVerification(
        boolean ok,
        long blocks,
        long records,
        long gaps,
        long firstSequence,
        long lastSequence,
        long bytes,
        int cycles,
        String error) {}
