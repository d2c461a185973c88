package io.tickring.journal;

/**
 * Finds blocks by bisection: first over the files, then over the blocks of one file. Reads through a reader of its own,
 * so the tailer's position stays. The end is that of the moment when it was made. One thread.
 */
final class BlockSeek {
    private final BlockReader probe;
    private final int[] cycles;
    private final int endCycle;
    private final long endNumber;
    private final long endSequence;
    private final long firstSequence;
    private int cycle;
    private long number;

    BlockSeek(BlockReader probe, int[] cycles) {
        this.probe = probe;
        this.cycles = cycles;
        int last = cycles.length - 1;
        long count = 0;
        while (last >= 0 && (count = probe.countIn(cycles[last])) == 0) {
            last--;
        }
        this.endCycle = last < 0 ? cycles[0] : cycles[last];
        this.endNumber = count - 1;
        this.endSequence = last < 0 ? 0 : sequenceAtEnd();
        this.firstSequence = toStart() && readFirstSoftly() ? probe.firstSequence() : 1;
    }

    BlockReader probe() {
        return probe;
    }

    int endCycle() {
        return endCycle;
    }

    /** The number of the last block in the last cycle that has one; -1 when the journal has no block at all. */
    long endNumber() {
        return endNumber;
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
        for (int i = 0; i < cycles.length; i++) {
            if (cycles[i] <= endCycle && probe.countIn(cycles[i]) > 0) {
                return found(cycles[i], 0);
            }
        }
        return false;
    }

    /** Goes to the block that holds a sequence. */
    boolean toSequence(long sequence) {
        int index = lastCycleBefore(false, sequence);
        if (index < 0 || sequence > endSequence) {
            return false;
        }
        long at = lastBlockBefore(cycles[index], false, sequence);
        read(cycles[index], at);
        return sequence >= probe.firstSequence() && sequence < probe.nextSequence() && found(cycles[index], at);
    }

    /** Goes to the first block whose key is at least {@code key}. */
    boolean toKey(long key) {
        int index = lastCycleBefore(true, key);
        if (index < 0) {
            return toStart();
        }
        long at = lastBlockBefore(cycles[index], true, key) + 1;
        if (at < blocksIn(cycles[index])) {
            return found(cycles[index], at);
        }
        for (int i = index + 1; i < cycles.length && cycles[i] <= endCycle; i++) {
            if (blocksIn(cycles[i]) > 0) {
                return found(cycles[i], 0);
            }
        }
        return false;
    }

    /** The last cycle whose first block lies before the goal; empty cycles are stepped over; -1 when there is none. */
    private int lastCycleBefore(boolean byKey, long goal) {
        int best = -1;
        int low = 0;
        int high = cycles.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int filled = middle;
            while (filled >= low && blocksIn(cycles[filled]) == 0) {
                filled--;
            }
            if (filled >= low && !isBefore(cycles[filled], 0, byKey, goal)) {
                high = filled - 1;
            } else {
                best = filled >= low ? filled : best;
                low = middle + 1;
            }
        }
        return best;
    }

    /** The last block of a cycle that lies before the goal; block 0 is known to. */
    private long lastBlockBefore(int inCycle, boolean byKey, long goal) {
        long low = 0;
        long high = blocksIn(inCycle) - 1;
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (isBefore(inCycle, middle, byKey, goal)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private boolean isBefore(int inCycle, long at, boolean byKey, long goal) {
        read(inCycle, at);
        return byKey ? probe.key() < goal : probe.firstSequence() <= goal;
    }

    private long blocksIn(int inCycle) {
        return inCycle > endCycle ? 0 : inCycle == endCycle ? endNumber + 1 : probe.countIn(inCycle);
    }

    private void read(int inCycle, long at) {
        if (!probe.readAt(inCycle, at)) {
            throw probe.missing(inCycle, at, 0);
        }
    }

    private boolean found(int inCycle, long at) {
        cycle = inCycle;
        number = at;
        return true;
    }

    /** Design note: damage at the very end is told when reading gets there, not before all that is sound. */
    private long sequenceAtEnd() {
        try {
            return probe.readAt(endCycle, endNumber) ? probe.nextSequence() - 1 : Long.MAX_VALUE;
        } catch (JournalException e) {
            return Long.MAX_VALUE;
        }
    }

    private boolean readFirstSoftly() {
        try {
            return probe.readAt(cycle, number);
        } catch (JournalException e) {
            return false;
        }
    }
}
