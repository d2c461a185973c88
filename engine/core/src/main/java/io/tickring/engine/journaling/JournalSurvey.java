package io.tickring.engine.journaling;

import io.tickring.engine.journaling.JournalDescription.Instrument;
import io.tickring.engine.journaling.JournalDescription.OtherRecords;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.JournalException;
import io.tickring.journal.JournalTailer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Reads a journal once and counts what it holds, up to its end at the moment of the call: also beside an engine that writes on,
 * which it does not disturb. Every block is checked as it is read; whether the ticks give the right state is for
 * {@link JournalCheck} to prove. Any thread may call.
 */
public final class JournalSurvey {
    private static final Comparator<Instrument> MOST_ACTIVE_FIRST = Comparator.comparingLong(
                    (Instrument instrument) -> instrument.ticks().total())
            .reversed()
            .thenComparing(Instrument::symbol);

    private final Int2ObjectHashMap<Entry> instruments = new Int2ObjectHashMap<>();
    private final TickActivity.Sum undefinedTicks = new TickActivity.Sum();
    private final Tick tick = new Tick();
    private long journalId;
    private int incarnation;
    private int incarnations;
    private int cycles;
    private long blocks;
    private long blockBytes;
    private long diskBytes;
    private long endInFile;
    private long firstSequence;
    private long lastSequence;
    private long records;
    private long gaps;
    private long missing;
    private long definitions;
    private long attributes;
    private long checkpoints;
    private long padding;
    private long skipped;
    private long stale;
    private long unknownTypes;

    private JournalSurvey() {}

    /**
     * Describes the journal in the data folder {@code folder}.
     *
     * @param progress is told after each block
     * @return damage included: it is a finding, not an exception
     * @throws JournalException NO_JOURNAL if there is none, UNREADABLE if its files cannot be read
     */
    public static JournalDescription describe(Path folder, JournalRecovery.Progress progress) {
        JournalSurvey survey = new JournalSurvey();
        try (JournalTailer tailer = CompactCodec.openTailer(folder)) {
            survey.read(tailer, progress);
            return survey.description(null);
        } catch (JournalException e) {
            if (e.reason() != JournalException.Reason.CORRUPT) {
                throw e;
            }
            return survey.description(e.getMessage());
        }
    }

    private void read(JournalTailer tailer, JournalRecovery.Progress progress) {
        cycles = tailer.cycles();
        tailer.readAhead();
        while (tailer.next()) {
            onBlock(tailer);
            progress.onProgress(lastSequence, tailer.endSequence());
        }
    }

    private void onBlock(JournalTailer block) {
        journalId = block.journalId();
        incarnations += block.incarnation() == incarnation ? 0 : 1;
        incarnation = block.incarnation();
        blockBytes += block.blockLengthBytes();
        diskBytes += block.blockEndInFile() - (block.blockNumber() == 0 ? 0 : endInFile);
        endInFile = block.blockEndInFile();
        blocks++;
        if (block.count() == 0) {
            learn(block.records(), block.recordsOffset(), block.recordsLength());
            if (block.isGap()) {
                gaps += block.gapTo() < block.gapFrom() ? 0 : 1;
                missing += block.gapTo() - block.gapFrom() + 1;
                lastSequence = block.gapTo();
            }
            return;
        }
        firstSequence = records == 0 ? block.firstSequence() : firstSequence;
        records += block.count();
        lastSequence = block.firstSequence() + block.count() - 1;
        count(block.records(), block.recordsOffset(), block.recordsLength());
    }

    /** The definitions of a dictionary or gap block stood in the stream before. */
    private void learn(DirectBuffer records, int offset, int length) {
        for (int record = offset; record < offset + length; record += TickDescriptor.LENGTH) {
            define(tick.wrap(records, record));
        }
    }

    private void count(DirectBuffer records, int offset, int length) {
        for (int record = offset; record < offset + length; record += TickDescriptor.LENGTH) {
            tick.wrap(records, record);
            switch (tick.type()) {
                case TickDescriptor.QUOTE, TickDescriptor.TRADE -> countTick();
                case TickDescriptor.DEFINITION -> {
                    definitions++;
                    define(tick);
                }
                case TickDescriptor.ATTRIBUTE -> attributes++;
                case TickDescriptor.CHECKPOINT -> checkpoints++;
                case TickDescriptor.PADDING -> padding++;
                case TickDescriptor.SKIP -> skipped++;
                case TickDescriptor.STALE -> stale++;
                default -> unknownTypes++;
            }
        }
    }

    private void countTick() {
        Entry known = instruments.get(tick.instrumentId());
        (known == null ? undefinedTicks : known.ticks).add(tick);
    }

    /** An id that is none stays undefined, and so do its ticks. */
    private void define(Tick definition) {
        int id = definition.instrumentId();
        if (definition.type() == TickDescriptor.DEFINITION && InstrumentIds.isLegal(id)) {
            instruments.computeIfAbsent(id, added -> new Entry()).symbol = definition.symbol();
        }
    }

    private JournalDescription description(String error) {
        TickActivity.Sum all = new TickActivity.Sum();
        all.add(undefinedTicks);
        instruments.values().forEach(entry -> all.add(entry.ticks));
        List<Instrument> found = instruments.values().stream()
                .map(entry -> new Instrument(entry.symbol, entry.ticks.total()))
                .sorted(MOST_ACTIVE_FIRST)
                .toList();
        return new JournalDescription(
                journalId,
                incarnations,
                cycles,
                blocks,
                blockBytes,
                diskBytes,
                firstSequence,
                lastSequence,
                gaps,
                missing,
                all.total(),
                undefinedTicks.total(),
                new OtherRecords(definitions, attributes, checkpoints, padding, skipped, stale, unknownTypes),
                found,
                error);
    }

    /** An instrument while it is counted. */
    private static final class Entry {
        private final TickActivity.Sum ticks = new TickActivity.Sum();
        private String symbol;
    }
}
