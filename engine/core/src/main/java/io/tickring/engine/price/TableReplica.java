package io.tickring.engine.price;

import io.tickring.engine.tick.Tick;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A price table of one's own that begins as a copy of one that is being written, and that the stream of records brings to what the
 * table is at each sequence. Never holds the writer up. One thread's.
 *
 * <p>Design note: rows are copied one after the other while the writer goes on, so each is whole but each of another moment. What was
 * applied before the copying began stands in all of them; what came later stands in some. The records from {@link #nextSequence()} on
 * are therefore applied again, but for those that their row has already; once all that any row has seen is through, at
 * {@link #copySequence()}, the replica is the table.
 */
public final class TableReplica {
    private final PriceTableWriter writer;
    private final PriceTableReader reader;
    private final PriceRow row = new PriceRow();
    private final Tick tick = new Tick();
    private final long copySequence;
    private long appliedSequence;

    private TableReplica(TableRows rows, int capacity) {
        UnsafeBuffer table = PriceTableFile.inMemory(capacity);
        this.writer = new PriceTableWriter(table, capacity);
        this.reader = PriceTableReader.over(table);
        this.copySequence = rows.newestSequence();
        writer.restoreRows(rows.rows(), 0, rows.instruments());
        applied(rows.appliedSequence());
    }

    /**
     * Begins with a copy.
     *
     * @param spareInstruments room for definitions to come
     */
    public static TableReplica of(TableRows rows, int spareInstruments) {
        return new TableReplica(
                rows, Math.min(PriceTableDescriptor.MAX_CAPACITY, rows.instruments() + spareInstruments));
    }

    /** The sequence of the record that {@link #apply} wants next. */
    public long nextSequence() {
        return appliedSequence + 1;
    }

    /** From this sequence on, once it is applied, the replica is the table. */
    public long copySequence() {
        return copySequence;
    }

    /** Whether the replica is the table as it is, or was, at {@link #nextSequence()} − 1. */
    public boolean isWhole() {
        return appliedSequence >= copySequence;
    }

    /**
     * Applies the record at {@code offset}, which is the one of {@link #nextSequence()}.
     *
     * @throws IllegalArgumentException if it is another
     */
    public void apply(DirectBuffer records, int offset) {
        tick.wrap(records, offset);
        long sequence = tick.sequence();
        if (sequence != nextSequence()) {
            throw new IllegalArgumentException("sequence=" + sequence + " expected=" + nextSequence());
        }
        if (!hasSeen(tick, sequence)) {
            writer.apply(records, offset);
        }
        applied(sequence);
    }

    /** Reads the replica; its applied sequence is the replica's. */
    public PriceTableReader table() {
        return reader;
    }

    /** As {@link PriceTableWriter#digest()}. */
    public long digest() {
        return writer.digest();
    }

    private boolean hasSeen(Tick record, long sequence) {
        if (isWhole()) {
            return false;
        }
        int id = record.instrumentId();
        if (id < 0 || id >= writer.instruments()) {
            return false;
        }
        reader.read(id, row);
        return row.newestSequence() >= sequence;
    }

    private void applied(long sequence) {
        appliedSequence = sequence;
        writer.applied(sequence);
    }
}
