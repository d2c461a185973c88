package io.tickring.engine.ring;

import static io.tickring.engine.tick.TickDescriptor.CHECKPOINT;
import static io.tickring.engine.tick.TickDescriptor.LENGTH;
import static io.tickring.engine.tick.TickDescriptor.LENGTH_SHIFT;
import static io.tickring.engine.tick.TickDescriptor.SEQUENCE_OFFSET;
import static io.tickring.engine.tick.TickDescriptor.SOURCE_OFFSET;
import static io.tickring.engine.tick.TickDescriptor.TYPE_OFFSET;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.MultiProducerSequencer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The ring that gives every record its sequence: slots of 64 bytes in one off-heap slab, claimed by any number of publishers and
 * read by processors, on LMAX Disruptor's sequencer. Only this package writes a slot.
 *
 * <p>Design note: closing is safe against a claim under way without a fence of its own. A publisher first moves the cursor (a
 * compare-and-set) and then reads {@code closed}; {@link #close} first sets {@code closed} and only then is the cursor read. So
 * either the publisher sees the close and pads its slots, or whoever drains the ring sees the claim and waits for it.
 */
public final class TickRing {
    public static final int MIN_CAPACITY = 8;
    public static final int MAX_CAPACITY = 1 << 24;

    /** The stamp of records that are no ticks: their latency is not recorded. */
    static final long NOT_MEASURED = 0;

    /** The checkpoints that may follow a close. */
    private static final int LAST_RECORDS = 64;

    private final MultiProducerSequencer sequencer;
    private final WaitMode waitMode;
    private final UnsafeBuffer slab;
    private final long[] stamps;
    private final int mask;
    private final long firstSequence;
    private final InstrumentRegistry instruments;
    private final List<TickPublisher> publishers = new CopyOnWriteArrayList<>();
    private final List<TickProcessor> processors = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /**
     * @param capacity slots, a power of two from {@link #MIN_CAPACITY} to {@link #MAX_CAPACITY}
     * @param firstSequence the sequence that the first claimed slot will own
     */
    public TickRing(int capacity, WaitMode waitMode, long firstSequence, InstrumentRegistry instruments) {
        checkCapacity(capacity);
        this.sequencer = new MultiProducerSequencer(capacity, waitMode.handlerStrategy(this::isPublished));
        this.waitMode = waitMode;
        this.slab = new UnsafeBuffer(BufferUtil.allocateDirectAligned(capacity * LENGTH, LENGTH));
        this.stamps = new long[capacity];
        this.mask = capacity - 1;
        this.firstSequence = firstSequence;
        this.instruments = instruments;
    }

    /** Throws when a ring cannot have this capacity; the message says which it can have. */
    public static void checkCapacity(int capacity) {
        if (capacity < MIN_CAPACITY || capacity > MAX_CAPACITY || !BitUtil.isPowerOfTwo(capacity)) {
            throw new IllegalArgumentException(
                    "ring=" + capacity + " must be a power of two from " + MIN_CAPACITY + " to " + MAX_CAPACITY);
        }
    }

    /** A new door for one producer thread at a time. Thread-safe. Dropped ticks are counted in {@code dropped}. */
    public synchronized TickPublisher newPublisher(String name, OverflowPolicy overflow, AtomicCounter dropped) {
        TickPublisher publisher = new TickPublisher(this, name, publishers.size(), overflow, dropped);
        publishers.add(publisher);
        return publisher;
    }

    /** A loop that carries every record through {@code stages}, in their order. Must be made before the first claim. */
    public TickProcessor newProcessor(List<TickStage> stages) {
        return newProcessor(stages, null, 0);
    }

    /**
     * As {@link #newProcessor(List)}.
     *
     * @param behind another processor: the stages see a record when all of that one's are done with it; null for none
     * @param lingerNs how long a batch that is not full waits for more records
     */
    public TickProcessor newProcessor(List<TickStage> stages, TickProcessor behind, long lingerNs) {
        SequenceBarrier barrier = behind == null ? sequencer.newBarrier() : sequencer.newBarrier(behind.progress());
        TickProcessor processor = new TickProcessor(this, barrier, List.copyOf(stages), lingerNs);
        sequencer.addGatingSequences(processor.progress());
        processors.add(processor);
        return processor;
    }

    /** From now on every claim answers {@link TickPublisher#CLOSED}. Idempotent, thread-safe. */
    public void close() {
        closed = true;
    }

    /** Of a closed ring: lets go of readers, those that hold too, which would leave no room for a few last records. */
    public void endHolding() {
        long needed = cursor() + Math.min(LAST_RECORDS, capacity() / 2) - capacity();
        processors.forEach(processor -> processor.readers().letGoBehind(needed, LetGo.CLOSED));
    }

    public boolean isClosed() {
        return closed;
    }

    public int capacity() {
        return mask + 1;
    }

    /** Slots that are claimed and not yet let go by all processors and readers. */
    public long depth() {
        return capacity() - sequencer.remainingCapacity();
    }

    /** The sequence of the newest claimed slot, or the one before the first. */
    public long lastClaimedSequence() {
        return firstSequence + sequencer.getCursor();
    }

    /** Whether the newest record is a checkpoint of all that stands before it. Only while no claim is under way. */
    public boolean endsInCheckpoint() {
        Tick newest = new Tick().wrap(slab, offset(sequencer.getCursor()));
        return newest.type() == CHECKPOINT && newest.checkpointSequence() == lastClaimedSequence() - 1;
    }

    /** Who holds which claims. The supervisor reads it. */
    public List<TickPublisher> publishers() {
        return publishers;
    }

    InstrumentRegistry instruments() {
        return instruments;
    }

    WaitMode waitMode() {
        return waitMode;
    }

    /** Claims {@code count} slots; answers the first ring sequence, BACK_PRESSURED or CLOSED. {@code always} claims past a close. */
    long tryClaim(int count, boolean always) {
        long last;
        try {
            last = sequencer.tryNext(count);
        } catch (InsufficientCapacityException full) {
            if (count > capacity() / 2) {
                letGoOfReadersBefore(count);
            }
            return closed && !always ? TickPublisher.CLOSED : TickPublisher.BACK_PRESSURED;
        }
        long first = last - count + 1;
        if (closed && !always) {
            pad(first, count);
            return TickPublisher.CLOSED;
        }
        return first;
    }

    /** A claim of more than half the ring may find no room for readers that are not behind their limit. They do not hold it either. */
    private void letGoOfReadersBefore(int count) {
        long needed = cursor() + count - capacity();
        for (TickProcessor processor : processors) {
            if (processor.progress().get() < needed) {
                return;
            }
        }
        processors.forEach(processor -> processor.readers().letGoBehind(needed, LetGo.LAGS));
    }

    /** Makes claimed slots records of no meaning and publishes those that are not published yet. */
    void pad(long ringSequence, int count) {
        MutableTick tick = new MutableTick();
        for (long slot = ringSequence; slot < ringSequence + count; slot++) {
            if (!isPublished(slot)) {
                tick.wrap(slab, offset(slot)).padding();
                stamps[index(slot)] = NOT_MEASURED;
                publish(slot, 1, 0);
            }
        }
    }

    /** Sets sequence and source, the two fields that the ring alone knows, and lets the processors see the slots. */
    void publish(long ringSequence, int count, int source) {
        for (long slot = ringSequence; slot < ringSequence + count; slot++) {
            int offset = offset(slot);
            slab.putLong(offset + SEQUENCE_OFFSET, sequence(slot), ByteOrder.LITTLE_ENDIAN);
            slab.putByte(offset + SOURCE_OFFSET, (byte) source);
        }
        sequencer.publish(ringSequence, ringSequence + count - 1);
    }

    /** Lets the processors see slots whose records have their sequence and source. */
    void publishAsTheyAre(long ringSequence, int count) {
        sequencer.publish(ringSequence, ringSequence + count - 1);
    }

    void stamp(long ringSequence, int count, long nanoTime) {
        for (long slot = ringSequence; slot < ringSequence + count; slot++) {
            stamps[index(slot)] = nanoTime;
        }
    }

    /** Takes the stamps of written records back that are no ticks: their latency is not recorded. */
    void stampTicksOnly(long ringSequence, int count) {
        for (long slot = ringSequence; slot < ringSequence + count; slot++) {
            if (!TickDescriptor.isTick(slab.getByte(offset(slot) + TYPE_OFFSET))) {
                stamps[index(slot)] = NOT_MEASURED;
            }
        }
    }

    /** Whether the record with {@code sequence}, which a processor has in hand, is a quote or a trade. */
    boolean isTick(long sequence) {
        return TickDescriptor.isTick(slab.getByte(offset(sequence - firstSequence) + TYPE_OFFSET));
    }

    /** Makes a tick that a processor has in hand a SKIP, for all processors behind that one. */
    void skip(long sequence) {
        long ringSequence = sequence - firstSequence;
        new MutableTick().wrap(slab, offset(ringSequence)).skip();
        stamps[index(ringSequence)] = NOT_MEASURED;
    }

    /** Whether the slot of {@code ringSequence} holds its record, claimed and committed. */
    boolean isPublished(long ringSequence) {
        return sequencer.isAvailable(ringSequence);
    }

    /** No slot behind {@code progress} is claimed again; it is set to the cursor first. */
    void addGate(Sequence progress) {
        sequencer.addGatingSequences(progress);
    }

    void removeGate(Sequence progress) {
        sequencer.removeGatingSequence(progress);
    }

    /** The newest claimed ring sequence. */
    long cursor() {
        return sequencer.getCursor();
    }

    long[] stamps() {
        return stamps;
    }

    UnsafeBuffer slab() {
        return slab;
    }

    int index(long ringSequence) {
        return (int) ringSequence & mask;
    }

    int offset(long ringSequence) {
        return index(ringSequence) << LENGTH_SHIFT;
    }

    long sequence(long ringSequence) {
        return firstSequence + ringSequence;
    }
}
