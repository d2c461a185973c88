package io.tickring.engine.subscription;

import io.tickring.engine.ring.LetGo;
import io.tickring.engine.ring.RingReader;
import io.tickring.engine.ring.TickProcessor;
import io.tickring.engine.tick.TickDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The ring's records, copied out of it, until its reader is let go. */
final class RingRecords implements RecordStream {
    private final RingReader ring;
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[TickProcessor.MAX_BATCH * TickDescriptor.LENGTH]);
    private int count;

    RingRecords(RingReader ring) {
        this.ring = ring;
    }

    @Override
    public boolean next() {
        count = Math.max(0, ring.poll(copy, 0, TickProcessor.MAX_BATCH));
        return count > 0;
    }

    @Override
    public DirectBuffer records() {
        return copy;
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
        return ring.reason() == null ? null : EndReason.FELL_BEHIND;
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
