package io.tickring.tools.cli;

import io.tickring.engine.tick.Decimals;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Bytes of text on their way to a stream: numbers and times are written digit by digit, without a string in between. A
 * line may have at most {@link #MAX_LINE} bytes. One thread's; allocates nothing but when the second of a time changes.
 *
 * <p>Design note: millions of lines pass here, and a library's writer takes strings.
 */
final class LineBuffer {
    static final int MAX_LINE = 1024;

    private static final int CAPACITY = 64 * 1024;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int BLOCK_PLACES = 9;
    private static final long BLOCK = 1_000_000_000;
    private static final byte[] MIN_LONG = ascii(Long.toString(Long.MIN_VALUE));

    private final OutputStream out;
    private final byte[] buffer = new byte[CAPACITY];
    private int length;
    private long cachedSecond = Long.MIN_VALUE;
    private byte[] cachedText = {};

    LineBuffer(OutputStream out) {
        this.out = out;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Bytes written since the last flush: the difference of two is the length of what stands between. */
    int position() {
        return length;
    }

    LineBuffer append(char character) {
        buffer[length++] = (byte) character;
        return this;
    }

    LineBuffer append(byte[] text) {
        System.arraycopy(text, 0, buffer, length, text.length);
        length += text.length;
        return this;
    }

    LineBuffer append(long value) {
        if (value == Long.MIN_VALUE) {
            return append(MIN_LONG);
        }
        if (value < 0) {
            append('-');
        }
        return digits(Math.abs(value));
    }

    /** A value in 10⁻⁸, in plain notation without trailing zeros. */
    LineBuffer decimal(long value) {
        if (value < 0) {
            append('-');
        }
        digits(Math.abs(value / Decimals.ONE));
        int fraction = (int) Math.abs(value % Decimals.ONE);
        if (fraction != 0) {
            append('.');
            int places = Decimals.SCALE;
            while (fraction % 10 == 0) {
                fraction /= 10;
                places--;
            }
            padded(fraction, places);
        }
        return this;
    }

    /** ISO-8601, UTC, with all nine decimals. */
    LineBuffer isoTime(long epochNs) {
        long second = Math.floorDiv(epochNs, SECOND_NS);
        if (second != cachedSecond) {
            String whole = Notation.isoTime(epochNs);
            cachedText = ascii(whole.substring(0, whole.indexOf('.') + 1));
            cachedSecond = second;
        }
        append(cachedText);
        padded((int) Math.floorMod(epochNs, SECOND_NS), BLOCK_PLACES);
        return append('Z');
    }

    /** Widens what was written since {@code start} to {@code width}, with spaces before it or after it. */
    void pad(int start, int width, boolean before) {
        int written = length - start;
        int missing = width - written;
        if (missing <= 0) {
            return;
        }
        if (before) {
            System.arraycopy(buffer, start, buffer, start + missing, written);
            Arrays.fill(buffer, start, start + missing, (byte) ' ');
        } else {
            Arrays.fill(buffer, length, length + missing, (byte) ' ');
        }
        length += missing;
    }

    /** Ends a line; sends what is gathered when another line might not fit. */
    void endLine() throws IOException {
        append('\n');
        if (length > CAPACITY - MAX_LINE) {
            send();
        }
    }

    /** Sends everything, to where it is read. */
    void flush() throws IOException {
        send();
        out.flush();
    }

    private void send() throws IOException {
        int pending = length;
        length = 0;
        out.write(buffer, 0, pending);
    }

    /** In blocks of nine digits: dividing 64 bits by ten again and again is the slowest part of a line. */
    private LineBuffer digits(long value) {
        if (value < BLOCK) {
            int block = (int) value;
            padded(block, places(block));
        } else {
            digits(value / BLOCK);
            padded((int) (value % BLOCK), BLOCK_PLACES);
        }
        return this;
    }

    private void padded(int value, int places) {
        int rest = value;
        int position = length + places;
        length = position;
        for (int left = places; left > 0; left--) {
            buffer[--position] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static int places(int value) {
        int places = 1;
        for (int limit = 10; places < BLOCK_PLACES && value >= limit; limit *= 10) {
            places++;
        }
        return places;
    }
}
