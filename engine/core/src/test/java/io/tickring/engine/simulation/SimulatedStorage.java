package io.tickring.engine.simulation;

import io.tickring.engine.journaling.JournalStorage;
import io.tickring.journal.BlockAppender;
import io.tickring.journal.BlockCodec;
import io.tickring.journal.BlockDescriptor;
import io.tickring.journal.BlockTailer;
import io.tickring.journal.JournalContext;
import io.tickring.journal.JournalException;
import io.tickring.journal.JournalException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A data folder in memory that fails as a real one can: a kill keeps what was appended, a power cut what was forced and some of the
 * rest, with holes; a force, an append or a snapshot may fail, bits may flip, the room may become little. It opens as the journal on
 * disk does: only a tail that was never durable is repaired.
 */
final class SimulatedStorage implements JournalStorage {
    private static final int NEVER = -1;
    private static final long ROOM = 1L << 40;

    private final SplittableRandom random;
    private final Flaw flaw;
    private final SimulatedSnapshots snapshots;
    private final List<SimulatedBlock> blocks = new ArrayList<>();
    private int forced;
    /** Whether the mark was ever written. */
    private boolean isMarked;

    private long durableMark;
    private boolean hasBegunAnew;
    private long usableBytes = ROOM;
    private int operationsLeft = NEVER;
    private boolean failsForce;
    private boolean failsAppend;
    private int openings;
    private BlockCodec codec;

    SimulatedStorage(SplittableRandom random, Flaw flaw) {
        this.random = random;
        this.flaw = flaw;
        this.snapshots = new SimulatedSnapshots(random, this::operation, flaw);
    }

    @Override
    public BlockAppender openAppender(JournalContext context) {
        codec = context.codec();
        if (!isMarked) {
            clearUnfinished();
        }
        String sealed = openingFault() == null ? "" : seal();
        if (blocks.isEmpty() && durableMark > 0) {
            throw corrupt("no block is left");
        }
        openings++;
        return new SimulatedAppender(this, context, openings, sealed);
    }

    @Override
    public BlockTailer openTailer(BlockCodec codec) {
        return new SimulatedTailer(List.copyOf(blocks), codec, random, flaw);
    }

    /** A tailer that decodes with the codec of the newest appender. */
    BlockTailer openTailer() {
        return openTailer(codec);
    }

    @Override
    public SimulatedSnapshots snapshots() {
        return snapshots;
    }

    @Override
    public long usableBytes() {
        return usableBytes;
    }

    /** Of all blocks: those of equal journals are equal. */
    int fingerprint() {
        return blocks.hashCode();
    }

    // What can go wrong.

    /** The process is gone after so many more operations. */
    void crashWithin(int operations) {
        operationsLeft = operations;
    }

    void failForces() {
        failsForce = true;
    }

    void failAppends() {
        failsAppend = true;
    }

    void diskIsLow(boolean isLow) {
        usableBytes = isLow ? 0 : ROOM;
    }

    /** The process is gone. */
    void kill() {
        restart();
        if (flaw == Flaw.KEEPS_TOO_LATE && forced < blocks.size()) {
            blocks.remove(blocks.size() - 1);
        }
    }

    /** The machine is gone: what was not forced is there in part. */
    void cutPower() {
        restart();
        snapshots.cutPower();
        int kept = forced + random.nextInt(blocks.size() - forced + 1);
        blocks.subList(kept, blocks.size()).clear();
        if (kept > forced && random.nextBoolean()) {
            int torn = forced + random.nextInt(kept - forced);
            SimulatedBlock block = blocks.get(torn);
            int from = random.nextInt(block.bytes().capacity());
            block.bytes().setMemory(from, random.nextInt(block.bytes().capacity() - from) + 1, (byte) 0);
        }
        forced = kept;
    }

    /** Flips a bit of a block or a snapshot; answers how to flip it back. */
    Runnable flip() {
        byte[] bytes = snapshots.isEmpty() || random.nextBoolean()
                ? blocks.get(random.nextInt(blocks.size())).bytes().byteArray()
                : snapshots.anyBytes();
        int at = random.nextInt(bytes.length);
        int bit = 1 << random.nextInt(Byte.SIZE);
        bytes[at] ^= (byte) bit;
        return () -> bytes[at] ^= (byte) bit;
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    long durableMark() {
        return durableMark;
    }

    /** Whether an opening has found a journal that was not yet made. */
    boolean hasBegunAnew() {
        return hasBegunAnew;
    }

    /** Nothing fails any more. */
    void heal() {
        restart();
        diskIsLow(false);
    }

    private void restart() {
        operationsLeft = NEVER;
        failsForce = false;
        failsAppend = false;
    }

    // What an appender does.

    /** To be called before and after each thing that lasts: here the process may end. */
    private void operation() {
        if (operationsLeft == 0) {
            throw new SimulatedCrash();
        }
        operationsLeft = Math.max(NEVER, operationsLeft - 1);
    }

    void append(SimulatedBlock block) {
        operation();
        if (failsAppend) {
            throw new IllegalStateException("the disk does not take it");
        }
        blocks.add(block);
        operation();
    }

    /** Makes everything there survive a power cut, up to {@code sequence}. */
    void force(long sequence) {
        operation();
        if (failsForce) {
            throw new JournalException(Reason.FSYNC, "the journal cannot be forced to the disk", null);
        }
        forced = flaw == Flaw.ACKNOWLEDGES_UNFORCED ? forced : blocks.size();
        operation();
        isMarked = true;
        durableMark = sequence;
        operation();
    }

    /** Makes a new journal survive a power cut, before its first record. */
    void forceBeginning(long sequence) {
        if (flaw != Flaw.FORCES_NO_BEGINNING) {
            force(sequence);
        }
    }

    /** Null when there is none. */
    SimulatedBlock last() {
        return blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
    }

    // What an opening finds and repairs.

    /** What an opening looks at: the last block, and all that is not durable behind what is. Null when that is sound. */
    private String openingFault() {
        SimulatedBlock last = last();
        if (last == null) {
            return null;
        }
        if (!last.follows(null)) {
            return "the last block";
        }
        if (last.nextSequence() - 1 < durableMark) {
            return "it ends before what was durable";
        }
        long durable = Math.max(durableMark, BlockDescriptor.durableSequence(last.bytes(), 0));
        boolean looks = isMarked || durable > 0;
        return looks && soundFrom(durable) < blocks.size() ? "what is not durable" : null;
    }

    /** Keeps all blocks that prove themselves, if only what was never durable is hurt. */
    private String seal() {
        int sound = isMarked ? soundFrom(durableMark) : 0;
        if (sound > 0 && blocks.get(sound - 1).nextSequence() > durableMark) {
            blocks.subList(sound, blocks.size()).clear();
            forced = sound;
            return "a torn tail was sealed";
        }
        String fault = openingFault();
        if (durableMark > 0 || !clearUnfinished()) {
            throw corrupt(fault);
        }
        return "";
    }

    /** Takes away what has no record; answers whether that was so. */
    private boolean clearUnfinished() {
        boolean isUnfinished = blocks.stream().noneMatch(block -> block.count() > 0 || block.isGap());
        if (isUnfinished) {
            hasBegunAnew |= !blocks.isEmpty();
            blocks.clear();
            forced = 0;
            isMarked = false;
        }
        return isUnfinished;
    }

    /** The number of blocks up to the first that does not prove itself, from the file on that begins before {@code sequence}. */
    private int soundFrom(long sequence) {
        int first = blocks.size() - 1;
        while (first > 0 && !(isFirstOfFile(first) && isSoundAndBefore(first, sequence))) {
            first--;
        }
        SimulatedBlock before = null;
        int at = first;
        while (at < blocks.size() && blocks.get(at).follows(before)) {
            before = blocks.get(at++);
        }
        return at == first ? 0 : at;
    }

    private boolean isSoundAndBefore(int at, long sequence) {
        return blocks.get(at).follows(null) && blocks.get(at).firstSequence() <= sequence;
    }

    private boolean isFirstOfFile(int at) {
        return blocks.get(at).cycle() != blocks.get(at - 1).cycle();
    }

    static JournalException corrupt(String what) {
        return new JournalException(Reason.CORRUPT, "the journal is damaged: " + what, null);
    }
}
