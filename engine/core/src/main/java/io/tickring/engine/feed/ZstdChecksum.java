package io.tickring.engine.feed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 with seed 0 over bytes that come in pieces, of which a zstd frame bears the low half. One thread; allocates nothing.
 *
 * <p>Source: Y. Collet, xxHash fast digest algorithm, specification 0.1.1.
 */
final class ZstdChecksum {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long PRIME_1 = 0x9E37_79B1_85EB_CA87L;
    private static final long PRIME_2 = 0xC2B2_AE3D_27D4_EB4FL;
    private static final long PRIME_3 = 0x1656_67B1_9E37_79F9L;
    private static final long PRIME_4 = 0x85EB_CA77_C2B2_AE63L;
    private static final long PRIME_5 = 0x27D4_EB2F_1656_67C5L;
    private static final int STRIPE = 32;

    private final byte[] tail = new byte[STRIPE];
    private long lane1;
    private long lane2;
    private long lane3;
    private long lane4;
    private long length;

    ZstdChecksum() {
        reset();
    }

    void reset() {
        lane1 = PRIME_1 + PRIME_2;
        lane2 = PRIME_2;
        lane3 = 0;
        lane4 = -PRIME_1;
        length = 0;
    }

    void update(byte[] bytes, int offset, int count) {
        int held = (int) (length % STRIPE);
        length += count;
        int position = offset;
        int left = count;
        if (held > 0) {
            int taken = Math.min(STRIPE - held, left);
            System.arraycopy(bytes, position, tail, held, taken);
            position += taken;
            left -= taken;
            if (held + taken < STRIPE) {
                return;
            }
            stripe(tail, 0);
        }
        for (; left >= STRIPE; left -= STRIPE, position += STRIPE) {
            stripe(bytes, position);
        }
        System.arraycopy(bytes, position, tail, 0, left);
    }

    long value() {
        long hash = length >= STRIPE ? mergedLanes() : PRIME_5;
        hash += length;
        int held = (int) (length % STRIPE);
        int position = 0;
        for (; position + Long.BYTES <= held; position += Long.BYTES) {
            hash ^= round(0, (long) LONG.get(tail, position));
            hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
        }
        if (position + Integer.BYTES <= held) {
            hash ^= ((int) INT.get(tail, position) & 0xFFFF_FFFFL) * PRIME_1;
            hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
            position += Integer.BYTES;
        }
        for (; position < held; position++) {
            hash ^= (tail[position] & 0xFF) * PRIME_5;
            hash = Long.rotateLeft(hash, 11) * PRIME_1;
        }
        hash = (hash ^ hash >>> 33) * PRIME_2;
        hash = (hash ^ hash >>> 29) * PRIME_3;
        return hash ^ hash >>> 32;
    }

    private long mergedLanes() {
        long hash = Long.rotateLeft(lane1, 1)
                + Long.rotateLeft(lane2, 7)
                + Long.rotateLeft(lane3, 12)
                + Long.rotateLeft(lane4, 18);
        hash = merge(merge(hash, lane1), lane2);
        return merge(merge(hash, lane3), lane4);
    }

    private void stripe(byte[] bytes, int offset) {
        lane1 = round(lane1, (long) LONG.get(bytes, offset));
        lane2 = round(lane2, (long) LONG.get(bytes, offset + 8));
        lane3 = round(lane3, (long) LONG.get(bytes, offset + 16));
        lane4 = round(lane4, (long) LONG.get(bytes, offset + 24));
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
    }
}
