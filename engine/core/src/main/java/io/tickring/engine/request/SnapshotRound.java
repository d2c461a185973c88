package io.tickring.engine.request;

import io.tickring.engine.price.TableReplica;
import io.tickring.engine.ring.RingReader;
import io.tickring.engine.ring.TickProcessor;
import io.tickring.engine.tick.TickDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One copy of the table, taken while it is written: a reader of the ring joins first, then the rows are copied, and what any of them may
 * have seen already is brought to all of them from the records behind. Costs the handlers nothing: a reader that lags is let go, and the
 * copy begun anew. The requests thread's.
 */
final class SnapshotRound {
    private static final int BATCH = TickProcessor.MAX_BATCH;

    private final RequestSources sources;
    private final UnsafeBuffer records;
    private final List<Request<?>> wantedBy = new ArrayList<>();
    private RingReader reader;
    private long startSequence;
    private int tries;
    private TableReplica replica;
    private RuntimeException failure;
    private TableSnapshot result;

    /** @param records room for {@link TickProcessor#MAX_BATCH} records, used while a step is done */
    SnapshotRound(RequestSources sources, UnsafeBuffer records) {
        this.sources = sources;
        this.records = records;
    }

    void addWaiting(Request<?> request) {
        wantedBy.add(request);
    }

    /** Does what can be done now; true when it is over, or nobody waits for it any more. */
    boolean step() {
        if (wantedBy.stream().allMatch(request -> request.answer().isDone())) {
            close();
            return true;
        }
        try {
            if (reader == null) {
                join();
            }
            if (replica == null && sources.table().appliedSequence() >= startSequence - 1) {
                replica = TableReplica.of(sources.table(), 0);
            }
            if (replica != null) {
                redo();
            }
        } catch (RuntimeException e) {
            failure = e;
            close();
        } catch (OutOfMemoryError e) {
            failure = RequestFailed.noMemory(sources.table().instruments());
            close();
        }
        return result != null || failure != null;
    }

    /** The snapshot, or null while there is none; throws what it failed with. */
    TableSnapshot result() {
        if (failure != null) {
            throw failure;
        }
        return result;
    }

    /** For whoever waited too long. */
    String state() {
        return "sequence=" + startSequence + " appliedSequence="
                + sources.table().appliedSequence() + " tries=" + tries;
    }

    void close() {
        if (reader != null) {
            reader.close();
        }
    }

    private void join() {
        tries++;
        replica = null;
        reader = sources.prices().newReader(0);
        startSequence = reader.nextSequence();
    }

    private void redo() {
        int count = 1;
        while (!replica.isWhole() && count > 0) {
            long first = reader.nextSequence();
            count = reader.poll(records, 0, BATCH);
            for (int i = 0; i < count && !replica.isWhole(); i++) {
                if (first + i >= replica.nextSequence()) {
                    replica.apply(records, i << TickDescriptor.LENGTH_SHIFT);
                }
            }
        }
        if (replica.isWhole()) {
            close();
            result = new TableSnapshot(replica.nextSequence() - 1, replica.digest(), replica.table());
        } else if (count < 0) {
            reader = null;
            replica = null;
        }
    }
}
