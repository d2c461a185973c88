package io.tickring.engine.subscription;

import io.tickring.engine.ring.KeptRecords;
import io.tickring.engine.ring.LetGo;
import io.tickring.engine.ring.RingReader;
import io.tickring.engine.ring.TickProcessor;
import io.tickring.engine.tick.TickDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The ring's records, copied out of it, until its reader is let go. */
final class RingRecords implements RecordStream {
    /** More than that a subscriber does not fall behind while it copies a table. */
    private static final int MOST_KEPT_BYTES = 1 << 28;

    private final RingReader ring;
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[TickProcessor.MAX_BATCH * TickDescriptor.LENGTH]);
    private final KeptRecords kept = new KeptRecords(MOST_KEPT_BYTES);
    private DirectBuffer records = copy;
    private int count;

    RingRecords(RingReader ring) {
        this.ring = ring;
    }

    @Override
    public boolean next() {
        if (records == kept.records()) {
            kept.release();
        }
        if (kept.lengthBytes() > 0) {
            records = kept.records();
            count = kept.lengthBytes() >> TickDescriptor.LENGTH_SHIFT;
            return true;
        }
        records = copy;
        count = Math.max(0, ring.poll(copy, 0, TickProcessor.MAX_BATCH));
        return count > 0;
    }

    /** Records stay in the ring for a time alone. Only before any was given. */
    @Override
    public void keep() {
        kept.takeAll(ring);
    }

    @Override
    public DirectBuffer records() {
        return records;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public EndReason end() {
        boolean hasAll = ring.reason() == null || ring.lag() == 0;
        return hasAll || kept.lengthBytes() > 0 ? null : EndReason.FELL_BEHIND;
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
