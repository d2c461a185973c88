package io.tickring.journal;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Blocks that go from the thread that reads to the one that takes together: one long block, or so many short ones that handing them over
 * costs little of what they do. Goes round FREE, READ, DECODING, READY; the state publishes the rest, and whoever may change it is the
 * only one to touch the blocks.
 */
final class BlockBatch {
    /** Reads and proves the next block; false at the end. */
    @FunctionalInterface
    interface Source {
        boolean readInto(BlockCopy block);
    }

    /** Decodes a block that was read; what it throws is told in the block's place. */
    @FunctionalInterface
    interface Decoder {
        void decode(BlockCopy block);
    }

    private static final int FREE = 0;
    private static final int READ = 1;
    private static final int DECODING = 2;
    private static final int READY = 3;

    private static final int MAX_BLOCKS = 64;
    private static final int ENOUGH_BYTES = 8 * 1024;
    private static final int INITIAL_BLOCK_CAPACITY = 1024;

    private final AtomicInteger state = new AtomicInteger(FREE);
    private BlockCopy[] blocks = {};
    private int read;
    private int decoded;
    private Throwable failure;

    boolean isFree() {
        return state.getAcquire() == FREE;
    }

    boolean isReady() {
        return state.getAcquire() == READY;
    }

    void free() {
        state.setRelease(FREE);
    }

    /** Reads until it is full; false at the end. What was read before the end stays, also when the source throws. */
    boolean readFrom(Source source) {
        read = 0;
        int bytes = 0;
        while (read < MAX_BLOCKS && bytes < ENOUGH_BYTES) {
            if (read == blocks.length) {
                grow();
            }
            if (!source.readInto(blocks[read])) {
                return false;
            }
            bytes += blocks[read].length();
            read++;
        }
        return true;
    }

    /** Lets go of what was read; false if that is nothing. */
    boolean publishRead() {
        if (read == 0) {
            return false;
        }
        state.setRelease(READ);
        return true;
    }

    /** Decodes the blocks up to the first that cannot be, unless somebody has begun with it. */
    boolean decode(Decoder decoder) {
        if (state.getAcquire() != READ || !state.compareAndSet(READ, DECODING)) {
            return false;
        }
        failure = null;
        decoded = 0;
        try {
            while (decoded < read) {
                decoder.decode(blocks[decoded]);
                decoded++;
            }
        } catch (Throwable e) {
            failure = e;
        }
        state.setRelease(READY);
        return true;
    }

    /** A block, from 0; null behind the last that is decoded. */
    BlockCopy block(int index) {
        return index < decoded ? blocks[index] : null;
    }

    /** Why the last block that was decoded is not the last that was read; null if it is. */
    Throwable failure() {
        return failure;
    }

    private void grow() {
        int from = blocks.length;
        blocks = Arrays.copyOf(blocks, Math.max(1, Math.min(MAX_BLOCKS, 2 * from)));
        for (int i = from; i < blocks.length; i++) {
            blocks[i] = new BlockCopy(INITIAL_BLOCK_CAPACITY);
        }
    }
}
