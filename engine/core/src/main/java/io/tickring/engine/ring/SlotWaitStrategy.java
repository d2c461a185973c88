package io.tickring.engine.ring;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.util.function.LongPredicate;

/**
 * Waits for the slot itself, not for the cursor that tells how far slots are claimed. Never rests: spins, and gives way after a while
 * where it {@code yields}.
 *
 * <p>Design note: a handler that polls the cursor takes its cache line from the publisher for every claim, and then has a slot before
 * it that is claimed and not written yet. What is polled here changes once, when the record is there.
 *
 * <p>The spins before it yields take less than a microsecond: where they take as long as the next tick does to come, the handler never
 * yields at all, and whoever shares its core waits for the end of its time slice, milliseconds. With none the publisher and a handler
 * on the next core take a record's line from each other more often.
 */
final class SlotWaitStrategy implements WaitStrategy {
    private static final int SPINS_BEFORE_YIELD = 20;

    private final LongPredicate published;
    private final boolean yields;

    /** @param published whether the slot of a ring sequence holds its record */
    SlotWaitStrategy(LongPredicate published, boolean yields) {
        this.published = published;
        this.yields = yields;
    }

    /** Answers how far the barrier looks for more records that are there; past the first that is not none counts. */
    @Override
    public long waitFor(long sequence, Sequence cursor, Sequence dependent, SequenceBarrier barrier)
            throws AlertException {
        boolean isFirst = dependent == cursor;
        int spins = 0;
        while (isFirst ? !published.test(sequence) : dependent.get() < sequence) {
            barrier.checkAlert();
            if (yields && ++spins > SPINS_BEFORE_YIELD) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
        return isFirst ? sequence + TickProcessor.MAX_BATCH - 1 : dependent.get();
    }

    @Override
    public void signalAllWhenBlocking() {}
}
