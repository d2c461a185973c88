package io.tickring.engine.simulation;

import static io.tickring.journal.BlockDescriptor.*;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickring.journal.BlockDescriptor;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One block as bytes, laid out by {@link BlockDescriptor}, and the number of its file. */
record SimulatedBlock(UnsafeBuffer bytes, long cycle) {
    /** What a block has from the journal and the run that wrote it. */
    record Origin(long journalId, int incarnation, int recordLength) {}

    static SimulatedBlock of(
            Origin origin,
            long cycle,
            boolean isGap,
            int codec,
            long firstSequence,
            int count,
            long key,
            long durableSequence,
            int previousCrc,
            DirectBuffer payload,
            int offset,
            int length) {
        UnsafeBuffer block = new UnsafeBuffer(new byte[HEADER_LENGTH + length]);
        block.putInt(MAGIC_OFFSET, MAGIC, LITTLE_ENDIAN);
        block.putByte(VERSION_OFFSET, (byte) (isGap ? GAP_VERSION : VERSION));
        block.putByte(CODEC_OFFSET, (byte) codec);
        block.putShort(RECORD_LENGTH_OFFSET, (short) origin.recordLength(), LITTLE_ENDIAN);
        block.putShort(RECORD_COUNT_OFFSET, (short) count, LITTLE_ENDIAN);
        block.putShort(KIND_OFFSET, (short) (isGap ? KIND_GAP : KIND_RECORDS), LITTLE_ENDIAN);
        block.putInt(PAYLOAD_LENGTH_OFFSET, length, LITTLE_ENDIAN);
        block.putLong(FIRST_SEQUENCE_OFFSET, firstSequence, LITTLE_ENDIAN);
        block.putLong(JOURNAL_ID_OFFSET, origin.journalId(), LITTLE_ENDIAN);
        block.putLong(KEY_OFFSET, key, LITTLE_ENDIAN);
        block.putLong(DURABLE_SEQUENCE_OFFSET, durableSequence, LITTLE_ENDIAN);
        block.putInt(INCARNATION_OFFSET, origin.incarnation(), LITTLE_ENDIAN);
        block.putInt(PREVIOUS_CRC_OFFSET, previousCrc, LITTLE_ENDIAN);
        block.putBytes(HEADER_LENGTH, payload, offset, length);
        block.putInt(CRC_OFFSET, checksum(block), LITTLE_ENDIAN);
        return new SimulatedBlock(block, cycle);
    }

    /** Whether its checksum proves it, and it goes on where {@code before}, null for nothing known, ends. */
    boolean follows(SimulatedBlock before) {
        boolean isSound = magic(bytes, 0) == MAGIC && checksum(bytes) == crc();
        return isSound
                && (before == null
                        || previousCrc(bytes, 0) == before.crc()
                                && (isGap()
                                        ? firstSequence() >= before.nextSequence()
                                        : firstSequence() == before.nextSequence()));
    }

    boolean isGap() {
        return kind(bytes, 0) == KIND_GAP;
    }

    boolean isRaw() {
        return codec(bytes, 0) == CODEC_RAW;
    }

    int count() {
        return recordCount(bytes, 0);
    }

    int payloadLength() {
        return bytes.capacity() - HEADER_LENGTH;
    }

    long firstSequence() {
        return BlockDescriptor.firstSequence(bytes, 0);
    }

    long nextSequence() {
        return firstSequence() + count();
    }

    int crc() {
        return BlockDescriptor.crc(bytes, 0);
    }

    private static int checksum(UnsafeBuffer block) {
        CRC32C crc = new CRC32C();
        crc.update(block.byteArray(), 0, CRC_OFFSET);
        crc.update(block.byteArray(), HEADER_LENGTH, block.capacity() - HEADER_LENGTH);
        return (int) crc.getValue();
    }
}
