package io.tickring.engine.broadcast;

import static io.tickring.engine.broadcast.BroadcastDescriptor.*;

import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.tick.TickDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.broadcast.BroadcastBufferDescriptor;
import org.agrona.concurrent.broadcast.BroadcastTransmitter;

/**
 * Puts each batch into the broadcast as one message, over the oldest ones; knows no reader and waits for none. One thread at a time;
 * allocates nothing.
 */
public final class BroadcastHandler implements TickHandler {
    private final UnsafeBuffer file;
    private final UnsafeBuffer messages;
    private final BroadcastTransmitter transmitter;
    private final int newestOffset;
    private final int maxRecords;
    private int lastMark = -1;

    /** Writes into {@code file}, which is {@link BroadcastDescriptor#lengthBytes} long, holds zeros and knows its capacity. */
    public BroadcastHandler(UnsafeBuffer file) {
        int capacity = file.getInt(CAPACITY_OFFSET);
        this.file = file;
        this.messages = new UnsafeBuffer(file, HEADER_LENGTH, capacity + BroadcastBufferDescriptor.TRAILER_LENGTH);
        this.transmitter = new BroadcastTransmitter(messages);
        this.newestOffset = capacity + BroadcastBufferDescriptor.LATEST_COUNTER_OFFSET;
        this.maxRecords = maxRecordsLength(capacity) >> TickDescriptor.LENGTH_SHIFT;
    }

    @Override
    public void onBatch(DirectBuffer records, int offset, long firstSequence, int count) {
        for (int done = 0; done < count; done += maxRecords) {
            int piece = Math.min(maxRecords, count - done);
            transmit(records, offset + (done << TickDescriptor.LENGTH_SHIFT), firstSequence + done, piece);
        }
    }

    /** The last sequence is told first: a reader that sees a tail, and then asks for it, knows what lies before that tail. */
    private void transmit(DirectBuffer records, int offset, long firstSequence, int count) {
        file.putLongRelease(LAST_SEQUENCE_OFFSET, firstSequence + count - 1);
        transmitter.transmit(RECORDS_TYPE, records, offset, count << TickDescriptor.LENGTH_SHIFT);
        long position = messages.getLong(newestOffset);
        int mark = markOffset(position, transmitter.capacity());
        if (mark != lastMark) {
            lastMark = mark;
            file.putLongRelease(mark, position);
        }
    }
}
