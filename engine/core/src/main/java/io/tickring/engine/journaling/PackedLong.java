package io.tickring.engine.journaling;

/**
 * Integers of 0 to 6 or of 8 bytes whose length is kept elsewhere, as a code of three bits (Lemire, Kurz and Rupp, "Stream VByte", 2017).
 * Written and read as whole words, without a branch: both sides touch up to eight bytes more than a value has.
 */
final class PackedLong {
    static final int CODE_BITS = 3;
    static final int CODE_MASK = 0b111;

    /** Codes of three values, the first in the lowest bits. */
    static final int GROUP_BITS = 3 * CODE_BITS;

    private static final int GROUP_MASK = (1 << GROUP_BITS) - 1;

    private static final byte[] CODE_BY_LEADING_ZEROS = new byte[Long.SIZE + 1];
    private static final int[] ENDS_BY_GROUP = new int[1 << GROUP_BITS];
    private static final long[] MASK_BY_CODE = new long[CODE_MASK + 1];

    static {
        for (int zeros = 0; zeros <= Long.SIZE; zeros++) {
            int length = (Long.SIZE - zeros + Byte.SIZE - 1) / Byte.SIZE;
            CODE_BY_LEADING_ZEROS[zeros] = (byte) Math.min(length, CODE_MASK);
        }
        for (int group = 0; group < ENDS_BY_GROUP.length; group++) {
            int end = 0;
            for (int value = 0; value * CODE_BITS < GROUP_BITS; value++) {
                end += length(group >>> value * CODE_BITS & CODE_MASK);
                ENDS_BY_GROUP[group] |= end << value * Byte.SIZE;
            }
        }
        for (int code = 1; code < CODE_MASK; code++) {
            MASK_BY_CODE[code] = -1L >>> Long.SIZE - code * Byte.SIZE;
        }
        MASK_BY_CODE[CODE_MASK] = -1L;
    }

    private PackedLong() {}

    /** The code of the shortest length that holds {@code value}, taken as unsigned; 0 for zero. */
    static int code(long value) {
        return CODE_BY_LEADING_ZEROS[Long.numberOfLeadingZeros(value)];
    }

    /** In bytes. */
    static int length(int code) {
        return code + (code + 1 >>> 3);
    }

    /** Where the three values of a group end that lie one behind the other, from the first one's start, a byte each; looks at the low bits. */
    static int ends(int group) {
        return ENDS_BY_GROUP[group & GROUP_MASK];
    }

    /** The bits of a word that belong to a value with {@code code}, of 0 to 7. */
    static long mask(int code) {
        return MASK_BY_CODE[code];
    }

    /** Small for values near zero on both sides. */
    static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
