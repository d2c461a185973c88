package io.tickring.engine.subscription;

import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.price.TableReplica;
import io.tickring.engine.price.TableRows;
import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * The beginning of what comes as a snapshot and then live: a copy of the table, and the records that bring it to one sequence. The
 * subscriber's thread.
 *
 * <p>Design note: a table can hold what a killed engine never journaled, and another start gives those sequences again. So outside the
 * engine's process the copy counts only when the journal has come to its last record and no other table has taken its place.
 */
final class SnapshotStart {
    private final PriceTableReader table;
    private final long leastApplied;
    private final boolean awaitsStream;
    private TableReplica replica;
    private long streamSequence;
    private boolean given;
    /** Then there will be no snapshot of this table. */
    private boolean isReplaced;

    /**
     * @param leastApplied the stream gives all records behind this sequence
     * @param awaitsStream whether the copy counts only when the stream has come to its last record
     */
    SnapshotStart(PriceTableReader table, long leastApplied, boolean awaitsStream) {
        this.table = table;
        this.leastApplied = leastApplied;
        this.awaitsStream = awaitsStream;
    }

    /** Whether the snapshot was given: records now belong to what is live. */
    boolean isGiven() {
        return given;
    }

    /**
     * Copies the table if that is still to be done and can be done.
     *
     * @param meanwhile run now and then while the rows are copied
     */
    void begin(Delivery delivery, Runnable meanwhile) throws IOException {
        if (replica == null && !isReplaced && table.appliedSequence() >= Math.max(leastApplied, streamSequence)) {
            TableRows rows = copy(meanwhile);
            if (rows != null) {
                replica = TableReplica.of(rows, 0);
                giveIfWhole(delivery);
            }
        }
    }

    /** Null where another table has taken the place of one whose writer died in the middle of a row. */
    private TableRows copy(Runnable meanwhile) throws IOException {
        try {
            return TableRows.copy(table, meanwhile);
        } catch (IllegalStateException unreadable) {
            isReplaced = table.isReplaced();
            if (!isReplaced) {
                throw unreadable;
            }
            return null;
        }
    }

    /** Takes a record: the copy has it already, or is brought on by it. Only after the copy was made. */
    void record(DirectBuffer records, int offset, long sequence, Delivery delivery) throws IOException {
        streamSequence = sequence;
        if (sequence >= replica.nextSequence()) {
            replica.apply(records, offset);
        }
        giveIfWhole(delivery);
    }

    /** Records are missing that would have brought the copy on: only another one helps. */
    void missed(long lastSequence) {
        streamSequence = lastSequence;
        if (lastSequence >= replica.nextSequence()) {
            replica = null;
        }
    }

    /** Whether records can be taken. */
    boolean isBegun() {
        return replica != null;
    }

    /** The sequence of the snapshot, once it is given. */
    long sequence() {
        return replica.nextSequence() - 1;
    }

    private void giveIfWhole(Delivery delivery) throws IOException {
        if (!replica.isWhole() || awaitsStream && streamSequence < replica.copySequence()) {
            return;
        }
        isReplaced = table.isReplaced();
        if (isReplaced) {
            replica = null;
            return;
        }
        given = true;
        delivery.snapshot(replica.table(), sequence());
    }
}
