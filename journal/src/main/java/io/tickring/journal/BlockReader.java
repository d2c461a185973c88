package io.tickring.journal;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.ExcerptContext;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads blocks one by one: copies each out of the mapped file into a buffer of its own and only then checks it, so that
 * what is handed out is what was checked. One thread; no allocation per block.
 */
final class BlockReader implements AutoCloseable {
    private static final int MAX_BLOCK_LENGTH = BlockDescriptor.HEADER_LENGTH + BlockDescriptor.MAX_PAYLOAD_LENGTH;

    private static final int USUAL_BLOCK_LENGTH = 16 * 1024;

    private final JournalRoll roll;
    private final RollCycle rollCycle;
    private final SingleChronicleQueue queue;
    private final ExcerptTailer tailer;
    private final BlockCodec codec;
    private final BlockChecksum checksum = new BlockChecksum();
    private BlockCopy copy = new BlockCopy();
    private int cycle;
    private long number = -1;
    private long blocksRead;
    private long address;

    /** @param codec of the blocks that are not raw; null when all are. */
    BlockReader(SingleChronicleQueue queue, JournalRoll roll, BlockCodec codec) {
        this.roll = roll;
        this.codec = codec;
        this.rollCycle = roll.rollCycle();
        this.queue = queue;
        this.tailer = queue.createTailer();
        tailer.singleThreadedCheckDisabled(true);
    }

    /** From now on blocks are copied into {@code target}. */
    void into(BlockCopy target) {
        copy = target;
    }

    /** Where the last block was copied to. */
    BlockCopy copy() {
        return copy;
    }

    /** Goes to a block; the next {@link #read()} yields it. False when the cycle or the block is not there. */
    boolean moveTo(int toCycle, long toNumber) {
        try {
            return tailer.moveToIndex(rollCycle.toIndex(toCycle, toNumber));
        } catch (Throwable e) {
            throw damaged(toCycle, toNumber, 0, "Chronicle cannot find the block: " + e, e);
        }
    }

    /** The blocks of a cycle at this moment; 0 when it has none. */
    long countIn(int inCycle) {
        lastPositionIn(inCycle);
        try {
            return Math.max(0, tailer.excerptsInCycle(inCycle));
        } catch (Throwable e) {
            throw damaged(inCycle, -1, 0, "Chronicle cannot count the blocks: " + e, e);
        }
    }

    /**
     * Where in its file the last block of a cycle was written, as the file's own mark says; 0 before the first.
     *
     * <p>Design note: Chronicle believes this mark. A wrong one sends it far beyond the file, and a last block whose
     * length word lost its meaning would just not be there; so both are looked at first.
     */
    long lastPositionIn(int inCycle) {
        SingleChronicleQueueStore store = null;
        try {
            store = queue.storeForCycle(inCycle, queue.epoch(), false, null);
            if (store == null || store.writePosition() == 0) {
                return 0;
            }
            long last = store.writePosition();
            if (!JournalFiles.isFinishedBlock(store.file().toPath(), last)) {
                throw damaged(inCycle, -1, 0, "the file's mark of its last block is wrong, or that block is", null);
            }
            return last;
        } catch (JournalException e) {
            throw e;
        } catch (Throwable e) {
            throw damaged(inCycle, -1, 0, "Chronicle cannot open the file: " + e, e);
        } finally {
            queue.closeStore(store);
        }
    }

    /** Goes to a block, reads and checks it. False when it is not there. */
    boolean readAt(int atCycle, long atNumber) {
        if (!moveTo(atCycle, atNumber)) {
            return false;
        }
        prefetchAt(atCycle, atNumber);
        if (!read(0) || cycle != atCycle || number != atNumber) {
            return false;
        }
        requireSound(0);
        return true;
    }

    /** Brings the block's pages alone: for a page that is missing the system may read megabytes behind it too. */
    private void prefetchAt(int atCycle, long atNumber) {
        if (tailer instanceof ExcerptContext context) {
            try {
                Bytes<?> bytes = context.wire().bytes();
                PageAdvice.willRead(bytes.addressForRead(bytes.readPosition()), Math.max(length(), USUAL_BLOCK_LENGTH));
            } catch (Throwable e) {
                throw damaged(atCycle, atNumber, 0, "Chronicle cannot map the block: " + e, e);
            }
        }
    }

    /**
     * Copies the next block into this reader's buffer, unchecked. False at the end of what Chronicle delivers.
     *
     * @param expectedSequence of the block, for the message when it cannot be read; 0 when unknown.
     */
    boolean read(long expectedSequence) {
        try (DocumentContext document = tailer.readingDocument()) {
            if (!document.isPresent()) {
                return false;
            }
            long index = document.index();
            cycle = rollCycle.toCycle(index);
            number = rollCycle.toSequenceNumber(index);
            blocksRead++;
            Bytes<?> source = document.wire().bytes();
            long remaining = source.readRemaining();
            boolean isPossible = remaining >= BlockDescriptor.HEADER_LENGTH && remaining <= MAX_BLOCK_LENGTH;
            long position = source.readPosition();
            address = isPossible ? source.addressForRead(position) : 0;
            copy.take(cycle, number, position - Integer.BYTES, address, isPossible ? (int) remaining : 0);
            return true;
        } catch (Throwable e) {
            throw damaged(cycle, number + 1, expectedSequence, "Chronicle cannot read the block: " + e, e);
        }
    }

    /** Where the block that was read is mapped, until the next one is read; 0 for what no block can be. */
    long address() {
        return address;
    }

    /** What a block takes in this file, in bytes, as far as up to the one that was read. */
    long meanLength() {
        return Math.max(length(), position()) / Math.max(1, number);
    }

    /** @throws JournalException CORRUPT when the block that was read is not what was written. */
    void requireSound(long expectedSequence) {
        String fault = copy.fault(checksum, codec);
        if (fault != null) {
            throw damaged(expectedSequence, fault);
        }
    }

    JournalException damaged(long sequence, String what) {
        return damaged(cycle, number, sequence, what, null);
    }

    /** The block that should have been read after the last one is not there. */
    JournalException missing(int inCycle, long atNumber, long sequence) {
        return damaged(inCycle, atNumber, sequence, "the block is not there, but was written", null);
    }

    private JournalException damaged(int atCycle, long atNumber, long sequence, String what, Throwable cause) {
        return JournalException.corrupt(roll.fileName(atCycle), atNumber, sequence, what, cause);
    }

    int cycle() {
        return cycle;
    }

    long number() {
        return number;
    }

    /** Blocks read so far. */
    long blocksRead() {
        return blocksRead;
    }

    /** Of so many blocks Chronicle's index names one. */
    int indexSpacing() {
        return rollCycle.defaultIndexSpacing();
    }

    /** Where in its file the block was found. */
    long position() {
        return copy.position();
    }

    UnsafeBuffer block() {
        return copy.block();
    }

    int length() {
        return copy.length();
    }

    /** Makes the records of a sound block readable in its copy. */
    void decode() {
        decode(copy, codec);
    }

    /** As {@link #decode()}, a block that was read before, by any thread that brings a codec of its own. */
    void decode(BlockCopy block, BlockCodec own) {
        try {
            block.decode(own);
        } catch (RuntimeException e) {
            throw damaged(
                    block.cycle(),
                    block.number(),
                    block.firstSequence(),
                    "the block's records cannot be decoded: " + e,
                    e);
        }
    }

    int count() {
        return copy.count();
    }

    boolean isGap() {
        return copy.isGap();
    }

    long firstSequence() {
        return copy.firstSequence();
    }

    /** The sequence that the next block must begin with. */
    long nextSequence() {
        return firstSequence() + count();
    }

    long key() {
        return BlockDescriptor.key(block(), 0);
    }

    @Override
    public void close() {
        tailer.close();
    }
}
