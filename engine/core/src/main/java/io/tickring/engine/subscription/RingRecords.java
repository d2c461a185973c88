package io.tickring.engine.subscription;

import io.tickring.engine.ring.LetGo;
import io.tickring.engine.ring.RingReader;
import io.tickring.engine.ring.TickProcessor;
import io.tickring.engine.tick.TickDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The ring's records, copied out of it, until its reader is let go. */
final class RingRecords implements RecordStream {
    private static final int BATCH_LENGTH = TickProcessor.MAX_BATCH * TickDescriptor.LENGTH;

    /** More than that a subscriber does not fall behind while it copies a table. */
    private static final int MOST_KEPT_LENGTH = 1 << 28;

    private final RingReader ring;
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[BATCH_LENGTH]);
    private final ExpandableArrayBuffer kept = new ExpandableArrayBuffer();
    private int keptLength;
    private int givenLength;
    private DirectBuffer records = copy;
    private int offset;
    private int count;

    RingRecords(RingReader ring) {
        this.ring = ring;
    }

    @Override
    public boolean next() {
        if (givenLength < keptLength) {
            records = kept;
            offset = givenLength;
            count = (keptLength - givenLength) >> TickDescriptor.LENGTH_SHIFT;
            givenLength = keptLength;
            return true;
        }
        records = copy;
        offset = 0;
        count = Math.max(0, ring.poll(copy, 0, TickProcessor.MAX_BATCH));
        return count > 0;
    }

    /** Records stay in the ring for a time alone. Only before any was given. */
    @Override
    public void keep() {
        int polled;
        do {
            kept.checkLimit(keptLength + BATCH_LENGTH);
            polled = Math.max(0, ring.poll(kept, keptLength, TickProcessor.MAX_BATCH));
            keptLength += polled << TickDescriptor.LENGTH_SHIFT;
        } while (polled > 0 && keptLength < MOST_KEPT_LENGTH);
    }

    @Override
    public DirectBuffer records() {
        return records;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public EndReason end() {
        boolean hasAll = ring.reason() == null || ring.lag() == 0;
        return hasAll || givenLength < keptLength ? null : EndReason.FELL_BEHIND;
    }

    @Override
    public void letGo() {
        ring.letGo(LetGo.IDLE);
    }

    @Override
    public void close() {
        ring.close();
    }
}
