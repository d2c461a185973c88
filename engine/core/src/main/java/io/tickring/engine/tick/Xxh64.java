package io.tickring.engine.tick;

/**
 * XXH64 with seed 0 over whole steps of 32 bytes, as four longs each. One thread; allocates nothing.
 *
 * <p>Source: Y. Collet, xxHash fast digest algorithm, specification 0.1.1.
 */
public final class Xxh64 {
    public static final int STEP_LENGTH = 4 * Long.BYTES;

    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    private long a;
    private long b;
    private long c;
    private long d;
    private long length;

    public Xxh64() {
        begin();
    }

    /** Forgets what was added. */
    public void begin() {
        a = PRIME_1 + PRIME_2;
        b = PRIME_2;
        c = 0;
        d = -PRIME_1;
        length = 0;
    }

    public void add(long first, long second, long third, long fourth) {
        a = round(a, first);
        b = round(b, second);
        c = round(c, third);
        d = round(d, fourth);
        length += STEP_LENGTH;
    }

    /** The digest of what was added. */
    public long end() {
        if (length == 0) {
            return avalanche(PRIME_5);
        }
        long hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
        hash = merge(merge(merge(merge(hash, a), b), c), d);
        return avalanche(hash + length);
    }

    private static long round(long accumulator, long input) {
        return Long.rotateLeft(accumulator + input * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long accumulator) {
        return (hash ^ round(0, accumulator)) * PRIME_1 + PRIME_4;
    }

    private static long avalanche(long hash) {
        long mixed = (hash ^ hash >>> 33) * PRIME_2;
        mixed = (mixed ^ mixed >>> 29) * PRIME_3;
        return mixed ^ mixed >>> 32;
    }
}
