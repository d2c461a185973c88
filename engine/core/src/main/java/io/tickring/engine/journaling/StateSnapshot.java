package io.tickring.engine.journaling;

import io.tickring.engine.analytics.FiguresDescriptor;
import io.tickring.engine.analytics.FiguresFile;
import io.tickring.engine.price.PriceTableDescriptor;
import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.price.TableDigest;
import io.tickring.engine.snapshot.Snapshot;
import io.tickring.engine.snapshot.Snapshot.Section;
import io.tickring.engine.tick.TickDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * What a snapshot of an engine holds: the rows of the price table in use, the definitions behind them and, where they are kept, the
 * figures.
 *
 * <p>Design note: rows of an older layout are passed over. They lack what was not counted then, and the journal, which has it, gives
 * the state that a replay gives.
 */
public final class StateSnapshot {
    static final int ROWS = 1;
    static final int DEFINITIONS = 2;
    private static final int FIGURES = 3;
    private static final int DEFINITIONS_VERSION = 1;

    private StateSnapshot() {}

    /**
     * A snapshot of the state after the record with {@code sequence}.
     *
     * @param rows from index 0 on, as the price table holds them
     * @param digest of those rows
     * @param figures as {@link FiguresFile#copy} copied them when all up to {@code sequence} was in them; null where none are kept
     */
    public static Snapshot of(
            EngineJournal journal,
            long sequence,
            long timeMs,
            DirectBuffer rows,
            int rowsLength,
            long digest,
            DirectBuffer figures,
            int figuresLength) {
        DirectBuffer definitions = journal.definitionsUpTo(sequence);
        List<Section> sections = new ArrayList<>();
        sections.add(new Section(ROWS, PriceTableDescriptor.LAYOUT_VERSION, rows, rowsLength));
        sections.add(new Section(DEFINITIONS, DEFINITIONS_VERSION, definitions, definitions.capacity()));
        if (figures != null) {
            sections.add(new Section(FIGURES, FiguresDescriptor.LAYOUT_VERSION, figures, figuresLength));
        }
        return new Snapshot(journal.journalId(), sequence, digest, timeMs, sections);
    }

    /**
     * Why the state, that of {@code figures} too unless null, cannot be taken from {@code snapshot}, in a few words; null when it can.
     *
     * @param lastSequence of the journal
     */
    static String fault(Snapshot snapshot, FiguresFile figures, long lastSequence) {
        Section rows = rows(snapshot);
        Section definitions = snapshot.section(DEFINITIONS, DEFINITIONS_VERSION);
        if (rows == null || definitions == null) {
            return "another version of this program wrote it";
        }
        int instruments = rows.length() >> PriceTableDescriptor.ROW_LENGTH_SHIFT;
        if (TableDigest.ofRows(rows.bytes(), 0, instruments) != snapshot.digest()) {
            return "its digest";
        }
        if (figures == null) {
            return null;
        }
        Section kept = figures(snapshot);
        return kept == null ? "it holds no bars" : figures.fault(kept.bytes(), kept.length(), lastSequence);
    }

    /** Gives the state to {@code table} and {@code figures}, unless null, and to {@code taker}, which learns the definitions. */
    static void restore(Snapshot snapshot, PriceTableHandler table, FiguresFile figures, JournalRecovery taker) {
        if (figures != null) {
            figures.restore(figures(snapshot).bytes());
        }
        Section rows = rows(snapshot);
        table.restore(rows.bytes(), 0, rows.length() >> PriceTableDescriptor.ROW_LENGTH_SHIFT, snapshot.sequence());
        Section definitions = snapshot.section(DEFINITIONS, DEFINITIONS_VERSION);
        taker.learn(definitions.bytes(), 0, definitions.length() >> TickDescriptor.LENGTH_SHIFT);
    }

    private static Section figures(Snapshot snapshot) {
        return snapshot.section(FIGURES, FiguresDescriptor.LAYOUT_VERSION);
    }

    private static Section rows(Snapshot snapshot) {
        return snapshot.section(ROWS, PriceTableDescriptor.LAYOUT_VERSION);
    }
}
