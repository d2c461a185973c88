package io.tickring.engine.journaling;

/**
 * Exact division by powers of ten without a division: what is a multiple of 10ᵉ is multiplied with the inverse of 5ᵉ modulo 2⁶⁴ and
 * shifted by e (Granlund and Montgomery, "Division by Invariant Integers using Multiplication", 1994, section 9).
 */
final class DecimalSteps {
    private static final long[] POWERS = new long[CompactBlockDescriptor.MAX_EXPONENT + 1];
    private static final long[] INVERSES = new long[CompactBlockDescriptor.MAX_EXPONENT + 1];

    static {
        long inverseOfFive = 0xCCCC_CCCC_CCCC_CCCDL;
        POWERS[0] = 1;
        INVERSES[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
            INVERSES[i] = INVERSES[i - 1] * inverseOfFive;
        }
    }

    private DecimalSteps() {}

    /** 10ᵉ. */
    static long power(int exponent) {
        return POWERS[exponent];
    }

    /** What {@link #divide} takes beside the exponent. */
    static long inverse(int exponent) {
        return INVERSES[exponent];
    }

    /** {@code value} in units of 10ᵉ; times 10ᵉ it is {@code value} again if and only if that is a multiple. */
    static long divide(long value, long inverse, long exponent) {
        return value * inverse >> exponent;
    }

    /** The largest exponent, at most {@code exponent}, by whose power of ten {@code value} divides. */
    static int largest(long value, int exponent) {
        int found = exponent;
        while (divide(value, INVERSES[found], found) * POWERS[found] != value) {
            found--;
        }
        return found;
    }
}
