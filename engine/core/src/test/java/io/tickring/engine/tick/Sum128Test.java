package io.tickring.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Sums against BigInteger, modulo 2^128. */
class Sum128Test {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);
    private static final long[] EDGES = {
        0, 1, -1, 2, Integer.MAX_VALUE, 1L << 32, -1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1
    };
    private static final int OFFSET = 8;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[OFFSET + 16]);
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void shouldAddProductsOfSignedNumbers() {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < 100_000; i++) {
            long a = next();
            long b = next();
            Sum128.addProduct(buffer, OFFSET, a, b);
            sum = sum.add(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b))).mod(MODULUS);
            requireSum(sum);
        }
    }

    @Test
    void shouldAddNumbersOf128BitsWithTheirCarry() {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < 100_000; i++) {
            long high = next();
            long low = next();
            Sum128.add(buffer, OFFSET, high, low);
            BigInteger unsignedLow = new BigInteger(Long.toUnsignedString(low));
            sum = sum.add(BigInteger.valueOf(high).shiftLeft(64))
                    .add(unsignedLow)
                    .mod(MODULUS);
            requireSum(sum);
        }
        assertThat(buffer.getLong(0)).isZero();
    }

    private long next() {
        return random.nextInt(3) == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextLong();
    }

    private void requireSum(BigInteger sum) {
        assertThat(Sum128.unsigned(buffer, OFFSET)).isEqualTo(sum);
        assertThat(Sum128.signed(buffer, OFFSET)).isEqualTo(sum.testBit(127) ? sum.subtract(MODULUS) : sum);
    }
}
