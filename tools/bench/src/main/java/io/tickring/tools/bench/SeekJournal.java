package io.tickring.tools.bench;

import io.tickring.engine.Engine;
import io.tickring.engine.EngineContext;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.TickDescriptor;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal whose tick {@code n}, from 0, was received {@code n} steps after the first one: as an engine writes it, and forced to the disk at its end. */
record SeekJournal(Path folder, long ticks) {
    static final long STEP_NS = 250;

    private static final long START_NS = TimeUnit.SECONDS.toNanos(1_700_000_000);
    private static final int BATCH = 64;

    static SeekJournal write(Path folder, TickSet set, long ticks) {
        UnsafeBuffer batch = new UnsafeBuffer(
                BufferUtil.allocateDirectAligned(BATCH << TickDescriptor.LENGTH_SHIFT, TickDescriptor.LENGTH));
        SeekJournal journal = new SeekJournal(folder, ticks);
        try (Engine engine = Engine.launch(new EngineContext()
                .dataDirectory(folder)
                .instruments(TickSet.INSTRUMENTS)
                .checkpointInterval(EngineOutcome.NO_CHECKPOINTS))) {
            TickPublisher publisher = engine.newPublisher("bench");
            TickSet.define(publisher);
            for (long number = 0; number < ticks; number += BATCH) {
                int count = (int) Math.min(BATCH, ticks - number);
                batch.putBytes(0, set.records(), set.offset(number), count << TickDescriptor.LENGTH_SHIFT);
                for (int i = 0; i < count; i++) {
                    int record = i << TickDescriptor.LENGTH_SHIFT;
                    batch.putLong(
                            record + TickDescriptor.RECEIVE_TIME_OFFSET,
                            journal.timeNs(number + i),
                            ByteOrder.LITTLE_ENDIAN);
                }
                if (publisher.publish(batch, 0, count) < 0) {
                    throw new BenchException("bench=seek: the engine stopped taking ticks");
                }
            }
        }
        return journal;
    }

    /** When tick {@code number} was received. */
    long timeNs(long number) {
        return START_NS + number * STEP_NS;
    }

    /** The sequence of tick {@code number}. */
    static long sequence(long number) {
        return TickSet.FIRST_TICK_SEQUENCE + number;
    }
}
