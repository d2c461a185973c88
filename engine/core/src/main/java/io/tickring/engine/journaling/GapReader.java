package io.tickring.engine.journaling;

import io.tickring.engine.price.PriceTableDescriptor;
import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.BlockTailer;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Takes the payload of a gap out of one gap block or several: what {@link GapState} wrote. Parts that a kill left without their end
 * are forgotten when another gap begins. One thread's.
 */
final class GapReader {
    private final DefinitionLog definitions = new DefinitionLog();
    private final ExpandableArrayBuffer rows = new ExpandableArrayBuffer();
    private final Tick record = new Tick();
    private JournalGap gap;
    private long comparableFrom;
    private int instruments;
    private int missing = -1;

    /**
     * Takes the gap block on which {@code block} stands. Answers whether the gap is complete with it.
     *
     * @throws IllegalStateException when it is not what a gap is made of; one line
     */
    boolean take(BlockTailer block) {
        add(block.records(), block.recordsOffset(), block.recordsLength());
        boolean leavesOut = block.gapTo() >= block.gapFrom();
        if (missing > 0 && !leavesOut) {
            return false;
        }
        if (missing != 0 || gap.from() != block.gapFrom() || gap.to() != block.gapTo()) {
            throw new IllegalStateException("file=" + block.fileName() + " block=" + block.blockNumber() + " sequence="
                    + block.gapFrom()
                    + ": the gap does not hold the state behind it; whoever wrote this journal did not"
                    + " follow its format: do not use it");
        }
        return true;
    }

    /** Takes a part of a payload; answers whether the payload is complete with it. */
    boolean add(DirectBuffer records, int offset, int length) {
        for (int at = offset; at < offset + length; at += TickDescriptor.LENGTH) {
            record.wrap(records, at);
            if (at == offset && record.type() == TickDescriptor.GAP) {
                begin();
            } else {
                missing--;
                addRecord(records, at);
            }
        }
        return missing == 0;
    }

    /** The sequences that are missing; null before the first gap. */
    JournalGap gap() {
        return gap;
    }

    /** The first sequence whose checkpoint speaks of what follows from the state. */
    long comparableFrom() {
        return comparableFrom;
    }

    /** All definitions before the gap's end. */
    DefinitionLog definitions() {
        return definitions;
    }

    /** Makes the table what it was at the gap's end. */
    void restore(PriceTableHandler table) {
        table.restore(rows, 0, instruments, gap.to());
    }

    private void begin() {
        definitions.clear();
        rows.setMemory(0, instruments << PriceTableDescriptor.ROW_LENGTH_SHIFT, (byte) 0);
        instruments = 0;
        gap = new JournalGap(record.gapFrom(), record.gapTo(), GapCause.of(record.gapCause()));
        comparableFrom = record.gapComparableFrom();
        missing = record.gapRecords();
    }

    private void addRecord(DirectBuffer records, int at) {
        int id = record.instrumentId();
        int row = id << PriceTableDescriptor.ROW_LENGTH_SHIFT;
        if (record.type() == TickDescriptor.DEFINITION && InstrumentIds.isLegal(id)) {
            definitions.addFrom(records, at, 1);
            instruments = Math.max(instruments, id + 1);
            rows.checkLimit(row + PriceTableDescriptor.ROW_LENGTH);
            rows.putBytes(
                    row + PriceTableDescriptor.SYMBOL,
                    records,
                    at + TickDescriptor.SYMBOL_OFFSET,
                    TickDescriptor.SYMBOL_LENGTH);
        } else if (record.type() == TickDescriptor.STATE && id >= 0 && id < instruments) {
            record.copyState(rows, row);
        }
    }
}
