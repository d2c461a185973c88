package io.tickring.engine.journaling;

import static io.tickring.engine.tick.TickDescriptor.LENGTH;
import static io.tickring.engine.tick.TickDescriptor.LENGTH_SHIFT;

import io.tickring.engine.feed.FeedOutput;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What stands in the place of missing records where a stream keeps its sequences: first the definitions among them that the gap
 * holds, then records of no meaning. One thread's.
 */
final class GapFiller {
    private static final int MAX_RUN = 256;

    private final UnsafeBuffer run = new UnsafeBuffer(BufferUtil.allocateDirectAligned(MAX_RUN * LENGTH, LENGTH));
    private final MutableTick record = new MutableTick();
    private final Tick definition = new Tick();
    private final BitSet defined = new BitSet();

    /** Notes a definition that the stream has. */
    void onDefinition(DirectBuffer records, int offset) {
        int id = definition.wrap(records, offset).instrumentId();
        if (InstrumentIds.isLegal(id)) {
            defined.set(id);
        }
    }

    /** Publishes the records {@code from} to {@code to}; false when the output takes no more. */
    boolean fill(FeedOutput output, long from, long to, DefinitionLog known) {
        int longest = Math.min(MAX_RUN, output.maxRun());
        int next = 0;
        for (long sequence = from; sequence <= to; ) {
            int count = (int) Math.min(longest, to - sequence + 1);
            for (int i = 0; i < count; i++, sequence++) {
                next = nextUndefined(known, next);
                put(i << LENGTH_SHIFT, sequence, known, next);
            }
            output.awaitResumed();
            if (!output.isOpen() || !output.republish(run, 0, count, 0, 0)) {
                return false;
            }
        }
        return true;
    }

    private void put(int offset, long sequence, DefinitionLog known, int next) {
        if (next < known.length()) {
            run.putBytes(offset, known.buffer(), next, LENGTH);
            onDefinition(run, offset);
        } else {
            record.wrap(run, offset).padding();
        }
        run.putLong(offset + TickDescriptor.SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
    }

    private int nextUndefined(DefinitionLog known, int from) {
        int next = from;
        while (next < known.length()
                && defined.get(definition.wrap(known.buffer(), next).instrumentId())) {
            next += LENGTH;
        }
        return next;
    }
}
