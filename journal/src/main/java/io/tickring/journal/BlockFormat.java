package io.tickring.journal;

import org.agrona.DirectBuffer;

/** Whether bytes are one sound block, whatever stands before and behind it. */
final class BlockFormat {
    private BlockFormat() {}

    /**
     * What is wrong with a block, in words; null when it is sound. What its codec made of the records is not looked at.
     *
     * @param block over {@code bytes}, from its index 0 on
     * @param length of header and payload; 0 when it is none that a block can have
     */
    static String fault(DirectBuffer block, byte[] bytes, int length, BlockChecksum checksum, BlockCodec codec) {
        if (length == 0) {
            return "the block's length is impossible";
        }
        if (BlockDescriptor.magic(block, 0) != BlockDescriptor.MAGIC) {
            return "the block does not begin with TKRB";
        }
        if (checksum.of(bytes, length) != BlockDescriptor.crc(block, 0)) {
            return "the block's checksum does not match";
        }
        if (isNewer(block, codec)) {
            return "the block was written by a newer version of this program";
        }
        if (codec != null && BlockDescriptor.recordLength(block, 0) != codec.recordLengthBytes()) {
            return "the block's records are " + BlockDescriptor.recordLength(block, 0) + " bytes long, not "
                    + codec.recordLengthBytes();
        }
        return contradictsItself(block, length) ? "the block's header contradicts itself" : null;
    }

    /** Whether a block with a sound checksum is one that this program, with this codec, does not know. */
    static boolean isNewer(DirectBuffer block, BlockCodec codec) {
        int version = BlockDescriptor.version(block, 0);
        boolean isKnown = version == BlockDescriptor.VERSION || version == BlockDescriptor.GAP_VERSION;
        return !isKnown || !isRaw(block) && (codec == null || BlockDescriptor.codec(block, 0) != codec.number());
    }

    /** Whether a block that begins with {@code first} stands where {@code expected} is due; only a gap may leave sequences out. */
    static boolean continues(boolean isGap, long first, long expected) {
        return isGap ? first >= expected : first == expected;
    }

    static boolean isRaw(DirectBuffer block) {
        return BlockDescriptor.codec(block, 0) == BlockDescriptor.CODEC_RAW;
    }

    private static boolean contradictsItself(DirectBuffer block, int length) {
        int recordLength = BlockDescriptor.recordLength(block, 0);
        int count = BlockDescriptor.recordCount(block, 0);
        int payload = length - BlockDescriptor.HEADER_LENGTH;
        boolean isGap = BlockDescriptor.version(block, 0) == BlockDescriptor.GAP_VERSION;
        int kind = isGap ? BlockDescriptor.KIND_GAP : BlockDescriptor.KIND_RECORDS;
        boolean fits = count == 0
                ? isRaw(block) && recordLength > 0 && payload % recordLength == 0
                : count <= BlockDescriptor.MAX_RECORDS
                        && (isRaw(block) ? payload == count * recordLength : payload < count * recordLength);
        return !fits
                || recordLength < 1
                || recordLength > BlockDescriptor.MAX_RECORD_LENGTH
                || BlockDescriptor.payloadLength(block, 0) != payload
                || BlockDescriptor.kind(block, 0) != kind
                || isGap && count != 0
                || BlockDescriptor.firstSequence(block, 0) < 1;
    }
}
