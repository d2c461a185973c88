package io.tickring.engine.ring;

import static io.tickring.engine.tick.TickDescriptor.LENGTH;

import io.tickring.engine.tick.MutableTick;
import org.agrona.DirectBuffer;

/**
 * Slots that a publisher holds: write them, then {@link #commit()} or {@link #abort()}; until then every handler waits behind
 * them. A slot that is not written becomes PADDING. Belongs to its publisher's thread.
 */
public final class TickClaim {
    private final TickPublisher publisher;
    private final TickRing ring;
    private final MutableTick tick = new MutableTick();
    private long ringSequence;
    private int count;

    TickClaim(TickPublisher publisher, TickRing ring) {
        this.publisher = publisher;
        this.ring = ring;
    }

    void begin(long ringSequence, int count) {
        this.ringSequence = ringSequence;
        this.count = count;
    }

    void fillWithPadding() {
        for (int i = 0; i < count; i++) {
            tick(i).padding();
        }
    }

    /** The sequence of the first slot; the others follow without a gap. */
    public long firstSequence() {
        return ring.sequence(ringSequence);
    }

    public int count() {
        return count;
    }

    /** A window over slot {@code index}, valid until the next call. */
    public MutableTick tick(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("index=" + index + " count=" + count);
        }
        return tick.wrap(ring.slab(), ring.offset(ringSequence + index));
    }

    /** Copies whole records over all slots; the sequences in them do not matter. */
    void put(DirectBuffer records, int offset) {
        int untilWrap = Math.min(count, ring.capacity() - ring.index(ringSequence));
        int firstBytes = untilWrap * LENGTH;
        int allBytes = count * LENGTH;
        ring.slab().putBytes(ring.offset(ringSequence), records, offset, firstBytes);
        if (firstBytes < allBytes) {
            ring.slab().putBytes(0, records, offset + firstBytes, allBytes - firstBytes);
        }
    }

    /** Lets the handlers see the slots. */
    public void commit() {
        publisher.release(false);
    }

    /** Gives the slots up: they become PADDING. */
    public void abort() {
        publisher.release(true);
    }
}
