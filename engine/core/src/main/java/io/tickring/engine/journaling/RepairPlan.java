package io.tickring.engine.journaling;

import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.journal.JournalSalvage;
import io.tickring.journal.SalvagedBlock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which of the blocks that prove themselves are kept, and where between them records are missing. One thread's. */
final class RepairPlan {
    private static final long UNKNOWN = 0;

    private final List<SalvagedBlock> blocks;
    private final BitSet kept = new BitSet();
    private final BitSet defining = new BitSet();
    private final Map<Integer, List<JournalGap>> gaps = new TreeMap<>();
    private final GapReader known = new GapReader();
    private final Tick tick = new Tick();
    private long beginning = UNKNOWN;
    private long expected = UNKNOWN;
    private long records;
    private int instruments;

    private RepairPlan(List<SalvagedBlock> blocks) {
        this.blocks = blocks;
    }

    /** Reads all blocks once. */
    static RepairPlan of(JournalSalvage salvage, JournalRecovery.Progress progress) {
        RepairPlan plan = new RepairPlan(salvage.blocks());
        for (int i = 0; i < plan.blocks.size(); i++) {
            salvage.read(plan.blocks.get(i));
            plan.add(i, salvage);
            progress.onProgress(i + 1, plan.blocks.size());
        }
        if (plan.expected <= salvage.durableSequence()) {
            plan.miss(plan.blocks.size(), salvage.durableSequence(), GapCause.RECOVERED);
        }
        return plan;
    }

    /** Whether a block's records, definitions or state are kept. */
    boolean isKept(int block) {
        return kept.get(block);
    }

    /** Whether a block of records holds definitions. */
    boolean isDefining(int block) {
        return defining.get(block);
    }

    /** What is missing before a block; before the one behind the last, what is missing at the end. */
    List<JournalGap> gapsBefore(int block) {
        return gaps.getOrDefault(block, List.of());
    }

    /** All of them in which a record is missing. */
    List<JournalGap> gaps() {
        return gaps.values().stream()
                .flatMap(List::stream)
                .filter(gap -> gap.count() > 0)
                .toList();
    }

    /** The sequence with which the journal begins. */
    long firstSequence() {
        return beginning;
    }

    /** The sequence behind all that is kept or known to be missing. */
    long nextSequence() {
        return expected;
    }

    /** How many records are kept. */
    long records() {
        return records;
    }

    /** The rows that a table of all that is kept has. */
    int instruments() {
        return instruments;
    }

    private void add(int i, JournalSalvage salvage) {
        SalvagedBlock block = blocks.get(i);
        boolean isDictionary = block.count() == 0 && !block.isGap();
        if (expected == UNKNOWN) {
            expected = isDictionary ? block.firstSequence() : 1;
            beginning = expected;
        }
        if (block.firstSequence() < expected) {
            return;
        }
        scan(i, salvage);
        if (block.isGap()) {
            boolean isComplete = known.add(salvage.records(), salvage.recordsOffset(), salvage.recordsLength());
            addGap(i, block, isComplete);
        } else {
            miss(i, block.firstSequence() - 1, GapCause.RECOVERED);
            kept.set(i);
            expected = block.nextSequence();
            records += block.count();
        }
    }

    /** A gap of which not all is there says no more than that records are missing. */
    private void addGap(int i, SalvagedBlock block, boolean isComplete) {
        long to = block.firstSequence() - 1;
        JournalGap told = known.gap();
        boolean isTold = isComplete && told.to() == to;
        if (isTold) {
            miss(i, told.from() - 1, GapCause.RECOVERED);
        }
        if (isTold && told.count() == 0) {
            put(i, told);
        }
        miss(i, to, isTold ? told.cause() : GapCause.RECOVERED);
        kept.set(i, isTold || block.isInPlace());
    }

    private void miss(int before, long to, GapCause cause) {
        if (to >= expected) {
            put(before, new JournalGap(expected, to, cause));
            expected = to + 1;
        }
    }

    private void put(int before, JournalGap gap) {
        gaps.computeIfAbsent(before, none -> new ArrayList<>()).add(gap);
    }

    private void scan(int i, JournalSalvage salvage) {
        int end = salvage.recordsOffset() + salvage.recordsLength();
        for (int record = salvage.recordsOffset(); record < end; record += TickDescriptor.LENGTH) {
            tick.wrap(salvage.records(), record);
            if (tick.type() == TickDescriptor.DEFINITION && InstrumentIds.isLegal(tick.instrumentId())) {
                instruments = Math.max(instruments, tick.instrumentId() + 1);
                defining.set(i);
            }
        }
    }
}
