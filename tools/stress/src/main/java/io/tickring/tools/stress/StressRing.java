package io.tickring.tools.stress;

import io.tickring.engine.ring.InstrumentRegistry;
import io.tickring.engine.ring.OverflowPolicy;
import io.tickring.engine.ring.RingReader;
import io.tickring.engine.ring.TickProcessor;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.ring.TickRing;
import io.tickring.engine.ring.TickStage;
import io.tickring.engine.ring.WaitMode;
import io.tickring.engine.status.StatusWriter;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The smallest ring with one handler, and two publishers of one record each. All fields of record n are n, so the handler can tell
 * whether all of it was there when it was handed over.
 */
final class StressRing {
    private static final int RECORDS = 2;
    private static final AtomicCounter DROPPED =
            StatusWriter.inMemory(SystemEpochClock.INSTANCE).newCounter("dropped");

    private final TickPublisher[] publishers = new TickPublisher[RECORDS];
    private final TickProcessor processor;
    private final Tick tick = new Tick();
    private final int[] sequenceOf = new int[RECORDS + 1];
    private int seen;

    StressRing() {
        this(WaitMode.YIELD);
    }

    StressRing(WaitMode waitMode) {
        TickRing ring = new TickRing(TickRing.MIN_CAPACITY, waitMode, 1, new InstrumentRegistry(1));
        processor = ring.newProcessor(
                List.of(new TickStage("stress", this::onBatch, null, (stage, first, count, cause) -> halt())));
        for (int i = 0; i < RECORDS; i++) {
            publishers[i] = ring.newPublisher("stress", OverflowPolicy.WAIT, DROPPED);
        }
    }

    /** Claims, writes and commits record {@code number}, 1 or 2, through a publisher of its own. */
    void publish(int number) {
        TickPublisher publisher = publishers[number - 1];
        publisher.tryClaim(1);
        publisher.claim().tick(0).quote(number, number, number, number, number, number, number);
        publisher.claim().commit();
    }

    /** A reader that is to see the next {@link #fill}. */
    RingReader newHoldingReader() {
        return processor.newHoldingReader();
    }

    /** Room for the whole ring. */
    UnsafeBuffer newBuffer() {
        return new UnsafeBuffer(new byte[TickRing.MIN_CAPACITY * TickDescriptor.LENGTH]);
    }

    /** Writes the whole ring with records {@code number}, and lets the handler be done with them. */
    void fill(int number) {
        TickPublisher publisher = publishers[number - 1];
        publisher.tryClaim(TickRing.MIN_CAPACITY);
        for (int i = 0; i < TickRing.MIN_CAPACITY; i++) {
            publisher.claim().tick(i).quote(number, number, number, number, number, number, number);
        }
        publisher.claim().commit();
        processor.poll(TickRing.MIN_CAPACITY);
    }

    /** The number that all copied records have, whole; 0 when they differ. */
    int numberOfAll(UnsafeBuffer copy, int count) {
        Tick copied = new Tick().wrap(copy, 0);
        int number = copied.instrumentId();
        for (int i = 0; i < count; i++) {
            copied.wrap(copy, i << TickDescriptor.LENGTH_SHIFT);
            boolean same = copied.instrumentId() == number && copied.bid() == number && copied.askSize() == number;
            if (!same) {
                return 0;
            }
        }
        return number;
    }

    /** Runs the handler until both records have come. */
    void handle() {
        processor.run();
    }

    /** The sequence under which the handler saw record {@code number}, 0 if it never saw it whole. */
    int sequenceOf(int number) {
        return sequenceOf[number];
    }

    private void onBatch(DirectBuffer records, int offset, long firstSequence, int count) {
        for (int i = 0; i < count; i++) {
            tick.wrap(records, offset + (i << TickDescriptor.LENGTH_SHIFT));
            int number = tick.instrumentId();
            if (number >= 1 && number <= RECORDS && isWhole(number) && tick.sequence() == firstSequence + i) {
                sequenceOf[number] += (int) tick.sequence();
            }
        }
        seen += count;
        if (seen >= RECORDS) {
            halt();
        }
    }

    private boolean isWhole(int number) {
        return tick.type() == TickDescriptor.QUOTE
                && tick.source() == number - 1
                && tick.exchangeTimeNs() == number
                && tick.receiveTimeNs() == number
                && tick.bid() == number
                && tick.ask() == number
                && tick.bidSize() == number
                && tick.askSize() == number;
    }

    private void halt() {
        processor.halt();
    }
}
