package io.tickring.engine.simulation;

import static io.tickring.engine.tick.TickDescriptor.LENGTH;

import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.tick.Tick;
import org.agrona.DirectBuffer;

/**
 * A handler of an embedder's that throws at some ticks, by what they hold. It sees to it that each record comes once and in order; its
 * complaint is of the kind that halts whatever is skipped.
 */
final class SimulatedHandler implements TickHandler {
    /** So many handlers throw, each at other ticks. */
    static final int HANDLERS = 2;

    private static final int ONE_IN = 64;

    private final int number;
    private final Tick tick = new Tick();
    private long next;

    /** @param number from 0 on */
    SimulatedHandler(int number) {
        this.number = number;
    }

    /** Whether one of them throws at a record. */
    static boolean isBad(Tick record) {
        return thrower(record) < HANDLERS;
    }

    private static int thrower(Tick record) {
        return record.isTick() ? (int) Long.remainderUnsigned(record.receiveTimeNs() + record.bid(), ONE_IN) : ONE_IN;
    }

    @Override
    public void onBatch(DirectBuffer records, int offset, long firstSequence, int count) {
        if (next != 0 && firstSequence != next) {
            throw new InternalError("sequence=" + firstSequence + " came where " + next + " was to");
        }
        next = firstSequence + count;
        for (int i = 0; i < count; i++) {
            int thrower = thrower(tick.wrap(records, offset + i * LENGTH));
            if (thrower < number) {
                throw new InternalError("sequence=" + tick.sequence() + " was skipped by handler=" + thrower);
            }
            if (thrower == number) {
                throw new IllegalStateException("bad tick");
            }
        }
    }
}
