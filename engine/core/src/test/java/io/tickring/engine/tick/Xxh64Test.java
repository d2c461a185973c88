package io.tickring.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Against an implementation of the specification that gives the published digests of "", "a", "abc" and longer texts. */
class Xxh64Test {
    @Test
    void shouldGiveTheDigestsOfTheSpecification() {
        assertThat(digest(new byte[0])).isEqualTo(0xef46db3751d8e999L);
        assertThat(digest(new byte[32])).isEqualTo(0xf6e9be5d70632cf5L);
        assertThat(digest(upwards(32))).isEqualTo(0xcbf59c5116ff32b4L);
        assertThat(digest(upwards(96))).isEqualTo(0x450baa11f6739216L);
        byte[] ones = new byte[64];
        Arrays.fill(ones, (byte) -1);
        assertThat(digest(ones)).isEqualTo(0x2e54fae2959dbb84L);
    }

    private static byte[] upwards(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static long digest(byte[] bytes) {
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        Xxh64 hash = new Xxh64();
        hash.add(1, 2, 3, 4);
        hash.begin();
        for (int i = 0; i < bytes.length; i += Xxh64.STEP_LENGTH) {
            hash.add(buffer.getLong(i), buffer.getLong(i + 8), buffer.getLong(i + 16), buffer.getLong(i + 24));
        }
        return hash.end();
    }
}
