package io.tickring.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * CRC32C of a block: the header's first 60 bytes, then the payload, read where it lies. One thread; allocates only when
 * it meets a buffer for the first time.
 */
final class BlockChecksum {
    private final CRC32C crc = new CRC32C();
    private DirectBuffer knownBuffer;
    private ByteBuffer known;
    private ByteBuffer view;
    private ByteBuffer copyBytes;
    private UnsafeBuffer copy;

    /** @param header a direct buffer that holds the header from its index 0 on. */
    int of(ByteBuffer header, DirectBuffer payload, int offset, int length) {
        crc.reset();
        header.limit(BlockDescriptor.CRC_OFFSET).position(0);
        crc.update(header);
        if (length > 0) {
            update(payload, offset, length);
        }
        return (int) crc.getValue();
    }

    /** @param block holds header and payload, back to back, from its index 0 on. */
    int of(byte[] block, int length) {
        crc.reset();
        crc.update(block, 0, BlockDescriptor.CRC_OFFSET);
        crc.update(block, BlockDescriptor.HEADER_LENGTH, length - BlockDescriptor.HEADER_LENGTH);
        return (int) crc.getValue();
    }

    private void update(DirectBuffer payload, int offset, int length) {
        if (payload.byteArray() != null) {
            crc.update(payload.byteArray(), payload.wrapAdjustment() + offset, length);
            return;
        }
        ByteBuffer bytes;
        int start;
        if (payload.byteBuffer() != null) {
            bytes = viewOf(payload);
            start = payload.wrapAdjustment() + offset;
        } else {
            bytes = copyOf(payload, offset, length);
            start = 0;
        }
        bytes.limit(start + length).position(start);
        crc.update(bytes);
    }

    /** A view of our own, so that position and limit of the caller's buffer stay as they are. */
    private ByteBuffer viewOf(DirectBuffer payload) {
        if (payload != knownBuffer || payload.byteBuffer() != known) {
            knownBuffer = payload;
            known = payload.byteBuffer();
            view = known.duplicate();
        }
        return view;
    }

    private ByteBuffer copyOf(DirectBuffer payload, int offset, int length) {
        if (copyBytes == null || copyBytes.capacity() < length) {
            copyBytes = BufferUtil.allocateDirectAligned(BitUtil.findNextPositivePowerOfTwo(length), 64);
            copy = new UnsafeBuffer(copyBytes);
        }
        copy.putBytes(0, payload, offset, length);
        return copyBytes;
    }
}
