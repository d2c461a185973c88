package io.tickring.journal;

import io.tickring.journal.JournalException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.core.io.Closeable;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntArrayList;

/**
 * Reads a journal as it was when the tailer was opened, also while an appender writes on; {@link #nextAppended()} goes on from there.
 * Creates and changes nothing. Every block is copied, then checked: its checksum and its link to the block before. One
 * thread; {@link #next()} allocates nothing. Damage is a {@link JournalException} CORRUPT, never a short read. For a long pass the blocks
 * can be {@linkplain #readAhead() read ahead}, which changes nothing of all this.
 */
public final class JournalTailer implements BlockTailer {
    /** With fewer records before it, a thread is not worth its start. */
    private static final long MIN_RECORDS_AHEAD = 256 * 1024;

    private static final long NEVER = Long.MAX_VALUE;

    private final SingleChronicleQueue queue;
    private final JournalRoll roll;
    private final BlockCodec codec;
    private final int[] cycles;
    private final BlockReader reader;
    private final BlockSeek seek;
    private final BlockWalk walk;
    private BlockCopy current;
    private boolean closed;
    private long minRecordsAhead = NEVER;
    private ReadAhead ahead;

    private JournalTailer(SingleChronicleQueue queue, JournalFiles files, BlockCodec codec) {
        this.queue = queue;
        this.roll = files.roll();
        this.codec = codec;
        this.cycles = files.cycles();
        this.reader = new BlockReader(queue, roll, codec);
        this.current = reader.copy();
        this.seek = new BlockSeek(new BlockReader(queue, roll, codec), cycles);
        this.walk = new BlockWalk(reader, seek, cycles);
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

    /**
     * {@inheritDoc} They are read, proved and decoded on a thread of this tailer's own, and decoded on the caller's while it would wait.
     * Where there is one core, or little left to read, nothing is ahead. {@link #close()} and seeking end it.
     */
    @Override
    public void readAhead() {
        readAhead(Runtime.getRuntime().availableProcessors() > 1 ? MIN_RECORDS_AHEAD : NEVER);
    }

    /** As {@link #readAhead()}, where so many records at least are left to read. */
    void readAhead(long minRecords) {
        requireOpen();
        minRecordsAhead = minRecords;
    }

    @Override
    public boolean next() {
        if (ahead != null) {
            return takeAhead();
        }
        if (walk.isAtEnd() || closed) {
            return atEndUnlessClosed();
        }
        if (walk.isStarted() && seek.endSequence() - reader.nextSequence() >= minRecordsAhead) {
            startAhead();
            return takeAhead();
        }
        current = reader.copy();
        walk.advance();
        reader.decode();
        return true;
    }

    /**
     * As {@link #next()}, and behind the end to what was appended since, by whichever appender; false while nothing is. Costs little:
     * may be asked again and again. What was put in the place of a file that is being read is not seen: a tailer that is opened anew
     * sees it. False, too, for ever, where no block was read since the tailer was opened or moved.
     */
    public boolean nextAppended() {
        if (next()) {
            return true;
        }
        stopAhead();
        if (!walk.isStarted() || !walk.advanceBehindEnd(queue::lastCycle, this::cyclesNow)) {
            return false;
        }
        current = reader.copy();
        reader.decode();
        return true;
    }

    private int[] cyclesNow() {
        return JournalFiles.scan(queue.file().toPath()).cycles();
    }

    /** The walk and its reader belong to the reading thread until the stop. */
    private void startAhead() {
        BlockCodec another = codec == null ? null : codec.another();
        ahead = ReadAhead.start(
                walk::advanceInto, block -> reader.decode(block, codec), block -> reader.decode(block, another));
    }

    private boolean takeAhead() {
        requireOpen();
        BlockCopy next = ahead.take();
        current = next == null ? current : next;
        return next != null;
    }

    private void stopAhead() {
        if (ahead != null) {
            ahead.close();
            ahead = null;
        }
        minRecordsAhead = NEVER;
    }

    @Override
    public long firstSequence() {
        return current.firstSequence();
    }

    @Override
    public int count() {
        return current.count();
    }

    @Override
    public boolean isGap() {
        return current.isGap();
    }

    @Override
    public long gapFrom() {
        if (current.expectedSequence() == 0) {
            readOrFail(seek.probe(), current.cycle(), current.number() - 1);
            current.expectedSequence(seek.probe().nextSequence());
        }
        return current.expectedSequence();
    }

    @Override
    public long gapTo() {
        return current.firstSequence() - 1;
    }

    /** The block's key: never below that of the block before. */
    public long key() {
        return BlockDescriptor.key(current.block(), 0);
    }

    /** Which opening of the journal wrote the block, from 1. */
    public int incarnation() {
        return BlockDescriptor.incarnation(current.block(), 0);
    }

    public long journalId() {
        return BlockDescriptor.journalId(current.block(), 0);
    }

    /** The sequence known to be on disk when the block was written; 0 when none was known. */
    public long durableSequence() {
        return BlockDescriptor.durableSequence(current.block(), 0);
    }

    public int recordLengthBytes() {
        return BlockDescriptor.recordLength(current.block(), 0);
    }

    /** Header and payload as they are stored, in bytes. */
    public int blockLengthBytes() {
        return current.length();
    }

    @Override
    public String fileName() {
        return roll.fileName(current.cycle());
    }

    @Override
    public long blockNumber() {
        return current.number();
    }

    /** Where in its file the block ends, in bytes: up to there the file is filled, however long it is. */
    public long blockEndInFile() {
        return current.position() + Integer.BYTES + current.length();
    }

    @Override
    public DirectBuffer records() {
        return current.records();
    }

    @Override
    public int recordsOffset() {
        return current.recordsOffset();
    }

    @Override
    public int recordsLength() {
        return current.recordsLength();
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
        stopAhead();
        if (sequence < seek.firstSequence()) {
            toStart();
            return false;
        }
        return walk.moveTo(seek.toSequence(sequence));
    }

    /**
     * Goes to the first block whose key is at least {@code key}, by bisection; the next {@link #next()} yields it.
     *
     * @return false when every key is below: the tailer then stands at the end.
     */
    public boolean seekToKey(long key) {
        requireOpen();
        stopAhead();
        return walk.moveTo(seek.toKey(key));
    }

    /**
     * Hands out what a reader that starts here must know: the dictionary blocks of the cycle, or the newest gap in it, then the
     * blocks with definitions before the next block, oldest first. Such a block holds other records too. Nothing is handed out
     * where the next block is itself where that begins. Does not move the tailer.
     *
     * @throws IllegalStateException while blocks are read ahead: the next block is then no longer known
     */
    public void definitions(BlockConsumer consumer) {
        requireOpen();
        if (ahead != null) {
            throw new IllegalStateException("definitions are asked for before blocks are read ahead");
        }
        BlockReader probe = seek.probe();
        IntArrayList numbers = new IntArrayList();
        if (!readNextWith(probe, numbers)) {
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
            BlockCopy block = probe.copy();
            consumer.onBlock(
                    block.firstSequence(),
                    block.count(),
                    block.records(),
                    block.recordsOffset(),
                    block.recordsLength());
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            stopAhead();
            reader.close();
            seek.probe().close();
            queue.close();
        }
    }

    /** Reads the block that comes next; at the end the last one, which may itself hold definitions. */
    private boolean readNextWith(BlockReader probe, IntArrayList numbers) {
        if (walk.isAtEnd()) {
            readOrFail(probe, seek.endCycle(), seek.endNumber());
            numbers.addInt((int) seek.endNumber());
            return true;
        }
        if (walk.isStarted()) {
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
        walk.moveTo(seek.toStart());
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
            throw unknown(files.roll().fileName(last));
        }
        int first = files.cycles()[0];
        if (queue.firstCycle() > first) {
            throw unknown(files.roll().fileName(first));
        }
    }

    private static JournalException unknown(String file) {
        return JournalException.corrupt(
                file,
                -1,
                0,
                "metadata.cq4t does not know this file; delete metadata.cq4t when the file belongs here",
                null);
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
