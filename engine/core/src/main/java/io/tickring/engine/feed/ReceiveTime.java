package io.tickring.engine.feed;

/** The receive time at the beginning of a recorded line: digits, above 0, and a space. One thread; allocates nothing. */
final class ReceiveTime {
    private long valueNs;
    private int endOffset;

    /** The time that was read last, in ns since the epoch. */
    long valueNs() {
        return valueNs;
    }

    /** Where what follows the space begins. */
    int endOffset() {
        return endOffset;
    }

    /** Reads the time of a line; {@code isLast} when the input ends here without a newline. Answers what is wrong, or null. */
    RejectReason read(byte[] bytes, int start, int end, boolean isLast) {
        long value = 0;
        boolean overflow = false;
        int position = start;
        for (; position < end && bytes[position] >= '0' && bytes[position] <= '9'; position++) {
            int digit = bytes[position] - '0';
            overflow |= value > (Long.MAX_VALUE - digit) / 10;
            value = value * 10 + digit;
        }
        if (position == end && isLast) {
            return RejectReason.TRUNCATED_INPUT;
        }
        if (position == start || position == end || bytes[position] != ' ') {
            return RejectReason.MALFORMED_LINE;
        }
        if (overflow) {
            return RejectReason.OUT_OF_RANGE;
        }
        valueNs = value;
        endOffset = position + 1;
        return value > 0 ? null : RejectReason.MALFORMED_LINE;
    }
}
