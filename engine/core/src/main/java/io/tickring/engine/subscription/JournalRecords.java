package io.tickring.engine.subscription;

import io.tickring.engine.journaling.JournalRange;
import io.tickring.engine.journaling.JournalStream;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** A journal's records, from its files. */
final class JournalRecords implements RecordStream {
    private final JournalStream journal;

    /** @param from null for the journal's start */
    JournalRecords(Path data, JournalRange.Position from) {
        this.journal = JournalStream.open(data, from);
    }

    @Override
    public boolean next() {
        return journal.next();
    }

    @Override
    public DirectBuffer records() {
        return journal.records();
    }

    @Override
    public int offset() {
        return journal.offset();
    }

    @Override
    public int count() {
        return journal.count();
    }

    @Override
    public long firstMissed() {
        return journal.gap() == null ? 0 : journal.gap().from();
    }

    @Override
    public long lastMissed() {
        return journal.gap() == null ? 0 : journal.gap().to();
    }

    @Override
    public MissedCause missedCause() {
        return MissedCause.NOT_JOURNALED;
    }

    @Override
    public DirectBuffer definitionsBefore() {
        return journal.definitionsBefore();
    }

    @Override
    public int definitionsBeforeCount() {
        return journal.definitionsBeforeCount();
    }

    @Override
    public void close() {
        journal.close();
    }
}
