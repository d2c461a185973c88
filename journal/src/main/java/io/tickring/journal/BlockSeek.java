package io.tickring.journal;

import java.util.Arrays;

/**
 * Finds blocks by bisection: first over the files, then over the blocks of one file. Reads through a reader of its own,
 * so the tailer's position stays, and keeps what each file begins with: opening a file is what costs. The end is that of
 * the moment when it was made. One thread.
 */
final class BlockSeek {
    private static final int UNKNOWN = -1;

    private final BlockReader probe;
    private final int[] cycles;
    private final long[] counts;
    private final long[] firstSequences;
    private final long[] firstKeys;
    private final int end;
    private final long endPosition;
    private final long endSequence;
    private final long firstSequence;
    private int cycle;
    private long number;
    /** Where the nearest block before the goal that was looked at is mapped; 0 for none. */
    private long walkFrom;

    /** @param cycles ascending, at least one. */
    BlockSeek(BlockReader probe, int[] cycles) {
        this.probe = probe;
        this.cycles = cycles;
        this.counts = new long[cycles.length];
        this.firstSequences = new long[cycles.length];
        this.firstKeys = new long[cycles.length];
        Arrays.fill(counts, UNKNOWN);
        int last = cycles.length;
        long position = 0;
        do {
            last--;
            position = probe.lastPositionIn(cycles[last]);
            counts[last] = probe.countIn(cycles[last]);
        } while (counts[last] == 0 && last > 0);
        this.end = last;
        this.endPosition = position;
        this.endSequence = counts[last] == 0 ? 0 : sequenceAtEnd();
        this.firstSequence = toStart() && readSoftly(cycle, 0) ? probe.firstSequence() : 1;
    }

    BlockReader probe() {
        return probe;
    }

    int endCycle() {
        return cycles[end];
    }

    /** The number of the last block in the last cycle that has one; -1 when the journal has no block at all. */
    long endNumber() {
        return counts[end] - 1;
    }

    /** Design note: a number can be misled by a damaged count; the place in the file then shows that more follows. */
    boolean isEnd(BlockReader reader) {
        return reader.cycle() > endCycle()
                || reader.cycle() == endCycle() && reader.number() >= endNumber() && reader.position() >= endPosition;
    }

    long endSequence() {
        return endSequence;
    }

    long firstSequence() {
        return firstSequence;
    }

    /** Where the last search ended. */
    int cycle() {
        return cycle;
    }

    long number() {
        return number;
    }

    /** Goes to the first block. False when there is none. */
    boolean toStart() {
        return toStartOf(0);
    }

    /** Goes to the block that holds a sequence, or to where the payload of the gap begins that says it is missing. */
    boolean toSequence(long sequence) {
        int index = lastCycleBefore(false, sequence);
        if (index < 0 || sequence > endSequence) {
            return false;
        }
        long at = lastBlockBefore(index, false, sequence);
        read(cycles[index], at);
        if (sequence < probe.nextSequence()) {
            return sequence >= probe.firstSequence() && found(index, at);
        }
        return at + 1 < countIn(index) && isGapAt(index, at + 1) && found(index, firstPart(index, at + 1));
    }

    /** The gap block with which the payload of the one at {@code gap} begins. */
    private long firstPart(int index, long gap) {
        long first = gap;
        while (isPartAt(index, first - 1)) {
            first--;
        }
        return first;
    }

    /** Whether a gap block leaves no sequence out. It is never the first of a file. */
    private boolean isPartAt(int index, long at) {
        if (!isGapAt(index, at)) {
            return false;
        }
        long next = probe.firstSequence();
        read(cycles[index], at - 1);
        return probe.nextSequence() == next;
    }

    private boolean isGapAt(int index, long at) {
        read(cycles[index], at);
        return probe.isGap();
    }

    /** Goes to the first block whose key is at least {@code key}. */
    boolean toKey(long key) {
        int index = lastCycleBefore(true, key);
        if (index < 0) {
            return toStart();
        }
        long at = lastBlockBefore(index, true, key) + 1;
        return at < countIn(index) ? found(index, at) : toStartOf(index + 1);
    }

    /** Goes to the first block of the first cycle, from the given one on, that has any. */
    private boolean toStartOf(int from) {
        for (int i = from; i <= end; i++) {
            if (countIn(i) > 0) {
                return found(i, 0);
            }
        }
        return false;
    }

    /** The last cycle whose first block lies before the goal; empty cycles are stepped over; -1 when there is none. */
    private int lastCycleBefore(boolean byKey, long goal) {
        int best = -1;
        int low = 0;
        int high = end;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int filled = middle;
            while (filled >= low && countIn(filled) == 0) {
                filled--;
            }
            if (filled >= low && !beginsBefore(filled, byKey, goal)) {
                high = filled - 1;
            } else {
                best = filled >= low ? filled : best;
                low = middle + 1;
            }
        }
        return best;
    }

    /** The last block of a cycle that lies before the goal; block 0 is known to. */
    private long lastBlockBefore(int index, boolean byKey, long goal) {
        walkFrom = 0;
        int spacing = probe.indexSpacing();
        return Bisection.lastBefore(
                countIn(index),
                spacing,
                number -> {
                    read(cycles[index], number);
                    boolean isBefore = isBefore(byKey, probe.firstSequence(), probe.key(), goal);
                    walkFrom = isBefore ? probe.address() : walkFrom;
                    return isBefore;
                },
                named -> PageAdvice.willRead(walkFrom, spacing * probe.meanLength()));
    }

    private boolean beginsBefore(int index, boolean byKey, long goal) {
        if (firstSequences[index] == 0) {
            read(cycles[index], 0);
            firstKeys[index] = probe.key();
            firstSequences[index] = probe.firstSequence();
        }
        return isBefore(byKey, firstSequences[index], firstKeys[index], goal);
    }

    private static boolean isBefore(boolean byKey, long sequence, long key, long goal) {
        return byKey ? key < goal : sequence <= goal;
    }

    private long countIn(int index) {
        if (counts[index] == UNKNOWN) {
            counts[index] = probe.countIn(cycles[index]);
        }
        return counts[index];
    }

    private void read(int inCycle, long at) {
        if (!probe.readAt(inCycle, at)) {
            throw probe.missing(inCycle, at, 0);
        }
    }

    private boolean found(int index, long at) {
        cycle = cycles[index];
        number = at;
        return true;
    }

    /** Design note: damage at the very end is told when reading gets there, not before all that is sound. */
    private long sequenceAtEnd() {
        return readSoftly(endCycle(), endNumber()) ? probe.nextSequence() - 1 : Long.MAX_VALUE;
    }

    private boolean readSoftly(int inCycle, long at) {
        try {
            return probe.readAt(inCycle, at);
        } catch (JournalException e) {
            return false;
        }
    }
}
