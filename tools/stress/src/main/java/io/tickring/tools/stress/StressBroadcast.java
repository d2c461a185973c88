package io.tickring.tools.stress;

import io.tickring.engine.broadcast.BroadcastDescriptor;
import io.tickring.engine.broadcast.BroadcastHandler;
import io.tickring.engine.broadcast.BroadcastReader;
import io.tickring.engine.tick.MutableTick;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A broadcast with room for seven messages, driven as the engine drives it. Each field of record n is made of n, so whoever is given a
 * message can tell whether all of it is of one moment. Memory is not on the heap, where Agrona wants none, and is used again.
 */
final class StressBroadcast {
    /** {@link #read} answers: bytes of different messages, or of none. */
    static final int TORN = -1;

    private static final int CAPACITY = 512;
    private static final int LENGTH = BroadcastDescriptor.lengthBytes(CAPACITY);
    private static final int LAST = 32;
    private static final UnsafeBuffer RECORDS = records();

    private static final Queue<UnsafeBuffer> FREE = new ConcurrentLinkedQueue<>();

    private final UnsafeBuffer file;
    private final BroadcastHandler handler;
    private final BroadcastReader reader;
    private final Tick tick = new Tick();

    /** The reader has joined before record 1. */
    StressBroadcast() {
        UnsafeBuffer used = FREE.poll();
        file = used == null ? new UnsafeBuffer(ByteBuffer.allocateDirect(LENGTH)) : used;
        file.setMemory(0, LENGTH, (byte) 0);
        file.putInt(BroadcastDescriptor.CAPACITY_OFFSET, CAPACITY);
        handler = new BroadcastHandler(file);
        reader = BroadcastReader.over(file);
    }

    /** Gives the memory back; nothing of this is called any more. */
    void close() {
        FREE.add(file);
    }

    /** Writes records {@code first} to {@code last}, each a message of its own. */
    void write(int first, int last) {
        for (int sequence = first; sequence <= last; sequence++) {
            handler.onBatch(RECORDS, (sequence - 1) << TickDescriptor.LENGTH_SHIFT, sequence, 1);
        }
    }

    /** The sequence of the next record; 0 if there is none; TORN for what was never written, or where a hole was not told. */
    int read() {
        long expected = reader.nextSequence();
        if (!reader.poll()) {
            return 0;
        }
        long sequence = reader.firstSequence();
        tick.wrap(reader.records(), reader.offset());
        boolean isWhole = reader.count() == 1
                && tick.sequence() == sequence
                && tick.type() == TickDescriptor.QUOTE
                && tick.instrumentId() == sequence
                && tick.exchangeTimeNs() == sequence
                && tick.receiveTimeNs() == sequence
                && tick.bid() == sequence
                && tick.ask() == sequence + 1
                && tick.bidSize() == sequence
                && tick.askSize() == sequence;
        boolean isTold = reader.firstMissed() == expected && reader.lastMissed() == sequence - 1;
        return isWhole && isTold ? (int) sequence : TORN;
    }

    private static UnsafeBuffer records() {
        UnsafeBuffer records = new UnsafeBuffer(new byte[LAST * TickDescriptor.LENGTH]);
        MutableTick tick = new MutableTick();
        for (int n = 1; n <= LAST; n++) {
            int offset = (n - 1) << TickDescriptor.LENGTH_SHIFT;
            tick.wrap(records, offset).quote(n, n, n, n, n + 1, n, n);
            records.putLong(offset, n, ByteOrder.LITTLE_ENDIAN);
        }
        return records;
    }
}
