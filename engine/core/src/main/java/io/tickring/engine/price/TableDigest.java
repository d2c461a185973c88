package io.tickring.engine.price;

import io.tickring.engine.tick.Xxh64;
import org.agrona.DirectBuffer;

/**
 * The table in 64 bits: XXH64 with seed 0 over the rows in use, in id order, each with its id in place of the version word. So it
 * covers symbol and every field but the word of the last side, the time applied and what stands behind the symbol, and neither header
 * nor unused rows. Equal tables have equal digests on every machine. State and quality counters are left out, for older journals have
 * digests too.
 */
public final class TableDigest {
    /** The last two of these four words are taken as 0: rows once had no last side there, and old digests stay true. */
    private static final int SIDE_STEP = PriceTableDescriptor.LAST_SIDE - 2 * Long.BYTES;

    /** The step behind the symbol is four zeros for the same reason. */
    private static final int HASHED_LENGTH = PriceTableDescriptor.ROW_LENGTH - 4 * Long.BYTES;

    private TableDigest() {}

    /** As everywhere where people see it: 16 lower-case hex digits. */
    public static String format(long digest) {
        return String.format("%016x", digest);
    }

    /** @param hash to compute with, so that nothing is allocated */
    static long of(DirectBuffer table, int instruments, Xxh64 hash) {
        return ofRows(table, PriceTableDescriptor.rowOffset(0), instruments, hash);
    }

    /** Of rows that lie one behind the other from {@code offset} on. */
    public static long ofRows(DirectBuffer rows, int offset, int instruments) {
        return ofRows(rows, offset, instruments, new Xxh64());
    }

    private static long ofRows(DirectBuffer rows, int offset, int instruments, Xxh64 hash) {
        hash.begin();
        for (int id = 0; id < instruments; id++) {
            int row = offset + (id << PriceTableDescriptor.ROW_LENGTH_SHIFT);
            for (int i = 0; i < HASHED_LENGTH; i += Xxh64.STEP_LENGTH) {
                boolean isSide = i == SIDE_STEP;
                hash.add(
                        i == 0 ? id : rows.getLong(row + i),
                        rows.getLong(row + i + Long.BYTES),
                        isSide ? 0 : rows.getLong(row + i + 2 * Long.BYTES),
                        isSide ? 0 : rows.getLong(row + i + 3 * Long.BYTES));
            }
            hash.add(0, 0, 0, 0);
        }
        return hash.end();
    }
}
