package io.tickring.engine.subscription;

import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.price.TableReplica;
import org.agrona.DirectBuffer;

/**
 * The beginning of what comes as a snapshot and then live: a copy of the table, and the records that bring it to one sequence. The
 * subscriber's thread.
 */
final class SnapshotStart {
    private static final int SPARE_INSTRUMENTS = 1024;

    private final PriceTableReader table;
    private TableReplica replica;
    private boolean given;

    SnapshotStart(PriceTableReader table) {
        this.table = table;
    }

    /** Whether the snapshot was given: records now belong to what is live. */
    boolean isGiven() {
        return given;
    }

    /** Copies the table if that is still to be done. The stream must have begun, at the latest behind what is applied. */
    void begin(Delivery delivery) {
        if (replica == null) {
            replica = TableReplica.of(table, SPARE_INSTRUMENTS);
            giveIfWhole(delivery);
        }
    }

    /** Takes a record: the copy has it already, or is brought on by it. */
    void record(DirectBuffer records, int offset, long sequence, Delivery delivery) {
        if (sequence >= replica.nextSequence()) {
            replica.apply(records, offset);
            giveIfWhole(delivery);
        }
    }

    /** Records are missing that would have brought the copy on: only another one helps. */
    void missed(long lastSequence, Delivery delivery) {
        if (lastSequence >= replica.nextSequence()) {
            replica = null;
            begin(delivery);
        }
    }

    /** The sequence of the snapshot, once it is given. */
    long sequence() {
        return replica.nextSequence() - 1;
    }

    private void giveIfWhole(Delivery delivery) {
        if (replica.isWhole()) {
            given = true;
            delivery.snapshot(replica.table(), sequence());
        }
    }
}
