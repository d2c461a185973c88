package io.tickring.engine.journaling;

import static io.tickring.engine.tick.TickDescriptor.LENGTH;

import io.tickring.engine.price.PriceTableDescriptor;
import io.tickring.engine.price.PriceTableWriter;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.BlockAppender;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The payload of a gap block, from which a reader goes on: a GAP record, all definitions, the price table, as
 * {@link TickDescriptor} draws them. Allocates where it must grow; one thread's.
 */
public final class GapState {
    private final MutableTick record = new MutableTick();
    private UnsafeBuffer payload = new UnsafeBuffer(0, 0);
    private UnsafeBuffer rows = new UnsafeBuffer(0, 0);
    private int length;

    /**
     * Writes the payload anew.
     *
     * @param gap the missing sequences; none when {@code to} is the one before {@code from}
     * @param comparableFrom the first sequence whose checkpoint speaks of what follows from this state
     * @param table as it is after the sequence {@code to}; must stay as it is during the call
     */
    public void set(JournalGap gap, long comparableFrom, DefinitionLog definitions, PriceTableWriter table) {
        rows = withRoom(rows, table.rowsLength());
        table.copyRows(rows, 0);
        set(gap, comparableFrom, definitions, rows, table.instruments());
    }

    /** As above, with the table's rows in a copy, one behind the other. */
    void set(JournalGap gap, long comparableFrom, DefinitionLog definitions, DirectBuffer copy, int instruments) {
        int states = instruments * TickDescriptor.STATES;
        int records = (definitions.length() >> TickDescriptor.LENGTH_SHIFT) + states;
        length = (1 + records) << TickDescriptor.LENGTH_SHIFT;
        payload = withRoom(payload, length);
        record.wrap(payload, 0)
                .gap(gap.from(), gap.to(), comparableFrom, gap.cause().code(), records);
        payload.putBytes(LENGTH, definitions.buffer(), 0, definitions.length());
        int offset = LENGTH + definitions.length();
        for (int id = 0; id < instruments; id++) {
            int row = id << PriceTableDescriptor.ROW_LENGTH_SHIFT;
            for (int part = 0; part < TickDescriptor.STATES; part++) {
                record.wrap(payload, offset).state(id, part, copy, row);
                offset += LENGTH;
            }
        }
    }

    /** Appends the gap to the journal, which must end before it. Throws the journal's exception. */
    void appendTo(BlockAppender appender, JournalGap gap) {
        appender.appendGap(gap.from(), gap.to() + 1, payload, 0, length);
    }

    /** Holds the payload from index 0 on, until it is written anew. */
    public DirectBuffer buffer() {
        return payload;
    }

    /** Of the payload, in bytes. */
    public int length() {
        return length;
    }

    private static UnsafeBuffer withRoom(UnsafeBuffer buffer, int lengthBytes) {
        return buffer.capacity() >= lengthBytes
                ? buffer
                : new UnsafeBuffer(BufferUtil.allocateDirectAligned(lengthBytes, LENGTH));
    }
}
