package io.tickring.engine.journaling;

import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.ring.InstrumentRegistry;
import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.BlockTailer;
import io.tickring.journal.JournalException;
import org.agrona.DirectBuffer;

/**
 * Builds an engine's state anew from its journal: the table through the handler that also runs live, the symbols' ids, the
 * dictionary. A block lies as a batch of the ring does, so it is handed over as one. Behind a gap it goes on from the state that
 * the gap holds.
 */
public final class JournalRecovery {
    /** Told as the journal is read. */
    @FunctionalInterface
    public interface Progress {
        /** {@code sequence} of {@code lastSequence} is done. */
        void onProgress(long sequence, long lastSequence);
    }

    private final PriceTableHandler table;
    /** Null where none are kept. */
    private final TickHandler figures;

    private final InstrumentRegistry instruments;
    private final DefinitionLog definitions;
    private final GapReader gap = new GapReader();
    private final Tick tick = new Tick();

    /** @param figures takes every record, a stretch of them perhaps for the second time; null for nobody */
    public JournalRecovery(
            PriceTableHandler table, TickHandler figures, InstrumentRegistry instruments, DefinitionLog definitions) {
        this.table = table;
        this.figures = figures;
        this.instruments = instruments;
        this.definitions = definitions;
    }

    /**
     * Reads a journal from behind {@code doneSequence} on, all of it when that is 0. Throws what the journal throws when it is damaged.
     *
     * @return how many records were read
     */
    long recover(BlockTailer journal, long doneSequence, Progress progress) {
        long last = journal.endSequence();
        if (doneSequence > 0 && doneSequence >= last) {
            return 0;
        }
        if (doneSequence > 0 && !journal.seekToSequence(doneSequence + 1)) {
            throw endsEarly(doneSequence, last);
        }
        journal.readAhead();
        boolean begun = doneSequence > 0;
        long records = 0;
        long done = doneSequence;
        while (journal.next()) {
            done = Math.max(done, journal.firstSequence() + journal.count() - 1);
            if (journal.count() > 0) {
                begun = true;
                records += onRest(journal, doneSequence);
                progress.onProgress(journal.firstSequence() + journal.count() - 1, last);
            } else if (journal.isGap()) {
                begun |= gap.take(journal) && takeOverGap();
            } else if (!begun) {
                definitionsBefore(journal, this::onBlock);
            }
        }
        if (done < last) {
            throw endsEarly(done, last);
        }
        return records;
    }

    /** What lists the files may be damaged where each block proves itself. */
    private static JournalException endsEarly(long done, long last) {
        return new JournalException(
                JournalException.Reason.CORRUPT,
                "the journal is damaged: sequence=" + (done + 1) + " lastSequence=" + last
                        + " cause=what follows cannot be reached from the file before it; put the journal back from a copy, or"
                        + " keep what proves itself with: tools.jar recover",
                null);
    }

    /** Takes the records of a block that lie behind {@code doneSequence}; answers how many. */
    private int onRest(BlockTailer block, long doneSequence) {
        int done = (int) Math.max(0, doneSequence + 1 - block.firstSequence());
        int count = block.count() - done;
        onBlock(
                block.firstSequence() + done,
                count,
                block.records(),
                block.recordsOffset() + (done << TickDescriptor.LENGTH_SHIFT));
        return count;
    }

    /** Goes on from the state that a gap holds. */
    private boolean takeOverGap() {
        DefinitionLog defined = gap.definitions();
        int count = defined.length() >> TickDescriptor.LENGTH_SHIFT;
        definitions.clear();
        definitions.addFrom(defined.buffer(), 0, count);
        restoreSymbols(defined.buffer(), 0, count);
        giveToFigures(0, count, defined.buffer(), 0);
        gap.restore(table);
        return true;
    }

    /** Takes records as they stand. */
    @FunctionalInterface
    interface Records {
        void onRecords(long firstSequence, int count, DirectBuffer records, int offset);
    }

    /**
     * What a dictionary defines stands in the stream too, but for the first one's: that is all there is left of it. Gives the
     * definitions of one that stands before all records.
     */
    static void definitionsBefore(BlockTailer dictionary, Records taker) {
        int count = dictionary.recordsLength() >> TickDescriptor.LENGTH_SHIFT;
        if (count > 0) {
            taker.onRecords(
                    dictionary.firstSequence() - count, count, dictionary.records(), dictionary.recordsOffset());
        }
    }

    /** Takes over records that stand in a stream already: a block of it, or the definitions before it. */
    public void onBlock(long firstSequence, int count, DirectBuffer records, int offset) {
        table.onBatch(records, offset, firstSequence, count);
        giveToFigures(firstSequence, count, records, offset);
        learn(records, offset, count);
    }

    private void giveToFigures(long firstSequence, int count, DirectBuffer records, int offset) {
        if (figures != null) {
            figures.onBatch(records, offset, firstSequence, count);
        }
    }

    /** Takes over the definitions among records whose other effects are known already. */
    void learn(DirectBuffer records, int offset, int count) {
        if (definitions.addFrom(records, offset, count)) {
            restoreSymbols(records, offset, count);
        }
    }

    private void restoreSymbols(DirectBuffer records, int offset, int count) {
        for (int i = 0; i < count; i++) {
            tick.wrap(records, offset + (i << TickDescriptor.LENGTH_SHIFT));
            if (tick.type() == TickDescriptor.DEFINITION) {
                instruments.restore(tick.instrumentId(), tick.symbol());
            }
        }
    }
}
