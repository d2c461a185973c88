package io.tickring.engine.subscription;

import io.tickring.engine.journaling.JournalRange;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.ring.RingReader;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** Gives the records of a stream, from its beginning on or behind a snapshot. */
final class RecordSource implements Source {
    /** What a poll looks at before it answers, where little of it is asked for. */
    private static final int MOST_LOOKED_AT = 1 << 16;

    private final RecordStream stream;
    private final LongSupplier head;
    private SnapshotStart snapshot;
    private long snapshotSequence;
    private int index;
    private int count;
    private int left;
    private volatile long position = -1;
    private volatile long begunBehind;

    /**
     * @param begunBehind the sequence before the first of the stream, as far as that is known
     * @param snapshot null to give the records from the first on
     */
    private RecordSource(RecordStream stream, LongSupplier head, long begunBehind, SnapshotStart snapshot) {
        this.stream = stream;
        this.head = head;
        this.begunBehind = begunBehind;
        this.snapshot = snapshot;
    }

    /** What comes from now on in {@code broadcast}. */
    static RecordSource ofBroadcast(BroadcastRecords broadcast, LongSupplier head) {
        return new RecordSource(broadcast, head, head.getAsLong(), null);
    }

    /** Out of a journal, from {@code from} on; null for its start. {@code place} is null where none is kept. */
    static RecordSource ofJournal(Path folder, JournalRange.Position from, LongSupplier head, ReaderFile place) {
        long behind = from == null || from.isTime() ? 0 : Math.max(0, from.value() - 1);
        return new RecordSource(new JournalRecords(folder, from, place), head, behind, null);
    }

    /** A snapshot of {@code table}, and the journal behind it. */
    static RecordSource ofSnapshotAndJournal(Path folder, PriceTableReader table, LongSupplier head, ReaderFile place) {
        long applied = table.appliedSequence();
        JournalRange.Position newest = JournalRange.Position.sequence(Math.max(1, applied));
        return new RecordSource(
                new JournalRecords(folder, newest, place), head, applied, new SnapshotStart(table, 0, true));
    }

    /** A snapshot of {@code table}, and the ring behind it. */
    static RecordSource ofSnapshotAndRing(RingReader ring, PriceTableReader table) {
        long behind = ring.nextSequence() - 1;
        SnapshotStart snapshot = new SnapshotStart(table, behind, false);
        return new RecordSource(new RingRecords(ring), table::appliedSequence, behind, snapshot);
    }

    @Override
    public int poll(Delivery delivery, int limit) throws Exception {
        if (snapshot != null) {
            snapshot.begin(delivery, stream::keep);
            endSnapshot();
        }
        int given = 0;
        left = MOST_LOOKED_AT;
        while (given < limit
                && left > 0
                && isReady()
                && !delivery.isStopped()
                && (index < count || nextRun(delivery))) {
            given += giveRun(delivery, limit - given);
        }
        return given;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long begunBehind() {
        return begunBehind;
    }

    @Override
    public long head() {
        return head.getAsLong();
    }

    @Override
    public boolean hasMore() {
        return left <= 0 || isReady() && index < count || stream.hasMore();
    }

    @Override
    public EndReason end() {
        return index < count ? null : stream.end();
    }

    @Override
    public void letGo() {
        stream.letGo();
    }

    @Override
    public void close() {
        stream.close();
    }

    private boolean nextRun(Delivery delivery) throws Exception {
        boolean found = stream.next();
        if (stream.passed() > begunBehind) {
            begunBehind = stream.passed();
        }
        if (!found) {
            return false;
        }
        if (stream.isOfAnotherStart()) {
            delivery.forgetInstruments();
        }
        delivery.definitions(stream.definitionsBefore(), stream.definitionsBeforeCount());
        if (stream.firstMissed() > 0) {
            missed(stream.firstMissed(), stream.lastMissed(), delivery);
        }
        index = 0;
        count = stream.count();
        return true;
    }

    /** Whether the snapshot is still to be given. */
    boolean awaitsSnapshot() {
        return snapshot != null;
    }

    private boolean isReady() {
        return snapshot == null || snapshot.isBegun();
    }

    private void missed(long first, long last, Delivery delivery) {
        if (snapshot != null) {
            snapshot.missed(last);
        } else if (last > snapshotSequence) {
            delivery.missed(Math.max(first, snapshotSequence + 1), last, stream.missedCause());
            position = last;
        }
    }

    private int giveRun(Delivery delivery, int limit) throws IOException {
        int given = 0;
        for (; index < count && given < limit && left > 0 && isReady() && !delivery.isStopped(); index++, left--) {
            int offset = stream.offset() + (index << TickDescriptor.LENGTH_SHIFT);
            long sequence = stream.records().getLong(offset + TickDescriptor.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
            if (snapshot != null) {
                snapshot.record(stream.records(), offset, sequence, delivery);
                endSnapshot();
            } else if (sequence > snapshotSequence) {
                given += delivery.record(stream.records(), offset);
                position = sequence;
            }
        }
        return given;
    }

    /** From the snapshot on all is given as it comes. */
    private void endSnapshot() {
        if (snapshot.isGiven()) {
            snapshotSequence = snapshot.sequence();
            position = snapshotSequence;
            snapshot = null;
        }
    }
}
