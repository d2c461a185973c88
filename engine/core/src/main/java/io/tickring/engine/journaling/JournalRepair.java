package io.tickring.engine.journaling;

import io.tickring.engine.price.PriceTableFile;
import io.tickring.engine.price.PriceTableHandler;
import io.tickring.engine.price.PriceTableWriter;
import io.tickring.engine.status.EngineCounters;
import io.tickring.engine.status.StatusWriter;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.JournalSalvage;
import io.tickring.journal.SalvageWriter;
import io.tickring.journal.SalvagedBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochClock;

/**
 * Decides for a person what an engine refuses to decide: keeps all of a damaged journal that proves itself, and writes into it what
 * is missing, with the state that what is kept gives there. One thread.
 *
 * <p>Design note: a symbol that was defined among the missing records is taken from the next dictionary, so the ticks behind keep
 * their instrument.
 */
public final class JournalRepair {
    private static final int MAX_ROUNDS = 3;

    /**
     * What was done, or would be.
     *
     * @param damage what was wrong, in one line; null if nothing was, and then nothing was done
     * @param records that are kept
     * @param lastSequence that is kept, or recorded as missing behind it
     * @param gaps that the journal then tells of
     * @param setAside files, under their new names in the data folder
     */
    public record Result(
            String damage,
            long records,
            long firstSequence,
            long lastSequence,
            List<JournalGap> gaps,
            List<String> setAside) {
        public Result {
            gaps = List.copyOf(gaps);
            setAside = List.copyOf(setAside);
        }
    }

    private final JournalSalvage salvage;
    private final RepairPlan plan;
    private final DefinitionLog definitions = new DefinitionLog();
    private final BitSet defined = new BitSet();
    private final PriceTableWriter table;
    private final PriceTableHandler handler;
    private final GapReader known = new GapReader();
    private final GapState state = new GapState();
    private final Tick tick = new Tick();
    private boolean begun;

    private JournalRepair(JournalSalvage salvage, RepairPlan plan) {
        this.salvage = salvage;
        this.plan = plan;
        int capacity = Math.max(1, plan.instruments());
        EngineCounters uncounted = new EngineCounters(StatusWriter.inMemory(SystemEpochClock.INSTANCE));
        table = new PriceTableWriter(PriceTableFile.inMemory(capacity), capacity);
        handler = new PriceTableHandler(
                table, Long.MAX_VALUE, (sequence, digest) -> {}, uncounted.applied, uncounted.unknownInstruments);
    }

    /**
     * Repairs the journal in the data folder {@code folder}, holding its lock.
     *
     * @param isDryRun whether only to say what would be done: then no byte of the folder changes
     * @throws io.tickring.journal.JournalException LOCKED, UNREADABLE, or NO_JOURNAL if there is nothing to keep
     */
    public static Result run(Path folder, boolean isDryRun, JournalRecovery.Progress progress) {
        Result result = round(folder, isDryRun, progress);
        // What lay behind the first damage can only be seen when that is gone.
        for (int i = 1; i < MAX_ROUNDS && !isDryRun && result.damage != null; i++) {
            Result next = round(folder, false, progress);
            if (next.damage == null) {
                return result;
            }
            List<String> setAside = new ArrayList<>(result.setAside);
            setAside.addAll(next.setAside);
            result =
                    new Result(result.damage, next.records, next.firstSequence, next.lastSequence, next.gaps, setAside);
        }
        return result;
    }

    private static Result round(Path folder, boolean isDryRun, JournalRecovery.Progress progress) {
        try (JournalSalvage salvage = JournalSalvage.open(folder, new CompactCodec(), isDryRun)) {
            if (salvage.damage() == null) {
                return new Result(null, 0, 0, 0, List.of(), List.of());
            }
            RepairPlan plan = RepairPlan.of(salvage, progress);
            List<String> setAside =
                    isDryRun ? salvage.filesSetAside() : new JournalRepair(salvage, plan).rewrite(progress);
            return new Result(
                    salvage.damage(),
                    plan.records(),
                    plan.firstSequence(),
                    plan.nextSequence() - 1,
                    plan.gaps(),
                    setAside);
        }
    }

    private List<String> rewrite(JournalRecovery.Progress progress) {
        List<SalvagedBlock> blocks = salvage.blocks();
        try (SalvageWriter writer = salvage.rewrite(definitions)) {
            writer.beginWith(plan.firstSequence());
            for (int i = 0; i < blocks.size(); i++) {
                if (plan.isKept(i) || blocks.get(i).isGap()) {
                    salvage.read(blocks.get(i));
                    rewrite(i, blocks.get(i), writer);
                }
                progress.onProgress(i + 1, blocks.size());
            }
            writeGaps(blocks.size(), plan.nextSequence(), writer);
            return writer.finish();
        }
    }

    private void rewrite(int i, SalvagedBlock block, SalvageWriter writer) {
        boolean isDictionary = block.count() == 0 && !block.isGap();
        if (isDictionary && !begun) {
            apply(block.firstSequence() - recordCount(), recordCount(), salvage.records(), salvage.recordsOffset());
        }
        writer.moveTo(salvage, block);
        if (block.isInPlace()) {
            takeOver(i, block);
            writer.keep(salvage, block, false);
        } else if (block.isGap()) {
            boolean isTold = takeOver(i, block);
            writeGaps(i, isTold ? known.comparableFrom() : plan.nextSequence(), writer);
        } else {
            if (!plan.gapsBefore(i).isEmpty()) {
                learnLost(i);
                writeGaps(i, plan.nextSequence(), writer);
                salvage.read(block);
            }
            if (!isDictionary) {
                takeOver(i, block);
                writer.keep(salvage, block, plan.isDefining(i));
            }
        }
    }

    /** Writes what is missing before a block, each with the state of what is kept so far. */
    private void writeGaps(int before, long comparableFrom, SalvageWriter writer) {
        for (JournalGap gap : plan.gapsBefore(before)) {
            state.set(gap, comparableFrom, definitions, table);
            writer.gap(gap.to() + 1, state.buffer(), state.length());
            begun = true;
        }
    }

    /** Applies what is kept of a block; answers whether it was the end of a gap that holds its state. */
    private boolean takeOver(int i, SalvagedBlock block) {
        boolean isComplete = block.isGap()
                && known.add(salvage.records(), salvage.recordsOffset(), salvage.recordsLength())
                && plan.isKept(i);
        if (isComplete) {
            definitions.clear();
            note(known.definitions().buffer(), 0, known.definitions().length() >> TickDescriptor.LENGTH_SHIFT);
            known.restore(handler);
        } else if (block.count() > 0) {
            apply(block.firstSequence(), block.count(), salvage.records(), salvage.recordsOffset());
        }
        begun |= isComplete || block.count() > 0;
        return isComplete;
    }

    private void apply(long firstSequence, int count, DirectBuffer records, int offset) {
        handler.onBatch(records, offset, firstSequence, count);
        note(records, offset, count);
    }

    private void note(DirectBuffer records, int offset, int count) {
        if (definitions.addFrom(records, offset, count)) {
            forEachId(records, offset, count, (id, record) -> defined.set(id));
        }
    }

    /** Takes over what the next dictionary, or the next gap, defines and nothing that is kept does. */
    private void learnLost(int from) {
        BitSet later = new BitSet();
        List<SalvagedBlock> blocks = salvage.blocks();
        boolean isFound = false;
        for (int i = from; i < blocks.size(); i++) {
            boolean isTold = blocks.get(i).count() == 0 && plan.isKept(i);
            if (isFound && !isTold) {
                return;
            }
            if (plan.isDefining(i) && (isTold || plan.isKept(i))) {
                salvage.read(blocks.get(i));
                DirectBuffer records = salvage.records();
                forEachId(records, salvage.recordsOffset(), recordCount(), (id, record) -> {
                    if (!isTold) {
                        later.set(id);
                    } else if (!defined.get(id) && !later.get(id)) {
                        apply(1, 1, records, record);
                    }
                });
            }
            isFound |= isTold;
        }
    }

    private int recordCount() {
        return salvage.recordsLength() >> TickDescriptor.LENGTH_SHIFT;
    }

    /** Takes the id and the place of a definition. */
    @FunctionalInterface
    private interface Definitions {
        void onDefinition(int id, int record);
    }

    private void forEachId(DirectBuffer records, int offset, int count, Definitions taker) {
        for (int i = 0; i < count; i++) {
            int record = offset + (i << TickDescriptor.LENGTH_SHIFT);
            tick.wrap(records, record);
            if (tick.type() == TickDescriptor.DEFINITION && InstrumentIds.isLegal(tick.instrumentId())) {
                taker.onDefinition(tick.instrumentId(), record);
            }
        }
    }
}
