package io.tickring.engine.journaling;

import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.JournalDictionary;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * All DEFINITION records of the stream so far, one behind the other; those that are journaled are what a new cycle of the journal
 * begins with. One thread writes; any may ask for a copy.
 */
public final class DefinitionLog implements JournalDictionary {
    private static final int INITIAL_DEFINITIONS = 64;

    /** Written before {@link #length}, read after it: so it holds that much at least. */
    private volatile UnsafeBuffer records = allocate(INITIAL_DEFINITIONS);

    private volatile int length;

    /** The length of those at the end that lie in a gap which is not yet journaled. */
    private int inGapLength;

    @Override
    public DirectBuffer buffer() {
        return records;
    }

    @Override
    public int length() {
        return length;
    }

    /** Keeps the definitions among {@code count} records; answers whether there was one. */
    boolean addFrom(DirectBuffer batch, int offset, int count) {
        boolean found = false;
        int end = offset + (count << TickDescriptor.LENGTH_SHIFT);
        for (int record = offset; record < end; record += TickDescriptor.LENGTH) {
            if (batch.getByte(record + TickDescriptor.TYPE_OFFSET) == TickDescriptor.DEFINITION) {
                add(batch, record);
                found = true;
            }
        }
        return found;
    }

    /** As {@link #addFrom}, of records that are not journaled: no new cycle has them before the gap that they lie in. */
    void addFromGap(DirectBuffer batch, int offset, int count) {
        int before = length;
        addFrom(batch, offset, count);
        inGapLength += length - before;
    }

    /** The gap is journaled, with all definitions. */
    void onGapJournaled() {
        inGapLength = 0;
    }

    /** Those that a new cycle begins with: the journaled ones. The writing thread's. */
    JournalDictionary journaled() {
        return new JournalDictionary() {
            @Override
            public int length() {
                return length - inGapLength;
            }

            @Override
            public DirectBuffer buffer() {
                return records;
            }
        };
    }

    /** A copy of those with sequences up to {@code sequence}, which have all been added. Any thread. */
    UnsafeBuffer copyUpTo(long sequence) {
        int all = length;
        UnsafeBuffer from = records;
        int taken = all;
        while (taken > 0
                && from.getLong(taken - TickDescriptor.LENGTH + TickDescriptor.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN)
                        > sequence) {
            taken -= TickDescriptor.LENGTH;
        }
        byte[] copy = new byte[taken];
        from.getBytes(0, copy);
        return new UnsafeBuffer(copy);
    }

    /** Forgets all of them. */
    void clear() {
        length = 0;
        inGapLength = 0;
    }

    private void add(DirectBuffer batch, int record) {
        if (length == records.capacity()) {
            UnsafeBuffer larger = allocate(2 * (length >> TickDescriptor.LENGTH_SHIFT));
            larger.putBytes(0, records, 0, length);
            records = larger;
        }
        records.putBytes(length, batch, record, TickDescriptor.LENGTH);
        length = length + TickDescriptor.LENGTH;
    }

    private static UnsafeBuffer allocate(int definitions) {
        return new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(definitions << TickDescriptor.LENGTH_SHIFT, TickDescriptor.LENGTH));
    }
}
