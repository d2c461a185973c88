package io.tickring.engine;

import io.tickring.engine.analytics.FiguresFile;
import io.tickring.engine.analytics.FiguresReader;
import io.tickring.engine.journaling.EngineJournal;
import io.tickring.engine.journaling.StateSnapshot;
import io.tickring.engine.price.PriceTableWriter;
import io.tickring.engine.snapshot.Snapshot;
import io.tickring.engine.snapshot.SnapshotStore;
import io.tickring.engine.status.EngineCounters;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ErrorHandler;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.concurrent.EpochClock;

/**
 * Snapshots of a running engine: the price stage copies the table in memory, a thread of its own the figures, whose rows may be ahead
 * of that; it writes both when everything in them is durable in the journal. While one is written no other is begun. A snapshot that
 * cannot be written is counted and told; the engine goes on, for the journal holds everything.
 */
final class SnapshotTaker implements Runnable {
    /** Rebuilding so many takes a good part of a second. */
    private static final long MANY_RECORDS = 1_000_000;

    private static final long WAIT_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final SnapshotStore store;
    private final EngineJournal journal;
    private final PriceTableWriter table;
    /** Null where none are kept. */
    private final FiguresFile figures;

    private final EngineCounters counters;
    private final ErrorHandler errors;
    private final EpochClock clock;
    private final long interval;
    private final Runnable hurryForce;
    private final ExpandableDirectByteBuffer rows = new ExpandableDirectByteBuffer();
    private int rowsLength;
    private long sequence;
    private long digest;
    private final ExpandableDirectByteBuffer figuresCopy = new ExpandableDirectByteBuffer();
    private int figuresLength;
    /** Of the newest record in either copy; 0 while the figures are not copied. */
    private long newestSequence;
    /** True from the copy until it is written; sets the copy's fields over to the writing thread, and back. */
    private volatile boolean copied;

    private volatile Thread thread;
    private volatile boolean stopped;

    /** @param interval in sequences, 0 for a snapshot at the end alone */
    SnapshotTaker(EngineContext context, EngineParts parts, Runnable hurryForce) {
        this.store = context.storage().snapshots();
        this.journal = parts.journal;
        this.table = parts.writer;
        this.figures = parts.figures;
        this.counters = parts.counters;
        this.errors = parts.status;
        this.clock = context.epochClock();
        this.interval = context.snapshotInterval();
        this.hurryForce = hurryForce;
        this.sequence = parts.recovered.snapshotSequence();
    }

    /**
     * Copies the table as a start has rebuilt it, if that read many records: however often a run is killed, the next start does not
     * read them again. Before the stages run.
     */
    void onRebuilt(long records) {
        if (records >= Math.min(interval, MANY_RECORDS)) {
            copy(journal.nextSequence() - 1, table.digest());
        }
    }

    /** Copies the table when a snapshot is due. Called by the price stage at its checkpoints. */
    void onCheckpoint(long atSequence, long atDigest) {
        if (!copied && atSequence - sequence >= interval) {
            copy(atSequence, atDigest);
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!stopped) {
            // An interrupt means nothing here, and would let no later wait be one.
            Thread.interrupted();
            if (!copied) {
                LockSupport.park();
            } else if (!store()) {
                LockSupport.parkNanos(WAIT_NS);
            }
        }
    }

    /** Ends the loop after the snapshot under way. Any thread. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    /** The last one, of a state that nobody changes any more. After the loop has ended. */
    void takeLast(long atSequence) {
        if (atSequence > sequence || copied) {
            copy(atSequence, table.digest());
            store();
        }
    }

    private void copy(long atSequence, long atDigest) {
        rowsLength = table.rowsLength();
        rows.checkLimit(rowsLength);
        table.copyRows(rows, 0);
        sequence = atSequence;
        digest = atDigest;
        newestSequence = 0;
        copied = true;
    }

    /**
     * Stores the copy, if there is one and everything in it is durable by now.
     *
     * <p>Design note: a snapshot must not know more than the journal that survives with it.
     */
    boolean store() {
        if (!copied || newestSequence == 0 && !copyFigures()) {
            return false;
        }
        if (counters.durableSequence.get() < newestSequence) {
            if (counters.journaledSequence.get() >= newestSequence) {
                hurryForce.run();
            }
            return false;
        }
        try {
            storeUninterrupted(StateSnapshot.of(
                    journal,
                    sequence,
                    clock.time(),
                    rows,
                    rowsLength,
                    digest,
                    figures == null ? null : figuresCopy,
                    figuresLength));
            counters.snapshots.incrementRelease();
            counters.snapshotSequence.setRelease(sequence);
        } catch (IOException e) {
            counters.snapshotsFailed.incrementRelease();
            errors.onError(e);
        }
        copied = false;
        return true;
    }

    /** Answers false while the figures do not hold everything that the table's copy does. */
    private boolean copyFigures() {
        if (figures == null) {
            newestSequence = sequence;
            return true;
        }
        FiguresReader reader = figures.reader();
        if (reader.appliedSequence() < sequence) {
            return false;
        }
        int instruments = reader.instruments();
        figuresLength = figures.copyLength(instruments);
        figuresCopy.checkLimit(figuresLength);
        long newest = figures.copy(figuresCopy, instruments);
        newestSequence = newest < 0 ? 0 : Math.max(sequence, newest);
        return newest >= 0;
    }

    /** An interrupt closes the file under the writer, who begins it anew. */
    private void storeUninterrupted(Snapshot snapshot) throws IOException {
        boolean interrupted = false;
        boolean isStored = false;
        try {
            while (!isStored) {
                interrupted |= Thread.interrupted();
                isStored = tryStore(snapshot);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean tryStore(Snapshot snapshot) throws IOException {
        try {
            store.store(snapshot);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }
}
