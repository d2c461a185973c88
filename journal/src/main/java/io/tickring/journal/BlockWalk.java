package io.tickring.journal;

import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Reads a journal's blocks in their order and proves each: its checksum and its link to the block before. From where the last search
 * ended to what was the end when the journal was opened. One thread at a time.
 */
final class BlockWalk {
    private final BlockReader reader;
    private final BlockSeek seek;
    private final int[] cycles;
    private final BlockChain chain = new BlockChain();
    private boolean atEnd;
    private boolean started;

    BlockWalk(BlockReader reader, BlockSeek seek, int[] cycles) {
        this.reader = reader;
        this.seek = seek;
        this.cycles = cycles;
    }

    /** Goes to where the last search ended, to the end when nothing was found; answers {@code found}. */
    boolean moveTo(boolean found) {
        chain.unlink();
        started = false;
        atEnd = !found;
        if (found && !reader.moveTo(seek.cycle(), seek.number())) {
            throw reader.missing(seek.cycle(), seek.number(), 0);
        }
        return found;
    }

    boolean isAtEnd() {
        return atEnd;
    }

    /** Whether a block was read since the last move: the reader holds the newest one. */
    boolean isStarted() {
        return started;
    }

    /** As {@link #advance()}, into {@code block}; false at the end. */
    boolean advanceInto(BlockCopy block) {
        if (atEnd) {
            return false;
        }
        reader.into(block);
        advance();
        return true;
    }

    /** Reads the next block, of which there must be one, and proves it. */
    void advance() {
        long expected = chain.expectedSequence();
        boolean found = reader.read(expected) || started && readNextCycle(cycles, seek.endCycle());
        if (!found && started) {
            throw reader.missing(reader.cycle(), reader.number() + 1, expected);
        }
        // Nothing links the first block to one before: it must be the one that was looked for, not one in the next
        // file.
        if (!started && !(found && reader.cycle() == seek.cycle() && reader.number() == seek.number())) {
            throw reader.missing(seek.cycle(), seek.number(), 0);
        }
        started = true;
        prove(expected);
        atEnd = seek.isEnd(reader);
    }

    /**
     * Reads the block behind the last one that was read, and proves it, if it was appended since.
     *
     * @param lastCycle asked for the newest cycle there is now
     * @param cyclesNow asked for all cycles there are now, when there is a newer one than the last block's
     */
    boolean advanceBehindEnd(IntSupplier lastCycle, Supplier<int[]> cyclesNow) {
        long expected = chain.expectedSequence();
        if (!reader.read(expected) && !readBehindCycle(expected, lastCycle.getAsInt(), cyclesNow)) {
            return false;
        }
        prove(expected);
        return true;
    }

    /** Where there is a newer cycle nothing more comes into the one before: a second look sees all of it. */
    private boolean readBehindCycle(long expected, int lastCycle, Supplier<int[]> cyclesNow) {
        return lastCycle > reader.cycle() && (reader.read(expected) || readNextCycle(cyclesNow.get(), lastCycle));
    }

    private void prove(long expected) {
        reader.copy().expectedSequence(expected);
        reader.requireSound(expected);
        chain.accept(reader);
    }

    /** A cycle that lost its end mark: go on with the next file; the chain tells whether anything is missing. */
    private boolean readNextCycle(int[] existing, int last) {
        int from = reader.cycle();
        for (int cycle : existing) {
            if (cycle > from && cycle <= last && reader.moveTo(cycle, 0) && reader.read(0)) {
                return true;
            }
        }
        return false;
    }
}
