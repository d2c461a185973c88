package io.tickring.engine.ring;

import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/** A stage that keeps what it sees, as values, and what a test of the ring needs beside it. */
public final class Records implements TickHandler {
    /** A record as a value. */
    public record Seen(long sequence, byte type, int instrumentId, int source, long first) {}

    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
    private final Tick tick = new Tick();

    @Override
    public void onBatch(DirectBuffer records, int offset, long firstSequence, int count) {
        for (int i = 0; i < count; i++) {
            tick.wrap(records, offset + i * TickDescriptor.LENGTH);
            if (tick.sequence() != firstSequence + i) {
                throw new IllegalStateException("sequence=" + tick.sequence() + " expected=" + (firstSequence + i));
            }
            seen.add(new Seen(tick.sequence(), tick.type(), tick.instrumentId(), tick.source(), tick.bid()));
        }
    }

    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    public static AtomicCounter counter() {
        CountersManager counters = new CountersManager(
                new UnsafeBuffer(ByteBuffer.allocateDirect(64 * 1024)),
                new UnsafeBuffer(ByteBuffer.allocateDirect(16 * 1024)));
        return counters.newCounter("test");
    }
}
