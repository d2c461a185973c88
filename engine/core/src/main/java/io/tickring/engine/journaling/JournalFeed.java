package io.tickring.engine.journaling;

import static io.tickring.engine.tick.TickDescriptor.LENGTH;
import static io.tickring.engine.tick.TickDescriptor.LENGTH_SHIFT;

import io.tickring.engine.feed.Feed;
import io.tickring.engine.feed.FeedOutput;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.JournalTailer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * A journal, or a range of it, as a feed: replay goes through the same door as live. Either every record is republished as it
 * stands, under its own sequence, or the ticks are sequenced anew and their instruments found by symbol. Where the journal says that
 * records are missing the feed says so in the error log and goes on behind them; sequences that are kept stay without a gap.
 */
public final class JournalFeed implements Feed {
    private static final int MAX_RUN = 512;

    private final Path folder;
    private JournalTailer tailer;
    private final JournalRange range;
    private final RecordFilter filter;
    private final RenumberedTicks renumbered;
    private final DefinitionLog definitionsBefore = new DefinitionLog();
    private final ExpandableArrayBuffer copy = new ExpandableArrayBuffer();
    private final GapReader gap = new GapReader();
    private final GapFiller filler = new GapFiller();
    private final List<JournalGap> gaps = new CopyOnWriteArrayList<>();
    private final MutableTick blank = new MutableTick();
    private final Tick tick = new Tick();
    private DirectBuffer records;
    private int offset;
    private int count;
    private int index;
    private boolean republishing;
    private boolean following;
    private boolean ended;
    /** Whether the state that checkpoints speak of is no longer that of this stream. */
    private boolean checkpointsVoid;

    private int runQuotes;
    private int runTrades;

    private JournalFeed(Path folder, JournalTailer tailer, JournalRange range) {
        this.folder = folder;
        this.tailer = tailer;
        this.range = range;
        this.filter = new RecordFilter(range);
        this.renumbered = new RenumberedTicks(folder.toString());
    }

    /** Opens the journal in {@code folder} and goes to where {@code range} begins, without reading what lies before. */
    public static JournalFeed open(Path folder, JournalRange range) {
        JournalFeed feed = new JournalFeed(folder, CompactCodec.openTailer(folder), range);
        try {
            feed.goToBegin();
            return feed;
        } catch (RuntimeException e) {
            feed.close();
            throw e;
        }
    }

    /** From now on records are republished as they stand. The output's ring must begin with {@link #firstSequence()}. */
    public void republish() {
        republishing = true;
    }

    /** From now on the journal's end is not the feed's: what is appended later is given too, until the output takes no more. */
    public void follow() {
        following = true;
    }

    /** Whether there is a record that will be given. */
    public boolean hasRecord() {
        return !ended;
    }

    /** The sequence of the first record that will be given, 1 if there is none. */
    public long firstSequence() {
        return ended ? 1 : tick.wrap(records, offset + (index << LENGTH_SHIFT)).sequence();
    }

    /** The newest sequence in the journal as it was opened, 0 if it is empty. */
    public long lastSequence() {
        return tailer.endSequence();
    }

    /** Where the journal says that records of the range are missing, so far. Any thread may ask. */
    public List<JournalGap> gaps() {
        return List.copyOf(gaps);
    }

    /** The definitions that stand before the first record: an engine that republishes takes them over at its start. */
    public DirectBuffer definitionsBefore() {
        return definitionsBefore.buffer();
    }

    public int definitionsBeforeCount() {
        return definitionsBefore.length() >> LENGTH_SHIFT;
    }

    @Override
    public String kind() {
        return "journal";
    }

    /** A block may hold definitions alone: then the ones behind it are looked at, without moving this feed. */
    @Override
    public long firstReceiveTimeNs() {
        if (ended) {
            return TickDescriptor.NO_TIME;
        }
        long first = firstReceiveTimeNs(records, offset + (index << LENGTH_SHIFT), count - index);
        if (first != TickDescriptor.NO_TIME) {
            return first;
        }
        try (JournalTailer ahead = CompactCodec.openTailer(folder)) {
            boolean found = ahead.seekToSequence(firstSequence() + count - index);
            while (found && first == TickDescriptor.NO_TIME && ahead.next()) {
                first = firstReceiveTimeNs(ahead.records(), ahead.recordsOffset(), ahead.count());
            }
        }
        return first;
    }

    private long firstReceiveTimeNs(DirectBuffer block, int firstOffset, int recordCount) {
        for (int i = 0; i < recordCount; i++) {
            if (tick.wrap(block, firstOffset + (i << LENGTH_SHIFT)).isTick()) {
                return tick.receiveTimeNs();
            }
        }
        return TickDescriptor.NO_TIME;
    }

    @Override
    public void run(FeedOutput output) {
        learnDefinitionsBefore();
        if (!output.isPaced()) {
            tailer.readAhead();
        }
        while (!ended && output.isOpen()) {
            if (republishing) {
                republishBlock(output);
            } else {
                sequenceBlockAnew(output);
            }
            if (!ended) {
                nextBlock(output);
            }
        }
        output.flush();
    }

    @Override
    public void close() {
        tailer.close();
    }

    private void goToBegin() {
        JournalRange.Position from = range.from();
        boolean found = from == null
                || (from.isTime()
                        ? tailer.seekToKey(from.value())
                        : tailer.seekToSequence(Math.max(from.value(), tailer.firstAvailableSequence())));
        if (!found) {
            ended = true;
            return;
        }
        if (from != null) {
            tailer.definitions((sequence, n, payload, start, length) -> keepDefinitions(payload, start, length));
        }
        nextBlock(null);
        while (!ended && !skipToFirstTaken()) {
            nextBlock(null);
        }
    }

    /** Goes on in this block to the first record of the range; the definitions passed over are kept. */
    private boolean skipToFirstTaken() {
        if (range.from() == null) {
            return true;
        }
        for (; index < count; index++) {
            int record = offset + (index << LENGTH_SHIFT);
            if (filter.begins(tick.wrap(records, record))) {
                return true;
            }
            keepDefinitions(records, record, LENGTH);
        }
        return false;
    }

    /** @param output null before the first record of the range. */
    private void nextBlock(FeedOutput output) {
        while (!ended && advance(output)) {
            if (tailer.count() > 0) {
                take(tailer);
                return;
            }
            if (tailer.isGap() && (output != null || range.from() == null)) {
                onGap(output);
            } else if (tailer.isGap() || records == null) {
                keepDefinitions(tailer.records(), tailer.recordsOffset(), tailer.recordsLength());
            }
        }
        ended = true;
    }

    private boolean advance(FeedOutput output) {
        if (tailer.next()) {
            return true;
        }
        if (!following || output == null) {
            return false;
        }
        output.flush();
        long last = tailer.firstSequence() + tailer.count() - 1;
        JournalFollower follower = new JournalFollower(folder, tailer);
        try {
            return follower.awaitNext(() -> output.isOpen() && !filter.isComplete(last));
        } finally {
            tailer = follower.tailer();
        }
    }

    private void onGap(FeedOutput output) {
        if (!gap.take(tailer)) {
            return;
        }
        DefinitionLog known = gap.definitions();
        if (output == null) {
            keepDefinitions(known.buffer(), 0, known.length());
            note(gap.gap());
        } else if (isBehind(gap.gap())) {
            ended = true;
        } else {
            passGap(output, gap.gap(), known);
        }
    }

    private void passGap(FeedOutput output, JournalGap passed, DefinitionLog known) {
        for (int i = 0; i < known.length(); i += LENGTH) {
            learn(tick.wrap(known.buffer(), i));
        }
        if (note(passed)) {
            output.flush();
            output.noticed(passed.toString());
        }
        checkpointsVoid = true;
        boolean cut = range.to() != null && !range.to().isTime();
        long to = cut ? Math.min(passed.to(), range.to().value()) : passed.to();
        ended = republishing && !filler.fill(output, passed.from(), to, known);
    }

    private boolean note(JournalGap found) {
        if (found.count() > 0) {
            gaps.add(found);
        }
        return found.count() > 0;
    }

    /** Whether the first missing record would lie behind the range. */
    private boolean isBehind(JournalGap missing) {
        blank.wrap(copy, 0).padding();
        copy.putLong(TickDescriptor.SEQUENCE_OFFSET, missing.from(), ByteOrder.LITTLE_ENDIAN);
        return !range.isWhole() && filter.judge(tick.wrap(copy, 0)) == RecordFilter.Verdict.BEHIND;
    }

    private void take(JournalTailer block) {
        records = block.records();
        offset = block.recordsOffset();
        count = block.count();
        index = 0;
        if (range.symbols() != null || checkpointsVoid && republishing) {
            copy.putBytes(0, records, offset, count << LENGTH_SHIFT);
            records = copy;
            offset = 0;
        }
        for (int record = 0; checkpointsVoid && republishing && record < count << LENGTH_SHIFT; record += LENGTH) {
            if (copy.getByte(record + TickDescriptor.TYPE_OFFSET) == TickDescriptor.CHECKPOINT) {
                blank.wrap(copy, record).padding();
            }
        }
    }

    private void keepDefinitions(DirectBuffer buffer, int start, int length) {
        definitionsBefore.addFrom(buffer, start, length >> LENGTH_SHIFT);
    }

    private void learnDefinitionsBefore() {
        for (int i = 0; i < definitionsBeforeCount(); i++) {
            learn(tick.wrap(definitionsBefore.buffer(), i << LENGTH_SHIFT));
            filler.onDefinition(definitionsBefore.buffer(), i << LENGTH_SHIFT);
        }
    }

    private void learn(Tick definition) {
        filter.define(definition);
        renumbered.learn(definition);
    }

    private void republishBlock(FeedOutput output) {
        int longestRun = output.isPaced() ? 1 : Math.min(MAX_RUN, output.maxRun());
        while (index < count && !ended && output.isOpen()) {
            output.awaitResumed();
            int first = index;
            int run = selectRun(output, longestRun);
            if (run > 0 && !output.republish(records, offset + (first << LENGTH_SHIFT), run, runQuotes, runTrades)) {
                ended = true;
            }
        }
    }

    /** Moves over at most {@code longest} records of the range and counts the ticks among them. */
    private int selectRun(FeedOutput output, int longest) {
        if (range.isWhole() && !output.isPaced()) {
            int run = Math.min(longest, count - index);
            countTicks(run);
            int granted = output.budget().take(runQuotes + runTrades);
            if (granted == runQuotes + runTrades) {
                index += run;
                return run;
            }
            output.budget().giveBack(granted);
        }
        return selectOneByOne(output, longest);
    }

    private void countTicks(int run) {
        runQuotes = 0;
        runTrades = 0;
        int end = offset + (index + run << LENGTH_SHIFT);
        for (int record = offset + (index << LENGTH_SHIFT); record < end; record += LENGTH) {
            byte type = records.getByte(record + TickDescriptor.TYPE_OFFSET);
            runQuotes += type == TickDescriptor.QUOTE ? 1 : 0;
            runTrades += type == TickDescriptor.TRADE ? 1 : 0;
            if (type == TickDescriptor.DEFINITION) {
                filler.onDefinition(records, record);
            }
        }
    }

    private int selectOneByOne(FeedOutput output, int longest) {
        runQuotes = 0;
        runTrades = 0;
        int first = index;
        for (; index < count && index - first < longest; index++) {
            int record = offset + (index << LENGTH_SHIFT);
            if (!range.isWhole() && !admit(record)) {
                ended = true;
                break;
            }
            byte type = records.getByte(record + TickDescriptor.TYPE_OFFSET);
            if (TickDescriptor.isTick(type)) {
                if (output.budget().take(1) == 0) {
                    ended = true;
                    break;
                }
                output.awaitDue(records.getLong(record + TickDescriptor.RECEIVE_TIME_OFFSET, ByteOrder.LITTLE_ENDIAN));
                runQuotes += type == TickDescriptor.QUOTE ? 1 : 0;
                runTrades += type == TickDescriptor.TRADE ? 1 : 0;
            } else if (type == TickDescriptor.DEFINITION) {
                filler.onDefinition(records, record);
            }
        }
        return index - first;
    }

    /** Whether the record lies in the range; one of a symbol that is not asked for keeps its sequence alone. */
    private boolean admit(int record) {
        RecordFilter.Verdict verdict = filter.judge(tick.wrap(records, record));
        if (verdict == RecordFilter.Verdict.BLANKED) {
            blank.wrap(copy, record).padding();
        }
        return verdict != RecordFilter.Verdict.BEHIND;
    }

    private void sequenceBlockAnew(FeedOutput output) {
        for (; index < count && !ended && output.isOpen(); index++) {
            tick.wrap(records, offset + (index << LENGTH_SHIFT));
            RecordFilter.Verdict verdict = range.isWhole() ? RecordFilter.Verdict.TAKEN : filter.judge(tick);
            if (verdict == RecordFilter.Verdict.BEHIND) {
                ended = true;
            } else if (tick.type() == TickDescriptor.DEFINITION) {
                learn(tick);
            } else if (verdict == RecordFilter.Verdict.TAKEN && tick.isTick()) {
                renumbered.give(tick, output);
            }
        }
    }
}
