package io.tickring.engine.ring;

import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import java.util.function.LongPredicate;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** How a handler waits for records and a publisher for room: from the lowest latency to the lowest use of a core. */
public enum WaitMode {
    BUSY_SPIN,
    YIELD,
    SLEEP,
    BLOCK;

    private static final long MIN_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = 50_000;

    /** @param published whether the slot of a ring sequence holds its record */
    WaitStrategy handlerStrategy(LongPredicate published) {
        return switch (this) {
            case BUSY_SPIN -> new SlotWaitStrategy(published, false);
            case YIELD -> new SlotWaitStrategy(published, true);
            case SLEEP -> new SleepingWaitStrategy();
            case BLOCK -> new ParkingWaitStrategy(published);
        };
    }

    IdleStrategy publisherStrategy() {
        return switch (this) {
            case BUSY_SPIN -> new BusySpinIdleStrategy();
            case YIELD -> new YieldingIdleStrategy();
            case SLEEP, BLOCK -> new BackoffIdleStrategy(100, 10, MIN_PARK_NS, MAX_PARK_NS);
        };
    }

    /**
     * For a handler whose record is on its way: in a slot that is claimed and not yet committed, which SLEEP does not wait for, or in
     * the hands of the handlers before it.
     */
    static IdleStrategy behindOthers() {
        return new BackoffIdleStrategy(100, 100, MIN_PARK_NS, MAX_PARK_NS);
    }
}
