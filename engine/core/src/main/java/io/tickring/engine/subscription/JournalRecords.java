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
     * @param place must be of this journal and within it, or of none yet; null for none
     * @throws SubscriptionException if it is not, as far as that can be told by now
     */
    JournalRecords(Path data, JournalRange.Position from, ReaderFile place) {
        this.data = data;
        this.journal = JournalStream.open(data, from);
        this.unproven = place;
        if (place != null && place.nextSequence() > 0) {
            try {
                requireWithin(place);
            } catch (Throwable e) {
                journal.close();
                throw e;
            }
        }
    }

    /** Else what comes between the place and what is there would be left out without a word. */
    private void requireWithin(ReaderFile place) {
        long id = journal.readJournalId();
        if (id != 0) {
            requireOwn(place, id);
        }
        if (place.nextSequence() > journal.endSequence() + 1) {
            throw wrong(place, "the reader's place is ahead of the journal, which has lost its end");
        }
        if (place.nextSequence() < journal.firstAvailableSequence()) {
            throw wrong(place, "the journal no longer goes back to the reader's place");
        }
    }

    @Override
    public boolean next() {
        boolean found = journal.next();
        if (found && unproven != null && journal.firstGone() == 0) {
            requireOwn(unproven, journal.journalId());
            unproven = null;
        }
        return found;
    }

    private void requireOwn(ReaderFile place, long journalId) {
        if (place.journalId() != 0 && place.journalId() != journalId) {
            throw wrong(place, "the reader's place is in another journal");
        }
        place.journalId(journalId);
    }

    private SubscriptionException wrong(ReaderFile place, String what) {
        return new SubscriptionException("directory=" + data + " nextSequence=" + place.nextSequence()
                + " firstSequence=" + journal.firstAvailableSequence() + " lastSequence=" + journal.endSequence() + ": "
                + what + "; remove its file in " + ReaderDescriptor.FOLDER + ", or choose another name");
    }

    @Override
    public long passed() {
        return journal.passed();
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
        return journal.gap() == null ? journal.firstGone() : journal.gap().from();
    }

    @Override
    public long lastMissed() {
        return journal.gap() == null ? journal.lastGone() : journal.gap().to();
    }

    @Override
    public MissedCause missedCause() {
        return journal.gap() == null ? MissedCause.NOT_AVAILABLE : MissedCause.NOT_JOURNALED;
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
