package io.tickring.engine.price;

import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import io.tickring.engine.tick.Xxh64;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Puts every record into the price table, live and from a journal alike, and takes the table's digest at each sequence that is a
 * multiple of the checkpoint interval. One thread at a time; allocates nothing but for a definition.
 */
public final class PriceTableHandler implements TickHandler {
    /** Takes the table's digest after the record with {@code sequence}; called on the handler's thread, must not block. */
    @FunctionalInterface
    public interface CheckpointListener {
        void onCheckpoint(long sequence, long digest);
    }

    private final PriceTableWriter writer;
    private final long checkpointInterval;
    private final CheckpointListener checkpoints;
    private final AtomicCounter applied;
    private final AtomicCounter unknown;
    private final Tick tick = new Tick();
    private final Xxh64 hash = new Xxh64();

    /**
     * @param checkpointInterval in sequences, a power of two or any number above 0
     * @param applied counts the ticks in the table
     * @param unknown counts the ticks of instruments that were never defined, which change nothing
     */
    public PriceTableHandler(
            PriceTableWriter writer,
            long checkpointInterval,
            CheckpointListener checkpoints,
            AtomicCounter applied,
            AtomicCounter unknown) {
        this.writer = writer;
        this.checkpointInterval = checkpointInterval;
        this.checkpoints = checkpoints;
        this.applied = applied;
        this.unknown = unknown;
    }

    /** Design note: that the records lie within their buffer is checked once, not for each of their fields. */
    @Override
    public void onBatch(DirectBuffer records, int offset, long firstSequence, int count) {
        records.boundsCheck(offset, count << TickDescriptor.LENGTH_SHIFT);
        byte[] from = records.byteArray();
        long first = records.addressOffset() + offset;
        long nextCheckpoint = nextCheckpoint(firstSequence);
        writer.beginBatch();
        int ticks = 0;
        int strangers = 0;
        for (int i = 0; i < count; i++) {
            long record = first + ((long) i << TickDescriptor.LENGTH_SHIFT);
            byte type = UnsafeApi.getByte(from, record + TickDescriptor.TYPE_OFFSET);
            if (type == TickDescriptor.QUOTE) {
                int known = writer.quote(from, record) ? 1 : 0;
                ticks += known;
                strangers += 1 - known;
            } else if (type == TickDescriptor.TRADE) {
                int known = writer.trade(from, record) ? 1 : 0;
                ticks += known;
                strangers += 1 - known;
            } else if (type == TickDescriptor.DEFINITION
                    && !writer.define(tick.wrap(records, offset + (i << TickDescriptor.LENGTH_SHIFT)))) {
                strangers++;
            } else if (type == TickDescriptor.STALE) {
                writer.judge(from, record);
            }
            if (firstSequence + i == nextCheckpoint) {
                checkpoints.onCheckpoint(nextCheckpoint, writer.digest(hash));
                nextCheckpoint += checkpointInterval;
            }
        }
        writer.applied(firstSequence + count - 1);
        applied.getAndAddRelease(ticks);
        if (strangers > 0) {
            unknown.getAndAddRelease(strangers);
        }
    }

    /**
     * Takes over a table as it was after {@code sequence}, as {@link PriceTableWriter#restoreRows} does. No checkpoint is taken.
     *
     * @throws IllegalArgumentException if the table has fewer rows
     */
    public void restore(DirectBuffer rows, int offset, int instruments, long sequence) {
        writer.restoreRows(rows, offset, instruments);
        writer.applied(sequence);
    }

    private long nextCheckpoint(long sequence) {
        long past = sequence % checkpointInterval;
        return past == 0 ? sequence : sequence + (checkpointInterval - past);
    }
}
