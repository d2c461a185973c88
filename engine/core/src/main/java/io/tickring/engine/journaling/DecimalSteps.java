package io.tickring.engine.journaling;

/**
 * Exact division by powers of ten without a division, and the test whether it is exact, in one multiplication: a multiple of 10ᵉ is
 * multiplied with the inverse of 5ᵉ modulo 2⁶⁴ and rotated by e; whatever is none gets larger than any quotient can be (H. S. Warren,
 * "Hacker's Delight", 2nd edition, 2012, section 10-17). Results are shifted by {@link #limit} so that they are never negative.
 */
final class DecimalSteps {
    private static final long INVERSE_OF_FIVE = 0xCCCC_CCCC_CCCC_CCCDL;
    private static final long[] POWERS = new long[CompactBlockDescriptor.MAX_EXPONENT + 1];
    private static final long[] INVERSES = new long[CompactBlockDescriptor.MAX_EXPONENT + 1];
    private static final long[] LIMITS = new long[CompactBlockDescriptor.MAX_EXPONENT + 1];

    static {
        POWERS[0] = 1;
        INVERSES[0] = 1;
        LIMITS[0] = Long.MAX_VALUE;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
            INVERSES[i] = INVERSES[i - 1] * INVERSE_OF_FIVE;
            LIMITS[i] = Long.MAX_VALUE / POWERS[i];
        }
    }

    private DecimalSteps() {}

    /** 10ᵉ. */
    static long power(int exponent) {
        return POWERS[exponent];
    }

    /** What {@link #divide} takes beside exponent and limit. */
    static long inverse(int exponent) {
        return INVERSES[exponent];
    }

    /** The largest multiple of 10ᵉ in a long, in units of 10ᵉ. */
    static long limit(int exponent) {
        return LIMITS[exponent];
    }

    /** {@code value} in units of 10ᵉ and {@code limit} more. Means nothing if it {@linkplain #isExact is not exact}. */
    static long divide(long value, long exponent, long inverse, long limit) {
        return Long.rotateRight(value * inverse + (limit << exponent), (int) exponent);
    }

    /** Whether what {@link #divide} answered, with this {@code limit}, times 10ᵉ is the value again, modulo 2⁶⁴. */
    static boolean isExact(long shiftedQuotient, long limit) {
        return Long.compareUnsigned(shiftedQuotient, 2 * limit + 1) <= 0;
    }

    /** The largest exponent, at most {@code exponent}, by whose power of ten {@code value} divides. */
    static int largest(long value, int exponent) {
        int found = exponent;
        while (!isExact(divide(value, found, INVERSES[found], limit(found)), limit(found))) {
            found--;
        }
        return found;
    }
}
