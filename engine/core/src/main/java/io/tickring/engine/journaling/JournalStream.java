package io.tickring.engine.journaling;

import static io.tickring.engine.tick.TickDescriptor.LENGTH;
import static io.tickring.engine.tick.TickDescriptor.LENGTH_SHIFT;

import io.tickring.engine.tick.Tick;
import io.tickring.journal.JournalTailer;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * The records of a journal from a place on, and behind its end what is appended next, by whichever engine. Gives them run by run to the
 * caller's thread and never waits. Reads files alone. Where the journal says that records are missing it gives the gap instead of
 * them. One thread's.
 */
public final class JournalStream implements AutoCloseable {
    private static final long REOPEN_NS = 50_000_000;

    private final Path folder;
    private final RecordFilter begin;
    private final JournalRange.Position from;
    private final DefinitionLog definitions = new DefinitionLog();
    private final GapReader gaps = new GapReader();
    private final Tick tick = new Tick();
    private JournalFollower follower;
    private long openedNs;
    private JournalGap gap;
    private DirectBuffer records;
    private int offset;
    private int count;
    private boolean begun;
    private boolean lookPutOff;

    private JournalStream(Path folder, JournalRange.Position from) {
        this.folder = folder;
        this.from = from;
        this.begin = new RecordFilter(new JournalRange(from, null, null, Long.MAX_VALUE));
        this.begun = from == null;
    }

    /**
     * Opens the journal in {@code folder}. Throws the journal's exception where there is none.
     *
     * @param from the first record to give, also one that is still to come; null for the first that there is
     */
    public static JournalStream open(Path folder, JournalRange.Position from) {
        JournalStream stream = new JournalStream(folder, from);
        stream.goToBegin();
        return stream;
    }

    /**
     * Goes to the next records, or the next gap; false while there is nothing more. What was given before is then no longer valid.
     *
     * @throws RuntimeException in one line, when the journal is damaged or another has taken its place
     */
    public boolean next() {
        gap = null;
        count = 0;
        if (begun) {
            definitions.clear();
        }
        if (follower == null && !isOpenedAgain()) {
            return false;
        }
        while (follower.next()) {
            if (take(follower.tailer())) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@link #next} answered false without a look: a journal without a record is looked at now and then. */
    public boolean isLookPutOff() {
        return lookPutOff;
    }

    /** Of the journal that was read from last. */
    public long journalId() {
        return follower.tailer().journalId();
    }

    /** The sequences that are missing here; null where records are given. */
    public JournalGap gap() {
        return gap;
    }

    /** Holds the records, {@link #count()} of them from {@link #offset()} on. */
    public DirectBuffer records() {
        return records;
    }

    public int offset() {
        return offset;
    }

    public int count() {
        return count;
    }

    /** Holds DEFINITION records, from 0 on, that come before what is given and were not given themselves. */
    public DirectBuffer definitionsBefore() {
        return definitions.buffer();
    }

    public int definitionsBeforeCount() {
        return definitions.length() >> LENGTH_SHIFT;
    }

    @Override
    public void close() {
        if (follower != null) {
            follower.close();
        }
    }

    private boolean isOpenedAgain() {
        lookPutOff = System.nanoTime() - openedNs < REOPEN_NS;
        if (!lookPutOff) {
            goToBegin();
        }
        return follower != null;
    }

    private void goToBegin() {
        openedNs = System.nanoTime();
        JournalTailer tailer = CompactCodec.openTailer(folder);
        boolean found = false;
        try {
            found = seek(tailer);
            if (found && from != null) {
                tailer.definitions((sequence, n, payload, start, length) ->
                        definitions.addFrom(payload, start, length >> LENGTH_SHIFT));
            }
        } finally {
            if (!found) {
                tailer.close();
            }
        }
        follower = found ? new JournalFollower(folder, tailer) : null;
    }

    /** Goes to the block in which the beginning lies, to the last one where it is still to come; false where there is no record yet. */
    private boolean seek(JournalTailer tailer) {
        long first = tailer.firstAvailableSequence();
        long last = tailer.endSequence();
        if (last < first) {
            return false;
        }
        if (from == null) {
            return tailer.seekToSequence(first);
        }
        return from.isTime()
                ? tailer.seekToKey(from.value()) || tailer.seekToSequence(last)
                : tailer.seekToSequence(Math.max(first, Math.min(last, from.value())));
    }

    /** Answers whether there is something to give. */
    private boolean take(JournalTailer block) {
        if (block.isGap()) {
            return gaps.take(block) && takeGap(gaps.gap());
        }
        records = block.records();
        offset = block.recordsOffset();
        count = block.count();
        if (!begun) {
            skipToBegin();
        }
        return count > 0;
    }

    private boolean takeGap(JournalGap found) {
        DefinitionLog known = gaps.definitions();
        definitions.addFrom(known.buffer(), 0, known.length() >> LENGTH_SHIFT);
        if (!begun && (from.isTime() || found.to() < from.value())) {
            return false;
        }
        gap = begun ? found : new JournalGap(Math.max(from.value(), found.from()), found.to(), found.cause());
        begun = true;
        return gap.count() > 0;
    }

    private void skipToBegin() {
        while (count > 0 && !begin.begins(tick.wrap(records, offset))) {
            definitions.addFrom(records, offset, 1);
            offset += LENGTH;
            count--;
        }
        begun = count > 0;
    }
}
