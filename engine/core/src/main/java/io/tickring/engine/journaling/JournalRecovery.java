package io.tickring.engine.journaling;

import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.ring.InstrumentRegistry;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.JournalTailer;
import java.nio.file.Path;
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
    private final InstrumentRegistry instruments;
    private final DefinitionLog definitions;
    private final GapReader gap = new GapReader();
    private final Tick tick = new Tick();

    public JournalRecovery(PriceTableHandler table, InstrumentRegistry instruments, DefinitionLog definitions) {
        this.table = table;
        this.instruments = instruments;
        this.definitions = definitions;
    }

    /** Reads the whole journal in {@code folder}. Throws what the journal throws when it is damaged. */
    public void recover(Path folder, Progress progress) {
        try (JournalTailer tailer = CompactCodec.openTailer(folder)) {
            long last = tailer.endSequence();
            boolean begun = false;
            while (tailer.next()) {
                if (tailer.count() > 0) {
                    begun = true;
                    onBlock(tailer.firstSequence(), tailer.count(), tailer.records(), tailer.recordsOffset());
                    progress.onProgress(tailer.firstSequence() + tailer.count() - 1, last);
                } else if (tailer.isGap()) {
                    begun |= gap.take(tailer) && takeOverGap();
                } else if (!begun) {
                    definitionsBefore(tailer, this::onBlock);
                }
            }
        }
    }

    /** Goes on from the state that a gap holds. */
    private boolean takeOverGap() {
        DefinitionLog defined = gap.definitions();
        int count = defined.length() >> TickDescriptor.LENGTH_SHIFT;
        definitions.clear();
        definitions.addFrom(defined.buffer(), 0, count);
        restoreSymbols(defined.buffer(), 0, count);
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
    static void definitionsBefore(JournalTailer dictionary, Records taker) {
        int count = dictionary.recordsLength() >> TickDescriptor.LENGTH_SHIFT;
        if (count > 0) {
            taker.onRecords(
                    dictionary.firstSequence() - count, count, dictionary.records(), dictionary.recordsOffset());
        }
    }

    /** Takes over records that stand in a stream already: a block of it, or the definitions before it. */
    public void onBlock(long firstSequence, int count, DirectBuffer records, int offset) {
        table.onBatch(records, offset, firstSequence, count);
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
