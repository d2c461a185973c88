package io.tickring.engine.tick;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Sums of 128 bits in a buffer: the high long, then the low one, each little-endian. Exact, so the order of summing does not matter. */
public final class Sum128 {
    private Sum128() {}

    /** Adds the 128 bits {@code high} and {@code low}. Allocates nothing. */
    public static void add(MutableDirectBuffer buffer, int offset, long high, long low) {
        long lowSum = buffer.getLong(offset + Long.BYTES) + low;
        long carry = Long.compareUnsigned(lowSum, low) < 0 ? 1 : 0;
        buffer.putLong(offset + Long.BYTES, lowSum);
        buffer.putLong(offset, buffer.getLong(offset) + high + carry);
    }

    /** Adds the whole product of two signed numbers. Allocates nothing. */
    public static void addProduct(MutableDirectBuffer buffer, int offset, long a, long b) {
        add(buffer, offset, Math.multiplyHigh(a, b), a * b);
    }

    /** A sum that is never below 0. Allocates. */
    public static BigInteger unsigned(DirectBuffer buffer, int offset) {
        return new BigInteger(1, bytes(buffer, offset));
    }

    /** A sum that may be below 0, in two's complement. Allocates. */
    public static BigInteger signed(DirectBuffer buffer, int offset) {
        return new BigInteger(bytes(buffer, offset));
    }

    private static byte[] bytes(DirectBuffer buffer, int offset) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
        bytes.putLong(buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN));
        bytes.putLong(buffer.getLong(offset + Long.BYTES, ByteOrder.LITTLE_ENDIAN));
        return bytes.array();
    }
}
