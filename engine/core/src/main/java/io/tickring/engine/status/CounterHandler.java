package io.tickring.engine.status;

import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.tick.TickDescriptor;
import org.agrona.DirectBuffer;

/** Counts the records of each type, once a batch. Allocates nothing. */
public final class CounterHandler implements TickHandler {
    private final EngineCounters counters;

    public CounterHandler(EngineCounters counters) {
        this.counters = counters;
    }

    @Override
    public void onBatch(DirectBuffer records, int offset, long firstSequence, int count) {
        int quotes = 0;
        int trades = 0;
        int others = 0;
        int end = offset + (count << TickDescriptor.LENGTH_SHIFT);
        for (int record = offset; record < end; record += TickDescriptor.LENGTH) {
            byte type = records.getByte(record + TickDescriptor.TYPE_OFFSET);
            if (type == TickDescriptor.QUOTE) {
                quotes++;
            } else if (type == TickDescriptor.TRADE) {
                trades++;
            } else {
                others++;
            }
        }
        counters.quotes.getAndAddRelease(quotes);
        counters.trades.getAndAddRelease(trades);
        if (others > 0) {
            countOthers(records, offset, end);
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
                case TickDescriptor.ATTRIBUTE, TickDescriptor.CHECKPOINT -> counters.control.incrementRelease();
                default -> {
                    counters.control.incrementRelease();
                    counters.unknownTypes.incrementRelease();
                }
            }
        }
    }
}
