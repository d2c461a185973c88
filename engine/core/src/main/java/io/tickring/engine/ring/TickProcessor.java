package io.tickring.engine.ring;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * The loop of a handler thread: waits for records, hands them to its stages in batches that lie contiguous in the slab, and only
 * then lets the slots go. Run by one thread.
 *
 * <p>Design note: Disruptor's BatchEventProcessor frees the slots of a batch whose handler throws and hands over single events;
 * here no slot is free before every stage is done with it, and a batch can be copied in one piece.
 */
public final class TickProcessor implements Runnable {
    /** The most records in a batch: 64 KiB, what stays in the nearer caches and bounds a journal block. */
    public static final int MAX_BATCH = 1024;

    private static final int NO_STAGE = -1;
    private static final long LINGER_PARK_NS = 50_000;
    private static final VarHandle STAGE = stageHandle();

    private final TickRing ring;
    private final SequenceBarrier barrier;
    private final List<TickStage> stages;
    private final long lingerNs;
    private final Sequence progress = new Sequence();
    private final RingReaders readers = new RingReaders();
    private final IdleStrategy behindClaim = WaitMode.behindOthers();
    /** Which stage has the batch under way: written by this thread with each call of one, read by the supervisor. */
    private int stage = NO_STAGE;

    private volatile boolean abandoned;

    TickProcessor(TickRing ring, SequenceBarrier barrier, List<TickStage> stages, long lingerNs) {
        this.ring = ring;
        this.barrier = barrier;
        this.stages = stages;
        this.lingerNs = lingerNs;
    }

    /** Whether {@code stage} is one of this processor's. */
    public boolean carries(TickStage stage) {
        return stages.contains(stage);
    }

    /** Whether one of its stages has this name. */
    public boolean carries(String stage) {
        return stages.stream().anyMatch(each -> each.name().equals(stage));
    }

    /** The newest sequence that all stages of this processor are done with. Any thread may ask. */
    public long doneSequence() {
        return ring.sequence(progress.get());
    }

    /**
     * A reader of what this processor is done with, from the newest claimed record on. Any thread, while the ring runs.
     *
     * @param lagLimit how many records it may be behind before it is let go: 1 to half the ring, or 0 for half the ring
     */
    public RingReader newReader(int lagLimit) {
        int most = ring.capacity() / 2;
        if (lagLimit < 0 || lagLimit > most) {
            throw new IllegalArgumentException("lagLimit=" + lagLimit + " must be from 1 to " + most
                    + ", half the ring, or 0 for that; a larger ring lets a reader be further behind");
        }
        return join(lagLimit == 0 ? most : lagLimit);
    }

    /** As {@link #newReader}, but producers wait for this one until it has read, or left, or was let go from outside. */
    public RingReader newHoldingReader() {
        return join(RingReader.HOLDS);
    }

    private RingReader join(long lagLimit) {
        RingReader reader = new RingReader(ring, this, lagLimit);
        reader.join();
        return reader;
    }

    /** Ends the loop after the batch under way; records that are not handled by then stay so. Any thread may call it. */
    public void halt() {
        barrier.alert();
    }

    /** As {@link #halt}, and before the next stage of the batch under way. For a stage that does not come back. Any thread may call it. */
    public void abandon() {
        abandoned = true;
        barrier.alert();
    }

    /** The name of the stage that has records in hand, or null while none has. Any thread may ask. */
    public String currentStage() {
        int current = (int) STAGE.getOpaque(this);
        return current == NO_STAGE ? null : stages.get(current).name();
    }

    @Override
    public void run() {
        long next = progress.get() + 1;
        while (!barrier.isAlerted()) {
            long available = await(next);
            if (available < next) {
                Thread.interrupted();
                behindClaim.idle();
                continue;
            }
            behindClaim.reset();
            available = lingerNs == 0 ? available : linger(next, available);
            do {
                next = handle(next, available);
            } while (next <= available && !abandoned);
        }
    }

    /** Handles one batch of at most {@code limit} records that are there now, without waiting. Stands in for {@link #run}. */
    public void poll(int limit) {
        long next = progress.get() + 1;
        long available = barrier.getCursor() < next || !ring.isPublished(next) ? next - 1 : await(next);
        if (available >= next) {
            handle(next, Math.min(available, next + limit - 1));
        }
    }

    Sequence progress() {
        return progress;
    }

    RingReaders readers() {
        return readers;
    }

    /** An interrupt asks for nothing here: its mark is taken away, lest it disturb what a stage writes. */
    private long handle(long first, long available) {
        Thread.interrupted();
        int index = ring.index(first);
        int count = (int) Math.min(available - first + 1, Math.min(MAX_BATCH, ring.capacity() - index));
        for (int i = 0; i < stages.size(); i++) {
            STAGE.setOpaque(this, i);
            stages.get(i).onBatch(ring.slab(), ring.offset(first), ring.sequence(first), count, ring.stamps(), index);
            if (abandoned) {
                return first;
            }
        }
        STAGE.setOpaque(this, NO_STAGE);
        progress.set(first + count - 1);
        readers.letGoOfLaggards(first + count - 1);
        return first + count;
    }

    /** Waits until a whole batch is there, or half the ring, but no longer than the linger; answers the last sequence there is. */
    private long linger(long next, long available) {
        long full = next + Math.min(MAX_BATCH, ring.capacity() / 2) - 1;
        long startNs = System.nanoTime();
        long now = available;
        while (now < full && System.nanoTime() - startNs < lingerNs && !barrier.isAlerted()) {
            LockSupport.parkNanos(Math.min(lingerNs, LINGER_PARK_NS));
            Thread.interrupted();
            now = Math.max(now, await(next));
        }
        return now;
    }

    private long await(long next) {
        try {
            return barrier.waitFor(next);
        } catch (AlertException | InterruptedException | TimeoutException nothingNow) {
            return next - 1;
        }
    }

    private static VarHandle stageHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(TickProcessor.class, "stage", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
