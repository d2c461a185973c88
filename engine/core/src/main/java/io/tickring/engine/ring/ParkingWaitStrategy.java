package io.tickring.engine.ring;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import org.agrona.concurrent.IdleStrategy;

/**
 * Parks until the slot itself holds its record, and is woken by whoever publishes. A publisher looks whether somebody is parked, and
 * that is all it does while nobody is.
 *
 * <p>Design note: Disruptor's own strategy that blocks takes a monitor for each publish and for each wait, and its waiters go by
 * the cursor, which moves with the claim, long before the record may be there. Here no wake-up is lost, because each side first says what it
 * did and then looks at what the other one did, with a full fence between the two: a waiter that it is parked, a publisher that the
 * record is there.
 */
final class ParkingWaitStrategy implements WaitStrategy {
    private static final Waiter[] NONE = {};

    private final LongPredicate published;
    private volatile Waiter[] waiters = NONE;

    /** A thread that has waited before. They stay: a handler's thread ends with its ring. */
    private static final class Waiter {
        private final Thread thread = Thread.currentThread();
        private final IdleStrategy behindOthers = WaitMode.behindOthers();
        private volatile boolean parked;
    }

    /** @param published whether the slot of a ring sequence holds its record */
    ParkingWaitStrategy(LongPredicate published) {
        this.published = published;
    }

    /** Answers how far the barrier looks for more records that are there; past the first that is not none counts. */
    @Override
    public long waitFor(long sequence, Sequence cursor, Sequence dependent, SequenceBarrier barrier)
            throws AlertException {
        if (!published.test(sequence)) {
            park(waiterOfThread(), sequence, barrier);
        }
        if (dependent == cursor) {
            return sequence + TickProcessor.MAX_BATCH - 1;
        }
        if (dependent.get() < sequence) {
            awaitOthers(waiterOfThread().behindOthers, sequence, dependent, barrier);
        }
        return dependent.get();
    }

    @Override
    public void signalAllWhenBlocking() {
        VarHandle.fullFence();
        for (Waiter each : waiters) {
            if (each.parked) {
                each.parked = false;
                LockSupport.unpark(each.thread);
            }
        }
    }

    private void park(Waiter self, long sequence, SequenceBarrier barrier) throws AlertException {
        try {
            arm(self);
            while (!published.test(sequence)) {
                barrier.checkAlert();
                LockSupport.park(this);
                Thread.interrupted();
                arm(self);
            }
        } finally {
            self.parked = false;
        }
    }

    private static void arm(Waiter self) {
        self.parked = true;
        VarHandle.fullFence();
    }

    /** What stands before this handler tells nobody when it is done. */
    private static void awaitOthers(IdleStrategy idle, long sequence, Sequence dependent, SequenceBarrier barrier)
            throws AlertException {
        idle.reset();
        while (dependent.get() < sequence) {
            barrier.checkAlert();
            Thread.interrupted();
            idle.idle();
        }
    }

    private Waiter waiterOfThread() {
        for (Waiter each : waiters) {
            if (each.thread == Thread.currentThread()) {
                return each;
            }
        }
        return newWaiter();
    }

    private synchronized Waiter newWaiter() {
        Waiter[] more = Arrays.copyOf(waiters, waiters.length + 1);
        more[waiters.length] = new Waiter();
        waiters = more;
        return more[more.length - 1];
    }
}
