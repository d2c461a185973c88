package io.tickring.engine.journaling;

import java.util.List;

/**
 * What a {@link JournalSurvey} found in a journal. Immutable; sequences are those of the stream, times ns since the epoch.
 *
 * @param journalId      random, never 0, the same for all blocks; 0 without a block
 * @param incarnations   the starts of an engine that wrote a block here
 * @param cycles         the journal's files
 * @param blocks         sound ones, dictionary and gap blocks included
 * @param blockBytes     of the sound blocks, headers included
 * @param diskBytes      of the files up to their last sound blocks, holes included; what follows there is empty
 * @param firstSequence  of the first record; 0 without a record
 * @param lastSequence   of the last sound record, or the last that is recorded as missing behind it; 0 without either
 * @param gaps           where records are missing and the journal says so
 * @param missing        the records that are missing there
 * @param ticks          all of them, also those that no instrument has
 * @param undefinedTicks those whose instrument was not defined before them
 * @param otherRecords   the records that are no ticks
 * @param instruments    every one that was defined, the most active first, then by symbol
 * @param error          null if every block is sound; else one line: file, block, first sequence not to be trusted, what to do.
 *                       All figures but cycles then end before the damage
 */
public record JournalDescription(
        long journalId,
        int incarnations,
        int cycles,
        long blocks,
        long blockBytes,
        long diskBytes,
        long firstSequence,
        long lastSequence,
        long gaps,
        long missing,
        TickActivity ticks,
        TickActivity undefinedTicks,
        OtherRecords otherRecords,
        List<Instrument> instruments,
        String error) {
    /** One instrument's part of the ticks. */
    public record Instrument(String symbol, TickActivity ticks) {}

    /** Records that are no ticks, by type; those of dictionary blocks own no sequence and are not among them. */
    public record OtherRecords(
            long definitions,
            long attributes,
            long checkpoints,
            long padding,
            long skipped,
            long stale,
            long unknownTypes) {
        public long total() {
            return definitions + attributes + checkpoints + padding + skipped + stale + unknownTypes;
        }
    }

    public JournalDescription {
        instruments = List.copyOf(instruments);
    }

    public boolean isSound() {
        return error == null;
    }

    /** Of the blocks, headers and other records included; NaN without a tick. */
    public double bytesPerTick() {
        return ticks.total() == 0 ? Double.NaN : (double) blockBytes / ticks.total();
    }
}
