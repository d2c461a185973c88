package io.tickring.engine.tick;

/**
 * Decimal numbers as {@code long} in units of 10⁻⁸: exact, never rounded. Parsing allocates nothing and reports through codes,
 * so that it may stand on the path.
 */
public final class Decimals {
    public static final int SCALE = 8;
    public static final long ONE = 100_000_000L;

    /** {@link #parse} answers one of these instead of a value; no value in range equals them. */
    public static final long NOT_A_NUMBER = Long.MIN_VALUE;

    public static final long TOO_PRECISE = Long.MIN_VALUE + 1;
    public static final long OUT_OF_RANGE = Long.MIN_VALUE + 2;

    /** The largest magnitude that a price or size may have, in 10⁻⁸: 92,233,720,368.54775805. */
    public static final long MAX_VALUE = Long.MAX_VALUE - 2;

    private Decimals() {}

    /** Whether {@code value} is one of the codes rather than a number. */
    public static boolean isError(long value) {
        return value <= OUT_OF_RANGE;
    }

    /**
     * Reads {@code [-]digits[.digits]}, the plain notation of exchanges; zeros beyond the eighth decimal are no loss and allowed.
     *
     * @return the value in 10⁻⁸, or NOT_A_NUMBER, TOO_PRECISE (a ninth decimal that is not 0), OUT_OF_RANGE.
     */
    public static long parse(char[] text, int offset, int length) {
        return parse(text, offset, length, SCALE);
    }

    /**
     * As {@link #parse(char[], int, int)} in units of 10⁻ˢᶜᵃˡᵉ: with a scale of 9 seconds become nanoseconds.
     *
     * @param scale from 0 to 18
     */
    public static long parse(char[] text, int offset, int length, int scale) {
        int end = offset + length;
        boolean negative = length > 0 && text[offset] == '-';
        int position = negative ? offset + 1 : offset;
        int integerStart = position;
        long value = 0;
        boolean overflow = false;
        for (; position < end && isDigit(text[position]); position++) {
            int digit = text[position] - '0';
            overflow |= value > (MAX_VALUE - digit) / 10;
            value = value * 10 + digit;
        }
        if (position == integerStart) {
            return NOT_A_NUMBER;
        }
        int decimals = 0;
        boolean tooPrecise = false;
        if (position < end) {
            if (text[position++] != '.' || position == end) {
                return NOT_A_NUMBER;
            }
            for (; position < end && isDigit(text[position]); position++) {
                int digit = text[position] - '0';
                if (decimals == scale) {
                    tooPrecise |= digit != 0;
                } else {
                    overflow |= value > (MAX_VALUE - digit) / 10;
                    value = value * 10 + digit;
                    decimals++;
                }
            }
            if (position < end) {
                return NOT_A_NUMBER;
            }
        }
        for (; decimals < scale; decimals++) {
            overflow |= value > MAX_VALUE / 10;
            value *= 10;
        }
        if (overflow) {
            return OUT_OF_RANGE;
        }
        if (tooPrecise) {
            return TOO_PRECISE;
        }
        return negative ? -value : value;
    }

    /** Writes a value in 10⁻⁸ in plain notation without trailing zeros, as {@code 61659.8}. Allocates. */
    public static String format(long value) {
        return appendTo(new StringBuilder(24), value).toString();
    }

    /** As {@link #format}, into a builder. */
    public static StringBuilder appendTo(StringBuilder text, long value) {
        if (value < 0) {
            text.append('-');
        }
        long integer = Math.abs(value / ONE);
        int fraction = (int) Math.abs(value % ONE);
        text.append(integer);
        if (fraction != 0) {
            text.append('.');
            for (int digit = (int) ONE / 10; fraction != 0; digit /= 10) {
                text.append((char) ('0' + fraction / digit));
                fraction %= digit;
            }
        }
        return text;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
