package io.tickring.engine.analytics;

import static io.tickring.engine.analytics.FiguresDescriptor.*;

import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One of several workers that keep the figures: sees every record and takes those of its share of the instruments, so that any number
 * of workers gives the same figures. One thread at a time; allocates nothing but for a definition.
 */
public final class FiguresHandler implements TickHandler {
    private final FiguresWriter writer;
    private final UnsafeBuffer table;
    private final int worker;
    private final int workers;
    private final Tick tick = new Tick();

    FiguresHandler(FiguresWriter writer, UnsafeBuffer table, int worker, int workers) {
        this.writer = writer;
        this.table = table;
        this.worker = worker;
        this.workers = workers;
    }

    @Override
    public void onBatch(DirectBuffer records, int offset, long firstSequence, int count) {
        int end = offset + (count << TickDescriptor.LENGTH_SHIFT);
        for (int record = offset; record < end; record += TickDescriptor.LENGTH) {
            tick.wrap(records, record);
            byte type = tick.type();
            if (TickDescriptor.isTick(type) || type == TickDescriptor.DEFINITION) {
                take(type);
            }
        }
        table.putLongRelease(APPLIED_OFFSET + worker * APPLIED_LENGTH, firstSequence + count - 1);
    }

    private void take(byte type) {
        int id = tick.instrumentId();
        if (id % workers == worker && writer.hasRow(id)) {
            writer.apply(tick);
        }
        if (type == TickDescriptor.DEFINITION && worker == 0 && writer.hasRow(id) && id >= writer.instruments()) {
            writer.tellInstruments(id + 1);
        }
    }
}
