package io.tickring.engine.price;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.concurrent.NanoClock;

/**
 * A copy of the table at one sequence, made by the price stage at the end of a batch when another stage asks for it. One asker, one
 * maker.
 */
public final class TableCopy {
    private static final long NOTHING = -1;

    private final NanoClock clock;
    private final Runnable waiting;
    private final ExpandableDirectByteBuffer rows = new ExpandableDirectByteBuffer();
    private int instruments;
    private long sequence;
    /** The least sequence that is asked for, or {@link #NOTHING}. Written by the asker, taken back by the maker: hands the copy over. */
    private volatile long wanted = NOTHING;

    /** The asker waits by running {@code waiting} again and again, for a time by {@code clock}. */
    public TableCopy(NanoClock clock, Runnable waiting) {
        this.clock = clock;
        this.waiting = waiting;
    }

    /** Asks for a copy at {@code leastSequence} or later, or, when one is being made already, for that. The asker's. */
    public void ask(long leastSequence) {
        wanted = leastSequence;
    }

    /** Waits a little for the copy that was asked for; false when it is not there by then. The asker's. */
    public boolean await(long timeoutNs) {
        long startNs = clock.nanoTime();
        while (wanted != NOTHING && clock.nanoTime() - startNs < timeoutNs) {
            waiting.run();
        }
        return wanted == NOTHING;
    }

    /** Of the newest record in the copy. The asker's, when the copy is there. */
    public long sequence() {
        return sequence;
    }

    /** The rows, one behind the other, for ids 0 to {@link #instruments}, exclusive. */
    public DirectBuffer rows() {
        return rows;
    }

    public int instruments() {
        return instruments;
    }

    /** Makes the copy if it is asked for. Called by the price stage when the table holds every record up to {@code applied}. */
    public void offer(PriceTableWriter table, long applied) {
        long least = wanted;
        if (least != NOTHING && applied >= least) {
            instruments = table.instruments();
            rows.checkLimit(table.rowsLength());
            table.copyRows(rows, 0);
            sequence = applied;
            wanted = NOTHING;
        }
    }
}
