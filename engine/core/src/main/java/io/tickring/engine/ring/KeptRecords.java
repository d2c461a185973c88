package io.tickring.engine.ring;

import static io.tickring.engine.ring.TickProcessor.MAX_BATCH;
import static io.tickring.engine.tick.TickDescriptor.LENGTH_SHIFT;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;

/** Records off the ring, one behind the other, in memory that can be used again and again. One thread's. */
public final class KeptRecords {
    /** What is kept between two uses. */
    private static final int SPARE_BYTES = 8 << 20;

    private final int mostBytes;
    private ExpandableDirectByteBuffer buffer = new ExpandableDirectByteBuffer();
    private int length;

    /** @param mostBytes so much may be kept at once */
    public KeptRecords(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    public void clear() {
        length = 0;
    }

    /** Takes all that {@code reader} has; false where that is more than may be kept. */
    public boolean takeAll(RingReader reader) {
        int count;
        do {
            if (length > mostBytes - (MAX_BATCH << LENGTH_SHIFT)) {
                return false;
            }
            buffer.checkLimit(length + (MAX_BATCH << LENGTH_SHIFT));
            count = reader.poll(buffer, length, MAX_BATCH);
            length += Math.max(0, count) << LENGTH_SHIFT;
        } while (count > 0);
        return true;
    }

    /** Of all that is kept, in bytes. */
    public int lengthBytes() {
        return length;
    }

    /** Holds them from 0 on, until they are given up. */
    public DirectBuffer records() {
        return buffer;
    }

    /** Gives the records up, and memory that is seldom needed. */
    public void release() {
        clear();
        if (buffer.capacity() > SPARE_BYTES) {
            buffer = new ExpandableDirectByteBuffer();
        }
    }

    int capacityBytes() {
        return buffer.capacity();
    }
}
