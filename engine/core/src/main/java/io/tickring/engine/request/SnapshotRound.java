package io.tickring.engine.request;

import static io.tickring.engine.tick.TickDescriptor.LENGTH_SHIFT;

import io.tickring.engine.price.TableReplica;
import io.tickring.engine.price.TableRows;
import io.tickring.engine.ring.KeptRecords;
import io.tickring.engine.ring.RingReader;
import java.util.ArrayList;
import java.util.List;

/**
 * One copy of the table, taken while it is written: a reader of the ring joins first, then the rows are copied, and what any of them may
 * have seen already is brought to all of them from the records behind. Costs the handlers nothing: a reader that lags is let go, and the
 * copy begun anew. The requests thread's.
 *
 * <p>Design note: copying many rows takes longer than the reader may lag, so it reads between them. The records are kept, and applied when
 * all of them are there. Where they are more than may be kept the copy is begun anew.
 */
final class SnapshotRound {
    private final RequestSources sources;
    private final KeptRecords records;
    private final List<Request<?>> wantedBy = new ArrayList<>();
    private RingReader reader;
    private long startSequence;
    private int tries;
    private TableRows rows;
    private RuntimeException failure;
    private TableSnapshot result;

    /** @param records keeps records until this round is over */
    SnapshotRound(RequestSources sources, KeptRecords records) {
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
            advance();
        } catch (RuntimeException e) {
            failure = e;
        } catch (OutOfMemoryError e) {
            failure = RequestFailed.noMemory(sources.table().instruments());
        }
        boolean isOver = result != null || failure != null;
        if (isOver) {
            close();
        }
        return isOver;
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

    private void advance() {
        if (reader == null || reader.reason() != null) {
            join();
        }
        if (rows == null && sources.table().appliedSequence() >= startSequence - 1) {
            rows = TableRows.copy(sources.table(), this::keepRecords);
        }
        if (rows != null) {
            keepRecords();
            if (reader.nextSequence() > rows.newestSequence()) {
                finish();
            }
        }
    }

    private void join() {
        tries++;
        rows = null;
        records.clear();
        reader = sources.prices().newReader(0);
        startSequence = reader.nextSequence();
    }

    /** Of a reader that left nothing more comes. */
    private void keepRecords() {
        if (!records.takeAll(reader)) {
            reader.close();
        }
    }

    private void finish() {
        TableReplica replica = TableReplica.of(rows, 0);
        while (!replica.isWhole()) {
            long past = replica.nextSequence() - startSequence;
            replica.apply(records.records(), (int) past << LENGTH_SHIFT);
        }
        result = new TableSnapshot(replica.nextSequence() - 1, replica.digest(), replica.table());
    }
}
