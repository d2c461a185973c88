package io.tickring.journal;

import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A block copied out of its mapped file, where it was found, and its records once they are decoded. Grows to the longest block that it
 * met, else allocates nothing. One thread at a time.
 */
final class BlockCopy {
    private static final int INITIAL_CAPACITY = 128 * 1024;

    private final UnsafeBuffer mapped = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer block = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer decoded = new UnsafeBuffer(0, 0);
    private byte[] bytes;
    private byte[] decodedBytes;
    private int cycle;
    private long number = -1;
    private long position;
    private int length;
    private long expectedSequence;

    BlockCopy() {
        this(INITIAL_CAPACITY);
    }

    /** @param capacity for the first block, in bytes */
    BlockCopy(int capacity) {
        reserve(capacity);
    }

    /**
     * Takes the block that lies at {@code address}.
     *
     * @param position where in its file it was found
     * @param length   of header and payload; 0 when it is none that a block can have: then nothing is copied
     */
    void take(int cycle, long number, long position, long address, int length) {
        this.cycle = cycle;
        this.number = number;
        this.position = position;
        this.length = 0;
        if (length > 0) {
            if (length + BlockCodec.SLACK_BYTES > bytes.length) {
                reserve(BitUtil.findNextPositivePowerOfTwo(length + BlockCodec.SLACK_BYTES));
            }
            mapped.wrap(address, length);
            block.putBytes(0, mapped, 0, length);
            this.length = length;
        }
    }

    /** What is wrong with the block, in words; null when it is sound. */
    String fault(BlockChecksum checksum, BlockCodec codec) {
        return BlockFormat.fault(block, bytes, length, checksum, codec);
    }

    /** Makes the records of a sound block readable at {@link #records()}. Throws what the codec throws. */
    void decode(BlockCodec codec) {
        if (isRaw()) {
            return;
        }
        int recordsLength = recordsLength();
        if (decoded.capacity() < recordsLength) {
            decodedBytes = new byte[BitUtil.findNextPositivePowerOfTwo(recordsLength)];
            decoded.wrap(decodedBytes);
        }
        int payload = length - BlockDescriptor.HEADER_LENGTH;
        codec.decode(bytes, BlockDescriptor.HEADER_LENGTH, payload, firstSequence(), count(), decodedBytes);
    }

    /** The sequence that the block had to begin with, as those before it say; 0 when none was read. */
    long expectedSequence() {
        return expectedSequence;
    }

    void expectedSequence(long sequence) {
        expectedSequence = sequence;
    }

    int cycle() {
        return cycle;
    }

    long number() {
        return number;
    }

    /** Where in its file the block was found. */
    long position() {
        return position;
    }

    UnsafeBuffer block() {
        return block;
    }

    int length() {
        return length;
    }

    private boolean isRaw() {
        return BlockFormat.isRaw(block);
    }

    /** Holds the records from {@link #recordsOffset()} on. */
    UnsafeBuffer records() {
        return isRaw() ? block : decoded;
    }

    int recordsOffset() {
        return isRaw() ? BlockDescriptor.HEADER_LENGTH : 0;
    }

    /** What the records take, in bytes; those of a dictionary block too. */
    int recordsLength() {
        return isRaw() ? length - BlockDescriptor.HEADER_LENGTH : count() * BlockDescriptor.recordLength(block, 0);
    }

    int count() {
        return BlockDescriptor.recordCount(block, 0);
    }

    boolean isGap() {
        return BlockDescriptor.kind(block, 0) == BlockDescriptor.KIND_GAP;
    }

    long firstSequence() {
        return BlockDescriptor.firstSequence(block, 0);
    }

    private void reserve(int capacity) {
        bytes = new byte[capacity];
        block.wrap(bytes);
    }
}
