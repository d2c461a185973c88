package io.tickring.engine.feed;

import io.tickring.engine.ring.InstrumentRegistry;
import io.tickring.engine.ring.OverflowPolicy;
import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.ring.TickProcessor;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.TickRing;
import io.tickring.engine.ring.TickStage;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/** A real ring with one handler thread, and feeds' outputs into it; what the handler saw is asked for after {@link #drain()}. */
final class FeedRig implements AutoCloseable {
    /** Nothing of the ring's content is of interest. */
    static final TickHandler BLIND = (records, offset, firstSequence, count) -> {};

    private static final int VALUES_LENGTH = 1 << 16;

    private final CountersManager counters = new CountersManager(aligned(VALUES_LENGTH * 4), aligned(VALUES_LENGTH));
    private final List<TickEvent> events = new ArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final TickRing ring;
    private final TickProcessor processor;
    private final Thread handler;
    private volatile Throwable failure;

    FeedRig() {
        this(1 << 16, 1024);
    }

    FeedRig(int ringCapacity, int instruments) {
        this(ringCapacity, instruments, null);
    }

    /** @param handler what the ring's records go to, or null to collect them as events */
    FeedRig(int ringCapacity, int instruments, TickHandler handler) {
        this.ring = new TickRing(ringCapacity, WaitMode.YIELD, 1, new InstrumentRegistry(instruments));
        TickStage stage = new TickStage(
                "collect",
                handler == null ? this::collect : handler,
                null,
                (name, first, count, cause) -> failure = cause);
        this.processor = ring.newProcessor(List.of(stage));
        this.handler = new Thread(processor, "handler");
        this.handler.start();
    }

    FeedOutput output() {
        return output("", TickBudget.UNLIMITED);
    }

    FeedOutput output(String suffix, long ticks) {
        return output(counters("test"), suffix, new TickBudget(ticks), new PaceClock(PaceClock.MAX));
    }

    FeedOutput output(FeedCounters feedCounters, String suffix, TickBudget budget, PaceClock pace) {
        return output(feedCounters, suffix, budget, pace, OverflowPolicy.WAIT);
    }

    FeedOutput output(
            FeedCounters feedCounters, String suffix, TickBudget budget, PaceClock pace, OverflowPolicy overflow) {
        TickPublisher publisher = ring.newPublisher("test", overflow, feedCounters.droppedCounter());
        return new FeedOutput(
                "test", suffix, publisher, feedCounters, budget, pace, error -> errors.add(error.getMessage()));
    }

    FeedCounters counters(String name) {
        return new FeedCounters(name, label -> new AtomicCounter(counters.valuesBuffer(), counters.allocate(label)));
    }

    TickRing ring() {
        return ring;
    }

    /** What stands in the error log. */
    List<String> errors() {
        return errors;
    }

    /** Waits until everything published was handled, and answers the ticks among it. */
    List<TickEvent> drain() {
        while (processor.doneSequence() < ring.lastClaimedSequence() && failure == null) {
            LockSupport.parkNanos(100_000);
        }
        if (failure != null) {
            throw new AssertionError("the handler failed", failure);
        }
        return List.copyOf(events);
    }

    @Override
    public void close() {
        ring.close();
        processor.halt();
        try {
            handler.join();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    private void collect(DirectBuffer records, int offset, long firstSequence, int count) {
        Tick tick = new Tick();
        for (int i = 0; i < count; i++) {
            tick.wrap(records, offset + i * TickDescriptor.LENGTH);
            events.add(TickEvent.of(tick));
        }
    }

    private static UnsafeBuffer aligned(int length) {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, 64));
    }
}
