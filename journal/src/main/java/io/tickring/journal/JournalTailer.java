package io.tickring.journal;

import io.tickring.journal.JournalException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.core.io.Closeable;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntArrayList;

/**
 * Reads a journal as it was when the tailer was opened, also while an appender writes on; open another to see more.
 * Creates and changes nothing. Every block is copied, then checked: its checksum and its link to the block before. One
 * thread; {@link #next()} allocates nothing. Damage is a {@link JournalException} CORRUPT, never a short read.
 */
public final class JournalTailer implements BlockTailer {
    private final SingleChronicleQueue queue;
    private final int[] cycles;
    private final BlockReader reader;
    private final BlockChain chain = new BlockChain();
    private final BlockSeek seek;
    private long expectedSequence;
    private boolean atEnd;
    private boolean started;
    private boolean closed;

    private JournalTailer(SingleChronicleQueue queue, JournalFiles files, BlockCodec codec) {
        this.queue = queue;
        this.cycles = files.cycles();
        this.reader = new BlockReader(queue, files.roll(), codec);
        this.seek = new BlockSeek(new BlockReader(queue, files.roll(), codec), cycles);
        toStart();
    }

    /** Opens a journal whose blocks hold their records as they are. */
    public static JournalTailer open(Path directory) {
        return open(directory, null);
    }

    /**
     * Opens the journal in {@code directory}, before its first block.
     *
     * @param codec of the blocks that are not raw, this tailer's own; null when all are.
     * @throws JournalException NO_JOURNAL when there is none, CORRUPT when files are missing or cannot be opened.
     */
    public static JournalTailer open(Path directory, BlockCodec codec) {
        ChronicleSettings.apply();
        Path folder = JournalFiles.folder(directory);
        JournalFiles files = JournalFiles.scan(folder);
        if (files.isEmpty()) {
            throw new JournalException(
                    Reason.NO_JOURNAL,
                    "there is no journal: directory=" + directory + "; name a folder in which an engine kept one");
        }
        SingleChronicleQueue queue = null;
        try {
            queue = ChronicleQueues.openForReading(folder, files.roll());
            requireAllKnown(queue, folder, files);
            return new JournalTailer(queue, files, codec);
        } catch (Throwable e) {
            Closeable.closeQuietly(queue);
            throw e instanceof JournalException known
                    ? known
                    : JournalException.corrupt(
                            JournalFiles.METADATA, -1, 0, "Chronicle cannot open the journal: " + e, e);
        }
    }

    @Override
    public boolean next() {
        if (atEnd || closed) {
            return atEndUnlessClosed();
        }
        boolean found = reader.read(chain.expectedSequence()) || started && readNextCycle();
        if (!found && started) {
            throw reader.missing(reader.cycle(), reader.number() + 1, chain.expectedSequence());
        }
        // Nothing links the first block to one before: it must be the one that was looked for, not one in the next
        // file.
        if (!started && !(found && reader.cycle() == seek.cycle() && reader.number() == seek.number())) {
            throw reader.missing(seek.cycle(), seek.number(), 0);
        }
        started = true;
        expectedSequence = chain.expectedSequence();
        reader.requireSound(expectedSequence);
        chain.accept(reader);
        reader.decode();
        atEnd = seek.isEnd(reader);
        return true;
    }

    @Override
    public long firstSequence() {
        return reader.firstSequence();
    }

    @Override
    public int count() {
        return reader.count();
    }

    @Override
    public boolean isGap() {
        return reader.isGap();
    }

    @Override
    public long gapFrom() {
        if (expectedSequence == 0) {
            readOrFail(seek.probe(), reader.cycle(), reader.number() - 1);
            expectedSequence = seek.probe().nextSequence();
        }
        return expectedSequence;
    }

    @Override
    public long gapTo() {
        return reader.firstSequence() - 1;
    }

    /** The block's key: never below that of the block before. */
    public long key() {
        return reader.key();
    }

    /** Which opening of the journal wrote the block, from 1. */
    public int incarnation() {
        return BlockDescriptor.incarnation(reader.block(), 0);
    }

    public long journalId() {
        return BlockDescriptor.journalId(reader.block(), 0);
    }

    /** The sequence known to be on disk when the block was written; 0 when none was known. */
    public long durableSequence() {
        return BlockDescriptor.durableSequence(reader.block(), 0);
    }

    public int recordLengthBytes() {
        return BlockDescriptor.recordLength(reader.block(), 0);
    }

    /** Header and payload as they are stored, in bytes. */
    public int blockLengthBytes() {
        return reader.length();
    }

    @Override
    public String fileName() {
        return reader.fileName();
    }

    @Override
    public long blockNumber() {
        return reader.number();
    }

    /** Where in its file the block ends, in bytes: up to there the file is filled, however long it is. */
    public long blockEndInFile() {
        return reader.position() + Integer.BYTES + reader.length();
    }

    @Override
    public DirectBuffer records() {
        return reader.records();
    }

    @Override
    public int recordsOffset() {
        return reader.recordsOffset();
    }

    @Override
    public int recordsLength() {
        return reader.recordsLength();
    }

    /** The files of the journal at open time. */
    public int cycles() {
        return cycles.length;
    }

    @Override
    public long endSequence() {
        return seek.endSequence();
    }

    /** The first sequence that is still there. */
    public long firstAvailableSequence() {
        return seek.firstSequence();
    }

    @Override
    public boolean seekToSequence(long sequence) {
        requireOpen();
        if (sequence < seek.firstSequence()) {
            toStart();
            return false;
        }
        return moveTo(seek.toSequence(sequence));
    }

    /**
     * Goes to the first block whose key is at least {@code key}, by bisection; the next {@link #next()} yields it.
     *
     * @return false when every key is below: the tailer then stands at the end.
     */
    public boolean seekToKey(long key) {
        requireOpen();
        return moveTo(seek.toKey(key));
    }

    /**
     * Hands out what a reader that starts here must know: the dictionary blocks of the cycle, or the newest gap in it, then the
     * blocks with definitions before the next block, oldest first. Such a block holds other records too. Nothing is handed out
     * where the next block is itself where that begins. Does not move the tailer.
     */
    public void definitions(BlockConsumer consumer) {
        requireOpen();
        BlockReader probe = seek.probe();
        IntArrayList numbers = new IntArrayList();
        if (!readAhead(probe, numbers)) {
            return;
        }
        int cycle = probe.cycle();
        int before = BlockDescriptor.definitionsBefore(probe.block(), 0);
        long bound = probe.number();
        while (before != BlockDescriptor.NO_DEFINITIONS) {
            if (Integer.toUnsignedLong(before) >= bound) {
                throw probe.damaged(0, "the way back to the definitions does not lead back");
            }
            bound = Integer.toUnsignedLong(before);
            numbers.addInt(before);
            readOrFail(probe, cycle, bound);
            before = BlockDescriptor.definitionsBefore(probe.block(), 0);
        }
        for (int i = numbers.size() - 1; i >= 0; i--) {
            readOrFail(probe, cycle, Integer.toUnsignedLong(numbers.getInt(i)));
            probe.decode();
            consumer.onBlock(
                    probe.firstSequence(),
                    probe.count(),
                    probe.records(),
                    probe.recordsOffset(),
                    probe.recordsLength());
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            reader.close();
            seek.probe().close();
            queue.close();
        }
    }

    /** Reads the block that comes next; at the end the last one, which may itself hold definitions. */
    private boolean readAhead(BlockReader probe, IntArrayList numbers) {
        if (atEnd) {
            readOrFail(probe, seek.endCycle(), seek.endNumber());
            numbers.addInt((int) seek.endNumber());
            return true;
        }
        if (started) {
            return probe.readAt(reader.cycle(), reader.number() + 1);
        }
        return probe.readAt(seek.cycle(), seek.number());
    }

    private static void readOrFail(BlockReader probe, int cycle, long number) {
        if (!probe.readAt(cycle, number)) {
            throw probe.missing(cycle, number, 0);
        }
    }

    private void toStart() {
        moveTo(seek.toStart());
    }

    private boolean moveTo(boolean found) {
        chain.unlink();
        started = false;
        atEnd = !found;
        if (found && !reader.moveTo(seek.cycle(), seek.number())) {
            throw reader.missing(seek.cycle(), seek.number(), 0);
        }
        return found;
    }

    /** A cycle that lost its end mark: go on with the next file; the chain tells whether anything is missing. */
    private boolean readNextCycle() {
        int from = reader.cycle();
        for (int cycle : cycles) {
            if (cycle > from && cycle <= seek.endCycle() && reader.moveTo(cycle, 0) && reader.read(0)) {
                return true;
            }
        }
        return false;
    }

    /** Chronicle knows the first and the last file from its metadata: they must be those that lie in the folder. */
    private static void requireAllKnown(SingleChronicleQueue queue, Path folder, JournalFiles files) {
        int last = files.cycles()[files.cycles().length - 1];
        int known = queue.lastCycle();
        if (known > last && Files.notExists(folder.resolve(files.roll().fileName(known)))) {
            throw JournalException.corrupt(
                    files.roll().fileName(known), -1, 0, "the journal's last file is missing", null);
        }
        if (known < last) {
            throw JournalException.corrupt(
                    files.roll().fileName(last),
                    -1,
                    0,
                    "metadata.cq4t does not know this file; delete metadata.cq4t when the file belongs here",
                    null);
        }
    }

    private boolean atEndUnlessClosed() {
        requireOpen();
        return false;
    }

    private void requireOpen() {
        if (closed) {
            throw new JournalException(Reason.CLOSED, "the tailer is closed");
        }
    }
}
