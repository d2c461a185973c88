package io.tickring.engine.subscription;

import io.tickring.engine.journaling.JournalRange;
import io.tickring.engine.journaling.JournalStream;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** A journal's records, from its files. */
final class JournalRecords implements RecordStream {
    private final Path data;
    private final JournalStream journal;
    private ReaderFile unproven;

    /**
     * @param from null for the journal's start
     * @param place must be of this journal, or of none yet; null for none
     */
    JournalRecords(Path data, JournalRange.Position from, ReaderFile place) {
        this.data = data;
        this.journal = JournalStream.open(data, from);
        this.unproven = place;
    }

    @Override
    public boolean next() {
        boolean found = journal.next();
        if (found && unproven != null) {
            requireOwn(unproven);
            unproven = null;
        }
        return found;
    }

    private void requireOwn(ReaderFile place) {
        if (place.journalId() != 0 && place.journalId() != journal.journalId()) {
            throw new SubscriptionException("directory=" + data + " nextSequence=" + place.nextSequence()
                    + ": the reader's place is in another journal; remove its file in " + ReaderDescriptor.FOLDER
                    + ", or choose another name");
        }
        place.journalId(journal.journalId());
    }

    @Override
    public boolean hasMore() {
        return journal.isLookPutOff();
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
