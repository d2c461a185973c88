package io.tickring.engine.broadcast;

import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes batches of quotes in which each field is made of the sequence. */
final class Batches {
    private static final int MAX = 4_096;

    private final UnsafeBuffer records = new UnsafeBuffer(new byte[MAX * TickDescriptor.LENGTH]);
    private final MutableTick tick = new MutableTick();
    private final BroadcastHandler handler;
    private long next;

    Batches(BroadcastHandler handler, long firstSequence) {
        this.handler = handler;
        this.next = firstSequence;
    }

    /** Writes a batch of {@code count} records. */
    void write(int count) {
        for (int i = 0; i < count; i++) {
            long sequence = next + i;
            int offset = i * TickDescriptor.LENGTH;
            tick.wrap(records, offset)
                    .quote((int) sequence, sequence, sequence, sequence, sequence + 1, sequence, sequence);
            records.putLong(offset, sequence, ByteOrder.LITTLE_ENDIAN);
        }
        handler.onBatch(records, 0, next, count);
        next += count;
    }

    long nextSequence() {
        return next;
    }

    static void check(Tick tick, long sequence) {
        boolean isWhole = tick.sequence() == sequence
                && tick.type() == TickDescriptor.QUOTE
                && tick.instrumentId() == (int) sequence
                && tick.exchangeTimeNs() == sequence
                && tick.receiveTimeNs() == sequence
                && tick.bid() == sequence
                && tick.ask() == sequence + 1
                && tick.bidSize() == sequence
                && tick.askSize() == sequence;
        if (!isWhole) {
            throw new AssertionError("torn: sequence=" + tick.sequence() + " expected=" + sequence + " type="
                    + tick.type() + " bid=" + tick.bid() + " askSize=" + tick.askSize());
        }
    }
}
