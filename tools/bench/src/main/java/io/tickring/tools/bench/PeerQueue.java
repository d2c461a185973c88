package io.tickring.tools.bench;

import io.tickring.engine.tick.TickDescriptor;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.core.io.Closeable;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A Chronicle queue of one excerpt per 64-byte record, as a good user sets it up: raw bytes, large chunks, nothing allocated per
 * record, a read-only tailer that reads where the bytes lie. One thread.
 */
final class PeerQueue implements AutoCloseable {
    private static final String FOLDER = "queue";
    private static final int CHUNK_BYTES = 64 << 20;

    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private final ExcerptTailer tailer;
    private final PointerBytesStore outgoing = new PointerBytesStore();

    private PeerQueue(ChronicleQueue queue, ExcerptAppender appender, ExcerptTailer tailer) {
        this.queue = queue;
        this.appender = appender;
        this.tailer = tailer;
    }

    /** A new queue in {@code folder}. */
    static PeerQueue forAppending(Path folder) {
        ChronicleQueue queue = builder(folder).build();
        return new PeerQueue(queue, queue.createAppender(), null);
    }

    /** The queue in {@code folder}, from its first excerpt. */
    static PeerQueue forReading(Path folder) {
        ChronicleQueue queue = builder(folder).readOnly(true).build();
        return new PeerQueue(queue, null, queue.createTailer());
    }

    /** Appends the 64 bytes at {@code offset} of memory off the heap. */
    void append(DirectBuffer records, int offset) {
        outgoing.set(records.addressOffset() + offset, TickDescriptor.LENGTH);
        appender.writeBytes(outgoing);
    }

    void appendDefinitions() {
        UnsafeBuffer definitions = TickSet.definitions();
        for (int id = 0; id < TickSet.INSTRUMENTS; id++) {
            append(definitions, id << TickDescriptor.LENGTH_SHIFT);
        }
    }

    /** Gives the next {@code count} excerpts to {@code table}, one at a time. */
    void replay(long count, PeerTable table) {
        UnsafeBuffer record = new UnsafeBuffer(0, 0);
        for (long sequence = 1; sequence <= count; sequence++) {
            try (DocumentContext excerpt = tailer.readingDocument()) {
                if (!excerpt.isPresent()) {
                    throw new BenchException("sequence=" + sequence + " expected=" + count + ": the queue ends early");
                }
                Bytes<?> bytes = excerpt.wire().bytes();
                record.wrap(bytes.addressForRead(bytes.readPosition()), TickDescriptor.LENGTH);
                table.handler.onBatch(record, 0, sequence, 1);
            }
        }
    }

    @Override
    public void close() {
        Closeable.closeQuietly(appender, tailer, queue);
        outgoing.releaseLast();
    }

    private static SingleChronicleQueueBuilder builder(Path folder) {
        return SingleChronicleQueueBuilder.binary(folder.resolve(FOLDER))
                .rollCycle(RollCycles.FAST_HOURLY)
                .blockSize(CHUNK_BYTES);
    }
}
