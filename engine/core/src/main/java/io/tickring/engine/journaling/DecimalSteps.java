package io.tickring.engine.journaling;

/**
 * Exact division by powers of ten without a division: a multiple q of 10ᵉ times the inverse of 5ᵉ modulo 2⁶⁴ is q times 2ᵉ. Whatever
 * is none leaves a bit among the low e ones, or gets larger than a quotient can be (H. S. Warren, "Hacker's Delight", 2nd edition,
 * 2012, section 10-17). The bits beyond the largest quotient are looked at, not its value; so a few that are no multiples pass as
 * well, with a quotient that is of no use but leads back to the value all the same, modulo 2⁶⁴.
 */
final class DecimalSteps {
    private static final long INVERSE_OF_FIVE = 0xCCCC_CCCC_CCCC_CCCDL;
    private static final long[] POWERS = new long[CompactBlockDescriptor.MAX_EXPONENT + 1];
    private static final long[] INVERSES = new long[CompactBlockDescriptor.MAX_EXPONENT + 1];
    private static final long[] BEYOND = new long[CompactBlockDescriptor.MAX_EXPONENT + 1];

    static {
        POWERS[0] = 1;
        INVERSES[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
            INVERSES[i] = INVERSES[i - 1] * INVERSE_OF_FIVE;
            BEYOND[i] = -(Long.highestOneBit(Long.MAX_VALUE / POWERS[i]) << 2);
        }
    }

    private DecimalSteps() {}

    /** 10ᵉ. */
    static long power(int exponent) {
        return POWERS[exponent];
    }

    /** The inverse of 5ᵉ modulo 2⁶⁴. A value times it, shifted right by e with its sign, is the value in units of 10ᵉ. */
    static long inverse(int exponent) {
        return INVERSES[exponent];
    }

    /** The bits that are clear in a value times {@link #inverse} that is a multiple of 10ᵉ. */
    static long remainder(long exponent) {
        return (1L << exponent) - 1;
    }

    /** The bits that are clear in the zigzag form of every multiple of 10ᵉ, in units of 10ᵉ. */
    static long beyond(int exponent) {
        return BEYOND[exponent];
    }

    /** The largest exponent, at most {@code exponent}, by whose power of ten {@code value} divides. */
    static int largest(long value, int exponent) {
        int found = exponent;
        while (!divides(value, found)) {
            found--;
        }
        return found;
    }

    private static boolean divides(long value, int exponent) {
        long product = value * inverse(exponent);
        return (product & remainder(exponent)) == 0 && (PackedLong.zigzag(product >> exponent) & beyond(exponent)) == 0;
    }
}
