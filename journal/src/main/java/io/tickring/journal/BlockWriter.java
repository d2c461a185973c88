package io.tickring.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.core.io.Closeable;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes blocks: header, checksum and link to the block before, then the records, encoded where there is a codec and they
 * get shorter by it; each as one excerpt that is there whole or not at all. One thread; allocates nothing.
 */
final class BlockWriter implements AutoCloseable {
    private final ExcerptAppender appender;
    private final BlockCodec codec;
    private final int recordLength;
    private final byte[] encodedBytes;
    private final UnsafeBuffer encoded;
    private final BlockChecksum checksum = new BlockChecksum();
    private final ByteBuffer headerBytes = BufferUtil.allocateDirectAligned(BlockDescriptor.HEADER_LENGTH, 64);
    private final UnsafeBuffer header = new UnsafeBuffer(headerBytes);
    private final UnsafeBuffer target = new UnsafeBuffer(0, 0);
    private BytesStore<?, ?> chunk;
    private int crc;
    private long bytesWritten;
    private long endPosition;

    /**
     * @param codec null keeps all records as they are.
     * @param crc   of the block before the first; 0 when there is none.
     * @param endPosition where in its file that block ends.
     */
    BlockWriter(
            ExcerptAppender appender,
            BlockCodec codec,
            int recordLength,
            long journalId,
            int incarnation,
            int crc,
            long endPosition) {
        this.endPosition = endPosition;
        this.appender = appender;
        this.codec = codec;
        this.recordLength = recordLength;
        this.encodedBytes =
                new byte[codec == null ? 0 : BlockDescriptor.MAX_RECORDS * recordLength + BlockCodec.SLACK_BYTES];
        this.encoded = new UnsafeBuffer(encodedBytes);
        this.crc = crc;
        BlockDescriptor.encodeFixed(header, recordLength, journalId, incarnation);
    }

    /** Writes {@code count} records under their sequences. */
    void writeRecords(
            DirectBuffer records,
            int offset,
            long firstSequence,
            int count,
            long key,
            int definitionsBefore,
            long durableSequence) {
        int length = codec == null ? 0 : codec.encode(records, offset, firstSequence, count, encodedBytes);
        boolean isShorter = length > 0 && length < count * recordLength;
        int bodyLength = isShorter ? length : count * recordLength;
        BlockDescriptor.encodeBlock(
                header,
                BlockDescriptor.KIND_RECORDS,
                isShorter ? codec.number() : BlockDescriptor.CODEC_RAW,
                firstSequence,
                count,
                bodyLength,
                key,
                definitionsBefore,
                durableSequence);
        write(isShorter ? encoded : records, isShorter ? 0 : offset, bodyLength);
    }

    /**
     * Writes what owns no sequence: definitions, or a gap, or a part of its payload; {@code nextSequence} is that of the record after it.
     *
     * @param kind of {@link BlockDescriptor}
     */
    void writeWithoutSequence(
            int kind,
            DirectBuffer payload,
            int offset,
            int length,
            long nextSequence,
            long key,
            int definitionsBefore,
            long durableSequence) {
        BlockDescriptor.encodeBlock(
                header,
                kind,
                BlockDescriptor.CODEC_RAW,
                nextSequence,
                0,
                length,
                key,
                definitionsBefore,
                durableSequence);
        write(payload, offset, length);
    }

    /** Chronicle's index of the block that was written last. */
    long lastIndex() {
        return appender.lastIndexAppended();
    }

    /** The bytes of all blocks written, headers included. */
    long bytesWritten() {
        return bytesWritten;
    }

    /** Where in its file the last block ends that was written. */
    long endPosition() {
        return endPosition;
    }

    private void write(DirectBuffer body, int offset, int bodyLength) {
        int length = BlockDescriptor.HEADER_LENGTH + bodyLength;
        header.putInt(BlockDescriptor.PREVIOUS_CRC_OFFSET, crc, LITTLE_ENDIAN);
        int blockCrc = checksum.of(headerBytes, body, offset, bodyLength);
        header.putInt(BlockDescriptor.CRC_OFFSET, blockCrc, LITTLE_ENDIAN);
        DocumentContext document = appender.writingDocument();
        try {
            Bytes<?> bytes = document.wire().bytes();
            if (bytes.bytesStore() != chunk) {
                chunk = bytes.bytesStore();
                PageAdvice.willWrite(chunk);
            }
            target.wrap(bytes.addressForWrite(bytes.writePosition()), length);
            bytes.writeSkip(length);
            endPosition = bytes.writePosition();
            target.putBytes(0, header, 0, BlockDescriptor.HEADER_LENGTH);
            if (bodyLength > 0) {
                target.putBytes(BlockDescriptor.HEADER_LENGTH, body, offset, bodyLength);
            }
        } catch (Throwable e) {
            document.rollbackOnClose();
            Closeable.closeQuietly(document);
            throw e;
        }
        document.close();
        crc = blockCrc;
        bytesWritten += length;
    }

    @Override
    public void close() {
        Closeable.closeQuietly(appender);
    }
}
