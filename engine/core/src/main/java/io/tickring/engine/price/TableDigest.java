package io.tickring.engine.price;

import static io.tickring.engine.price.PriceTableDescriptor.ROW_LENGTH;

import org.agrona.DirectBuffer;

/**
 * The table in 64 bits: XXH64 with seed 0 over the rows in use, in id order, each with its id in place of the version word. So it
 * covers symbol and every field but the word of the last side, the time applied and what stands behind the symbol, and neither header
 * nor unused rows. Equal tables have equal digests on every machine. State and quality counters are left out, for older journals have
 * digests too.
 *
 * <p>Source: Y. Collet, xxHash fast digest algorithm, specification 0.1.1.
 */
public final class TableDigest {
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    /** The last two of these four words are taken as 0: rows once had no last side there, and old digests stay true. */
    private static final int SIDE_STEP = PriceTableDescriptor.LAST_SIDE - 2 * Long.BYTES;

    /** The step behind the symbol is four zeros for the same reason. */
    private static final int HASHED_LENGTH = PriceTableDescriptor.ROW_LENGTH - 4 * Long.BYTES;

    private TableDigest() {}

    /** As everywhere where people see it: 16 lower-case hex digits. */
    public static String format(long digest) {
        return String.format("%016x", digest);
    }

    static long of(DirectBuffer table, int instruments) {
        return ofRows(table, PriceTableDescriptor.rowOffset(0), instruments);
    }

    /** Of rows that lie one behind the other from {@code offset} on. */
    public static long ofRows(DirectBuffer rows, int offset, int instruments) {
        if (instruments == 0) {
            return avalanche(PRIME_5);
        }
        long a = PRIME_1 + PRIME_2;
        long b = PRIME_2;
        long c = 0;
        long d = -PRIME_1;
        for (int id = 0; id < instruments; id++) {
            int row = offset + (id << PriceTableDescriptor.ROW_LENGTH_SHIFT);
            for (int i = 0; i < HASHED_LENGTH; i += 4 * Long.BYTES) {
                a = round(a, i == 0 ? id : rows.getLong(row + i));
                b = round(b, rows.getLong(row + i + Long.BYTES));
                c = round(c, i == SIDE_STEP ? 0 : rows.getLong(row + i + 2 * Long.BYTES));
                d = round(d, i == SIDE_STEP ? 0 : rows.getLong(row + i + 3 * Long.BYTES));
            }
            a = round(a, 0);
            b = round(b, 0);
            c = round(c, 0);
            d = round(d, 0);
        }
        long hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
        hash = merge(merge(merge(merge(hash, a), b), c), d);
        return avalanche(hash + (long) instruments * ROW_LENGTH);
    }

    private static long round(long accumulator, long input) {
        return Long.rotateLeft(accumulator + input * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long accumulator) {
        return (hash ^ round(0, accumulator)) * PRIME_1 + PRIME_4;
    }

    private static long avalanche(long hash) {
        long mixed = (hash ^ hash >>> 33) * PRIME_2;
        mixed = (mixed ^ mixed >>> 29) * PRIME_3;
        return mixed ^ mixed >>> 32;
    }
}
