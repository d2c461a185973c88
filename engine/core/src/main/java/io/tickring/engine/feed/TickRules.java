package io.tickring.engine.feed;

import io.tickring.engine.tick.Decimals;

/** What is asked of the numbers of a quote or a trade, whatever source they come from. Allocates nothing. */
final class TickRules {
    private TickRules() {}

    /** Why the size of a quote cannot be, or null. */
    static RejectReason quoteFault(long bidSize, long askSize) {
        return bidSize < 0 || askSize < 0 ? RejectReason.NEGATIVE_SIZE : null;
    }

    /** Why the price or size of a trade cannot be, or null. */
    static RejectReason tradeFault(long price, long size) {
        return price <= 0 || size <= 0 ? RejectReason.NOT_POSITIVE : null;
    }

    /** Why {@code value} is a code of {@link Decimals} and no number, or null. */
    static RejectReason numberFault(long value) {
        if (!Decimals.isError(value)) {
            return null;
        }
        if (value == Decimals.TOO_PRECISE) {
            return RejectReason.TOO_PRECISE;
        }
        return value == Decimals.OUT_OF_RANGE ? RejectReason.OUT_OF_RANGE : RejectReason.NOT_A_NUMBER;
    }

    /** Reads {@code [-]digits} times {@code unit}, as a value or a code of {@link Decimals}. */
    static long integer(char[] text, int offset, int length, long unit) {
        int end = offset + length;
        boolean negative = length > 0 && text[offset] == '-';
        int first = negative ? offset + 1 : offset;
        long max = Decimals.MAX_VALUE / unit;
        long value = 0;
        boolean overflow = false;
        for (int i = first; i < end; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return Decimals.NOT_A_NUMBER;
            }
            overflow |= value > (max - digit) / 10;
            value = value * 10 + digit;
        }
        if (first == end) {
            return Decimals.NOT_A_NUMBER;
        }
        if (overflow) {
            return Decimals.OUT_OF_RANGE;
        }
        return (negative ? -value : value) * unit;
    }
}
