package io.tickring.engine.subscription;

import io.tickring.engine.journaling.JournalRange;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.tick.TickDescriptor;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** Gives the records of a stream, from its beginning on or behind a snapshot. */
final class RecordSource implements Source {
    private final RecordStream stream;
    private final LongSupplier head;
    private SnapshotStart snapshot;
    private long snapshotSequence;
    private int index;
    private int count;
    private volatile long position;

    /** @param snapshot null to give the records from the first on */
    RecordSource(RecordStream stream, LongSupplier head, SnapshotStart snapshot) {
        this.stream = stream;
        this.head = head;
        this.snapshot = snapshot;
    }

    /** Out of a journal: from the place asked for on, or behind a snapshot of {@code table}. */
    static RecordSource ofJournal(Path folder, SubscriptionContext context, PriceTableReader table) {
        if (!context.isFromNow()) {
            return new RecordSource(new JournalRecords(folder, context.from()), table::appliedSequence, null);
        }
        JournalRange.Position behind = JournalRange.Position.sequence(table.appliedSequence() + 1);
        return new RecordSource(new JournalRecords(folder, behind), table::appliedSequence, new SnapshotStart(table));
    }

    @Override
    public int poll(Delivery delivery, int limit) throws Exception {
        if (snapshot != null) {
            snapshot.begin(delivery);
            endSnapshot();
        }
        int given = 0;
        while (given < limit && (index < count || nextRun(delivery))) {
            given += giveRun(delivery, limit - given);
        }
        return given;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long head() {
        return head.getAsLong();
    }

    @Override
    public EndReason end() {
        return index < count ? null : stream.end();
    }

    @Override
    public void close() {
        stream.close();
    }

    private boolean nextRun(Delivery delivery) throws Exception {
        if (!stream.next()) {
            return false;
        }
        delivery.definitions(stream.definitionsBefore(), stream.definitionsBeforeCount());
        if (stream.firstMissed() > 0) {
            missed(stream.firstMissed(), stream.lastMissed(), delivery);
        }
        index = 0;
        count = stream.count();
        return true;
    }

    private void missed(long first, long last, Delivery delivery) {
        if (snapshot != null) {
            snapshot.missed(last, delivery);
            endSnapshot();
        } else if (last > snapshotSequence) {
            delivery.missed(Math.max(first, snapshotSequence + 1), last, stream.missedCause());
        }
        position = last;
    }

    private int giveRun(Delivery delivery, int limit) {
        int given = 0;
        for (; index < count && given < limit; index++) {
            int offset = stream.offset() + (index << TickDescriptor.LENGTH_SHIFT);
            long sequence = stream.records().getLong(offset + TickDescriptor.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
            if (snapshot != null) {
                snapshot.record(stream.records(), offset, sequence, delivery);
                endSnapshot();
            } else if (sequence > snapshotSequence) {
                given += delivery.record(stream.records(), offset);
            }
            position = sequence;
        }
        return given;
    }

    /** From the snapshot on all is given as it comes. */
    private void endSnapshot() {
        if (snapshot.isGiven()) {
            snapshotSequence = snapshot.sequence();
            snapshot = null;
        }
    }
}
