package io.tickring.engine.price;

import static io.tickring.engine.price.PriceTableDescriptor.ROW_LENGTH_SHIFT;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * The rows of a table, copied one after the other while it is written: each is whole, but each of another moment. What a
 * {@link TableReplica} begins with. Never holds the writer up. One thread's.
 */
public final class TableRows {
    private static final int ROWS_AT_A_TIME = 64;

    private final ExpandableArrayBuffer rows = new ExpandableArrayBuffer();
    private final PriceRow row = new PriceRow();
    private final long appliedSequence;
    private long newest;
    private int instruments;

    private TableRows(long appliedSequence) {
        this.appliedSequence = appliedSequence;
        this.newest = appliedSequence;
    }

    /**
     * Copies all rows of {@code table}.
     *
     * @param meanwhile run now and then, for what may not wait so long
     * @throws IllegalStateException if a row cannot be read, because its writer died in the middle of it
     */
    public static TableRows copy(PriceTableReader table, Runnable meanwhile) {
        TableRows copy = new TableRows(table.appliedSequence());
        do {
            for (; copy.instruments < table.instruments(); copy.instruments++) {
                copy.copyRow(table, copy.instruments);
                if (copy.instruments % ROWS_AT_A_TIME == 0) {
                    meanwhile.run();
                }
            }
            copy.newest = Math.max(copy.newest, table.appliedSequence());
        } while (copy.instruments < table.instruments());
        return copy;
    }

    private void copyRow(PriceTableReader table, int id) {
        if (!table.read(id, row)) {
            throw new IllegalStateException(table.unreadable(id));
        }
        row.copyTo(rows, id << ROW_LENGTH_SHIFT);
        newest = Math.max(newest, row.newestSequence());
    }

    /** What was applied up to here stands in all rows. */
    public long appliedSequence() {
        return appliedSequence;
    }

    /** What was applied behind this stands in none. */
    public long newestSequence() {
        return newest;
    }

    int instruments() {
        return instruments;
    }

    DirectBuffer rows() {
        return rows;
    }
}
