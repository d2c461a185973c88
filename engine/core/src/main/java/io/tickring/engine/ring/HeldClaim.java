package io.tickring.engine.ring;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The note of who holds which slots since when, on a cache line of its own. Written by the publisher's thread with each claim,
 * read by the supervisor; the count is written last and with release, 0 means that nothing is held.
 */
final class HeldClaim {
    private static final int COUNT_OFFSET = 0;
    private static final int FIRST_OFFSET = 8;
    private static final int SINCE_OFFSET = 16;
    private static final int LENGTH = 64;

    private final UnsafeBuffer note = new UnsafeBuffer(BufferUtil.allocateDirectAligned(LENGTH, LENGTH));
    private volatile Thread owner;

    void take(long firstRingSequence, int count, long sinceNs) {
        Thread current = Thread.currentThread();
        if (owner != current) {
            owner = current;
        }
        note.putLong(FIRST_OFFSET, firstRingSequence);
        note.putLong(SINCE_OFFSET, sinceNs);
        note.putIntRelease(COUNT_OFFSET, count);
    }

    void release() {
        note.putIntRelease(COUNT_OFFSET, 0);
    }

    /** Slots held now, 0 for none. */
    int count() {
        return note.getIntAcquire(COUNT_OFFSET);
    }

    long firstRingSequence() {
        return note.getLong(FIRST_OFFSET);
    }

    /** {@link System#nanoTime} of the claim. */
    long sinceNs() {
        return note.getLong(SINCE_OFFSET);
    }

    Thread owner() {
        return owner;
    }
}
