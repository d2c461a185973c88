package io.tickring.journal;

import io.tickring.journal.BlockBatch.Decoder;
import io.tickring.journal.BlockBatch.Source;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Reads, proves and decodes blocks ahead of the one thread that takes them, in their order, into a bounded row of batches. A thread of its
 * own reads; whoever finds a batch that is read and not yet decoded decodes it, the taker too when it would have to wait, so that two
 * cores share the work whichever of them has more. What ends the reading, damage too, is told behind the last block before it.
 *
 * <p>Design note: the reading thread alone fills a free batch, the taker alone frees it, and a compare-and-set says who decodes. Nobody
 * spins for long: each side yields, then parks.
 */
final class ReadAhead implements AutoCloseable {
    private static final int BATCHES = 8;

    private static final int MAX_SPINS = 10;
    private static final int MAX_YIELDS = 50;
    private static final long MIN_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = 50_000;
    static final String THREAD_NAME = "read-ahead";

    private final BlockBatch[] batches = new BlockBatch[BATCHES];
    private final Source source;
    private final Decoder takersDecoder;
    private final Thread thread;
    private final IdleStrategy takersIdle = idle();
    private volatile boolean stopped;
    private volatile boolean ended;
    /** What the reading ended with; set before {@link #ended}. */
    private Throwable failure;

    private long taken;
    private BlockBatch current;
    private int block;

    /**
     * @param readersDecoder the reading thread's own
     * @param takersDecoder  the taker's own
     */
    private ReadAhead(Source source, Decoder readersDecoder, Decoder takersDecoder) {
        for (int i = 0; i < BATCHES; i++) {
            batches[i] = new BlockBatch();
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
        if (current == null && !awaitNext()) {
            return null;
        }
        BlockCopy next = current.block(block);
        while (next == null) {
            rethrow(current.failure());
            release();
            if (!awaitNext()) {
                return null;
            }
            next = current.block(block);
        }
        block++;
        return next;
    }

    /** False at the end. */
    private boolean awaitNext() {
        BlockBatch next = batches[index(taken)];
        while (!next.isReady()) {
            if (ended && next.isFree()) {
                rethrow(failure);
                return false;
            }
            boolean worked = next.decode(takersDecoder) || decodeOldest(taken, takersDecoder);
            takersIdle.idle(worked ? 1 : 0);
        }
        current = next;
        block = 0;
        return true;
    }

    private void release() {
        current.free();
        current = null;
        taken++;
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

    private void run(Decoder decoder) {
        IdleStrategy idle = idle();
        long position = 0;
        boolean goesOn = true;
        while (goesOn && !stopped) {
            BlockBatch next = batches[index(position)];
            if (next.isFree()) {
                goesOn = read(next);
                position += next.publishRead() ? 1 : 0;
            } else {
                idle.idle(decodeOldest(position, decoder) ? 1 : 0);
            }
        }
        ended = true;
        while (!stopped && decodeOldest(position, decoder)) {
            idle.reset();
        }
    }

    private boolean read(BlockBatch batch) {
        try {
            return batch.readFrom(source);
        } catch (Throwable e) {
            failure = e;
            return false;
        }
    }

    /** Decodes the first batch from {@code position} on that nobody has begun with; false when there is none. */
    private boolean decodeOldest(long position, Decoder decoder) {
        for (int i = 0; i < BATCHES; i++) {
            if (batches[index(position + i)].decode(decoder)) {
                return true;
            }
        }
        return false;
    }

    private static int index(long position) {
        return (int) position & BATCHES - 1;
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
