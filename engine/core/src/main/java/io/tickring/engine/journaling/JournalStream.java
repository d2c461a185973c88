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
    private long firstAvailable;
    private long endSequence;
    /** What was asked for and the journal no longer has, until that is told; else 0. */
    private long firstGone;

    private long lastGone;
    private boolean tellsGone;
    private JournalGap gap;
    /** What comes before the first record where the beginning is a time: it may hold later ticks. */
    private JournalGap gapBefore;
    /** Records that come behind the gap that is given. */
    private int held;

    private DirectBuffer records;
    private int offset;
    private int count;
    private boolean begun;
    private long passed;
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
        count = held;
        held = 0;
        if (begun) {
            definitions.clear();
        }
        if (count > 0) {
            return true;
        }
        if (follower == null && !isOpenedAgain()) {
            return false;
        }
        tellsGone = firstGone > 0 && !tellsGone;
        if (tellsGone) {
            return true;
        }
        firstGone = 0;
        while (follower.next()) {
            if (take(follower.tailer())) {
                return true;
            }
        }
        return false;
    }

    /** The newest sequence that was passed over on the way to the beginning; 0 for none. */
    public long passed() {
        return passed;
    }

    /** Whether {@link #next} answered false without a look: a journal without a record is looked at now and then. */
    public boolean isLookPutOff() {
        return lookPutOff;
    }

    /** Of the journal that was read from last. */
    public long journalId() {
        return follower.tailer().journalId();
    }

    /** The first sequence that the journal had when it was opened; 0 while it has no record. */
    public long firstAvailableSequence() {
        return firstAvailable;
    }

    /** The last one that it had then; 0 while it has no record. */
    public long endSequence() {
        return endSequence;
    }

    /** Reads in which journal this begins, 0 while that has no record. Before the first {@link #next}. */
    public long readJournalId() {
        if (follower == null) {
            return 0;
        }
        JournalTailer tailer = follower.tailer();
        tailer.next();
        long id = tailer.journalId();
        seek(tailer);
        return id;
    }

    /** The first of the sequences that were asked for and that the journal no longer goes back to; 0 where none are told. */
    public long firstGone() {
        return tellsGone ? firstGone : 0;
    }

    public long lastGone() {
        return tellsGone ? lastGone : 0;
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
        boolean opened = false;
        try {
            opened = seek(tailer);
            if (opened) {
                learn(tailer);
                follower = new JournalFollower(folder, tailer);
            }
        } catch (Throwable e) {
            opened = false;
            throw e;
        } finally {
            if (!opened) {
                tailer.close();
            }
        }
    }

    private void learn(JournalTailer tailer) {
        firstAvailable = tailer.firstAvailableSequence();
        endSequence = tailer.endSequence();
        if (from == null) {
            return;
        }
        if (!from.isTime() && from.value() > 0 && from.value() < firstAvailable) {
            firstGone = from.value();
            lastGone = firstAvailable - 1;
        }
        tailer.definitions(
                (sequence, n, payload, start, length) -> definitions.addFrom(payload, start, length >> LENGTH_SHIFT));
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
                ? seekToTime(tailer, first, last)
                : tailer.seekToSequence(Math.max(first, Math.min(last, from.value())));
    }

    /** Goes to the newest gap or tick before the first block that is late enough: a gap has no time of its own. */
    private boolean seekToTime(JournalTailer tailer, long first, long last) {
        if (!tailer.seekToKey(from.value())) {
            return tailer.seekToSequence(last);
        }
        tailer.next();
        while (firstOf(tailer) > first) {
            long before = firstOf(tailer) - 1;
            tailer.seekToSequence(before);
            tailer.next();
            if (tailer.isGap() || holdsTick(tailer)) {
                return tailer.seekToSequence(before);
            }
        }
        return tailer.seekToSequence(first);
    }

    private static long firstOf(JournalTailer block) {
        return block.isGap() ? block.gapFrom() : block.firstSequence();
    }

    private boolean holdsTick(JournalTailer block) {
        boolean found = false;
        for (int i = 0; i < block.count() && !found; i++) {
            found = tick.wrap(block.records(), block.recordsOffset() + (i << LENGTH_SHIFT))
                    .isTick();
        }
        return found;
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
        if (begun && gapBefore != null) {
            gap = gapBefore;
            gapBefore = null;
            held = count;
            count = 0;
            return true;
        }
        return count > 0;
    }

    private boolean takeGap(JournalGap found) {
        DefinitionLog known = gaps.definitions();
        definitions.addFrom(known.buffer(), 0, known.length() >> LENGTH_SHIFT);
        if (!begun && from.isTime()) {
            gapBefore = found;
            return false;
        }
        if (!begun && found.to() < from.value()) {
            return false;
        }
        gap = begun ? found : new JournalGap(Math.max(from.value(), found.from()), found.to(), found.cause());
        begun = true;
        return gap.count() > 0;
    }

    private void skipToBegin() {
        while (count > 0 && !begin.begins(tick.wrap(records, offset))) {
            definitions.addFrom(records, offset, 1);
            gapBefore = tick.isTick() ? null : gapBefore;
            passed = tick.sequence();
            offset += LENGTH;
            count--;
        }
        begun = count > 0;
    }
}
