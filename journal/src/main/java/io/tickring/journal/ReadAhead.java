package io.tickring.journal;

import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Reads, proves and decodes blocks ahead of the one thread that takes them, in their order, into a bounded row of slots. A thread of its
 * own reads; whoever finds a block that is read and not yet decoded decodes it, the taker too when it would have to wait, so that two
 * cores share the work whichever of them has more. What ends the reading, damage too, is told behind the last block before it.
 *
 * <p>Design note: a slot goes round FREE, READ, DECODING, READY. The reading thread alone fills a free slot, the taker alone frees it, and
 * a compare-and-set says who decodes. Nobody spins for long: each side yields, then parks.
 */
final class ReadAhead implements AutoCloseable {
    /** Reads and proves the next block; false at the end. */
    @FunctionalInterface
    interface Source {
        boolean readInto(BlockCopy block);
    }

    /** Decodes a block that was read; what it throws is told in the block's place. */
    @FunctionalInterface
    interface Decoder {
        void decode(BlockCopy block);
    }

    private static final int SLOTS = 8;
    private static final int FREE = 0;
    private static final int READ = 1;
    private static final int DECODING = 2;
    private static final int READY = 3;

    private static final int MAX_SPINS = 10;
    private static final int MAX_YIELDS = 50;
    private static final long MIN_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = 50_000;
    static final String THREAD_NAME = "read-ahead";

    /** A block on its way; state publishes the rest. */
    private static final class Slot {
        private final BlockCopy block = new BlockCopy();
        private final AtomicInteger state = new AtomicInteger(FREE);
        private Throwable failure;

        private boolean isIn(int expected) {
            return state.getAcquire() == expected;
        }
    }

    private final Slot[] slots = new Slot[SLOTS];
    private final Source source;
    private final Decoder takersDecoder;
    private final Thread thread;
    private final IdleStrategy takersIdle = idle();
    private volatile boolean stopped;
    private volatile boolean ended;
    /** What the reading ended with; set before {@link #ended}. */
    private Throwable failure;

    private long taken;
    private Slot current;

    /**
     * @param readersDecoder the reading thread's own
     * @param takersDecoder  the taker's own
     */
    private ReadAhead(Source source, Decoder readersDecoder, Decoder takersDecoder) {
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Slot();
        }
        this.source = source;
        this.takersDecoder = takersDecoder;
        this.thread = new Thread(() -> run(readersDecoder), THREAD_NAME);
        thread.setDaemon(true);
    }

    /** Starts the reading thread: {@code source} and {@code readersDecoder} are its own from now on, until this is closed. */
    static ReadAhead start(Source source, Decoder readersDecoder, Decoder takersDecoder) {
        ReadAhead ahead = new ReadAhead(source, readersDecoder, takersDecoder);
        ahead.thread.start();
        return ahead;
    }

    /**
     * The next block, decoded; valid until the next call. Null at the end.
     *
     * <p>Throws what reading or decoding it threw, and goes on throwing it.
     */
    BlockCopy take() {
        release();
        Slot next = slots[index(taken)];
        while (!next.isIn(READY)) {
            if (ended && next.isIn(FREE)) {
                rethrow(failure);
                return null;
            }
            boolean worked = decode(next, takersDecoder) || decodeOldest(taken, takersDecoder);
            takersIdle.idle(worked ? 1 : 0);
        }
        rethrow(next.failure);
        current = next;
        return next.block;
    }

    /** Stops and joins the reading thread, also when the caller is interrupted. Does nothing the second time. */
    @Override
    public void close() {
        stopped = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void release() {
        if (current != null) {
            current.state.setRelease(FREE);
            current = null;
            taken++;
        }
    }

    private void run(Decoder decoder) {
        IdleStrategy idle = idle();
        long position = 0;
        try {
            while (!stopped) {
                Slot next = slots[index(position)];
                if (next.isIn(FREE)) {
                    if (!source.readInto(next.block)) {
                        break;
                    }
                    next.state.setRelease(READ);
                    position++;
                } else {
                    idle.idle(decodeOldest(position, decoder) ? 1 : 0);
                }
            }
        } catch (Throwable e) {
            failure = e;
        }
        ended = true;
        while (!stopped && decodeOldest(position, decoder)) {
            idle.reset();
        }
    }

    /** Decodes the first block from {@code position} on that nobody has begun with; false when there is none. */
    private boolean decodeOldest(long position, Decoder decoder) {
        for (int i = 0; i < SLOTS; i++) {
            if (decode(slots[index(position + i)], decoder)) {
                return true;
            }
        }
        return false;
    }

    private static boolean decode(Slot slot, Decoder decoder) {
        if (!slot.isIn(READ) || !slot.state.compareAndSet(READ, DECODING)) {
            return false;
        }
        try {
            decoder.decode(slot.block);
        } catch (Throwable e) {
            slot.failure = e;
        }
        slot.state.setRelease(READY);
        return true;
    }

    private static int index(long position) {
        return (int) position & SLOTS - 1;
    }

    private static IdleStrategy idle() {
        return new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, MIN_PARK_NS, MAX_PARK_NS);
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }
}
