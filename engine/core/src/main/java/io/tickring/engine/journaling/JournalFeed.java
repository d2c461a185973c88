package io.tickring.engine.journaling;

import static io.tickring.engine.tick.TickDescriptor.LENGTH;
import static io.tickring.engine.tick.TickDescriptor.LENGTH_SHIFT;

import io.tickring.engine.feed.Feed;
import io.tickring.engine.feed.FeedOutput;
import io.tickring.engine.feed.RejectReason;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.JournalTailer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * A journal, or a range of it, as a feed: replay goes through the same door as live. Either every record is republished as it
 * stands, under its own sequence, or the ticks are sequenced anew and their instruments found by symbol.
 */
public final class JournalFeed implements Feed {
    private static final int MAX_RUN = 512;
    private static final int UNMAPPED = Integer.MIN_VALUE;

    private final Path folder;
    private final JournalTailer tailer;
    private final JournalRange range;
    private final RecordFilter filter;
    private final DefinitionLog definitionsBefore = new DefinitionLog();
    private final ExpandableArrayBuffer copy = new ExpandableArrayBuffer();
    private final MutableTick blank = new MutableTick();
    private final Tick tick = new Tick();
    private DirectBuffer records;
    private int offset;
    private int count;
    private int index;
    private boolean republishing;
    private boolean ended;
    private int runQuotes;
    private int runTrades;
    private int[] ownIds = {};
    private String[] symbols = {};

    private JournalFeed(Path folder, JournalTailer tailer, JournalRange range) {
        this.folder = folder;
        this.tailer = tailer;
        this.range = range;
        this.filter = new RecordFilter(range);
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

    /** The sequence of the first record that will be given, 1 if there is none. */
    public long firstSequence() {
        return ended ? 1 : tick.wrap(records, offset + (index << LENGTH_SHIFT)).sequence();
    }

    /** The newest sequence in the journal as it was opened, 0 if it is empty. */
    public long lastSequence() {
        return tailer.endSequence();
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
        while (!ended && output.isOpen()) {
            if (republishing) {
                republishBlock(output);
            } else {
                sequenceBlockAnew(output);
            }
            if (!ended) {
                nextBlock();
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
        nextBlock();
        while (!ended && !skipToFirstTaken()) {
            nextBlock();
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

    private void nextBlock() {
        while (tailer.next()) {
            if (tailer.count() > 0) {
                take(tailer);
                return;
            }
            if (records == null && range.from() == null) {
                keepDefinitions(tailer.records(), tailer.recordsOffset(), tailer.recordsLength());
            }
        }
        ended = true;
    }

    private void take(JournalTailer block) {
        records = block.records();
        offset = block.recordsOffset();
        count = block.count();
        index = 0;
        if (range.symbols() != null) {
            copy.putBytes(0, records, offset, count << LENGTH_SHIFT);
            records = copy;
            offset = 0;
        }
    }

    private void keepDefinitions(DirectBuffer buffer, int start, int length) {
        definitionsBefore.addFrom(buffer, start, length >> LENGTH_SHIFT);
    }

    private void learnDefinitionsBefore() {
        for (int i = 0; i < definitionsBeforeCount(); i++) {
            learn(tick.wrap(definitionsBefore.buffer(), i << LENGTH_SHIFT));
        }
    }

    private void learn(Tick definition) {
        filter.define(definition);
        int id = definition.instrumentId();
        if (!InstrumentIds.isLegal(id)) {
            return;
        }
        if (id >= symbols.length) {
            int length = Math.max(64, 2 * id);
            symbols = Arrays.copyOf(symbols, length);
            int known = ownIds.length;
            ownIds = Arrays.copyOf(ownIds, length);
            Arrays.fill(ownIds, known, length, UNMAPPED);
        }
        symbols[id] = definition.symbol();
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
                giveOn(output);
            }
        }
    }

    private void giveOn(FeedOutput output) {
        int id = ownId(output, tick.instrumentId());
        if (id < 0) {
            if (id != TickPublisher.CLOSED) {
                RejectReason reason = id == TickPublisher.INSTRUMENT_TABLE_FULL
                        ? RejectReason.INSTRUMENT_TABLE_FULL
                        : RejectReason.SYMBOL_INVALID;
                output.rejected(reason, folder.toString(), tick.sequence());
            }
            return;
        }
        output.awaitDue(tick.receiveTimeNs());
        if (tick.type() == TickDescriptor.QUOTE) {
            output.quote(
                    id,
                    tick.exchangeTimeNs(),
                    tick.receiveTimeNs(),
                    tick.bid(),
                    tick.ask(),
                    tick.bidSize(),
                    tick.askSize());
        } else {
            output.trade(
                    id,
                    tick.exchangeTimeNs(),
                    tick.receiveTimeNs(),
                    tick.price(),
                    tick.size(),
                    tick.tradeId(),
                    tick.side());
        }
    }

    private int ownId(FeedOutput output, int id) {
        if (id < 0 || id >= symbols.length || symbols[id] == null) {
            return TickPublisher.SYMBOL_INVALID;
        }
        if (ownIds[id] == UNMAPPED) {
            ownIds[id] = output.instrument(symbols[id]);
        }
        return ownIds[id];
    }
}
