package io.tickring.engine.status;

import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.tick.TickDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/** Counts the records of each type, once a batch. Allocates nothing. */
public final class CounterHandler implements TickHandler {
    private final EngineCounters counters;

    public CounterHandler(EngineCounters counters) {
        this.counters = counters;
    }

    /** Design note: that the records lie within their buffer is checked once, not for each of their types. */
    @Override
    public void onBatch(DirectBuffer records, int offset, long firstSequence, int count) {
        int length = count << TickDescriptor.LENGTH_SHIFT;
        records.boundsCheck(offset, length);
        byte[] from = records.byteArray();
        long firstType = records.addressOffset() + offset + TickDescriptor.TYPE_OFFSET;
        int quotes = 0;
        int trades = 0;
        for (int i = 0; i < count; i++) {
            byte type = UnsafeApi.getByte(from, firstType + ((long) i << TickDescriptor.LENGTH_SHIFT));
            quotes += type == TickDescriptor.QUOTE ? 1 : 0;
            trades += type == TickDescriptor.TRADE ? 1 : 0;
        }
        counters.quotes.getAndAddRelease(quotes);
        counters.trades.getAndAddRelease(trades);
        if (quotes + trades < count) {
            countOthers(records, offset, offset + length);
        }
    }

    private void countOthers(DirectBuffer records, int offset, int end) {
        for (int record = offset; record < end; record += TickDescriptor.LENGTH) {
            byte type = records.getByte(record + TickDescriptor.TYPE_OFFSET);
            switch (type) {
                case TickDescriptor.QUOTE, TickDescriptor.TRADE -> {}
                case TickDescriptor.DEFINITION -> counters.definitions.incrementRelease();
                case TickDescriptor.SKIP -> counters.skipped.incrementRelease();
                case TickDescriptor.PADDING -> counters.padding.incrementRelease();
                case TickDescriptor.ATTRIBUTE, TickDescriptor.CHECKPOINT, TickDescriptor.STALE ->
                    counters.control.incrementRelease();
                default -> {
                    counters.control.incrementRelease();
                    counters.unknownTypes.incrementRelease();
                }
            }
        }
    }
}
