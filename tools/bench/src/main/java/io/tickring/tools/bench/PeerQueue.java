package io.tickring.tools.bench;

import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.core.io.Closeable;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A Chronicle queue of one excerpt per 64-byte record, as a good user sets it up: raw bytes, large chunks, nothing allocated per
 * record, a read-only tailer that reads where the bytes lie. One thread; more threads each open one of their own.
 */
final class PeerQueue implements AutoCloseable {
    static final String FOLDER = "queue";
    private static final String FILES = ".cq4";
    private static final int CHUNK_BYTES = 64 << 20;

    private final Path folder;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final ExcerptTailer tailer;
    private final PointerBytesStore outgoing = new PointerBytesStore();
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);
    private long excerpts;
    private long bytes;

    private PeerQueue(Path folder, SingleChronicleQueue queue, ExcerptAppender appender, ExcerptTailer tailer) {
        this.folder = folder;
        this.queue = queue;
        this.appender = appender;
        this.tailer = tailer;
    }

    /** A queue in {@code folder}, new unless it is there. */
    static PeerQueue forAppending(Path folder) {
        SingleChronicleQueue queue = builder(folder).build();
        ExcerptAppender appender = queue.createAppender();
        // One thread writes the definitions, another the ticks, never both at once.
        appender.singleThreadedCheckDisabled(true);
        return new PeerQueue(folder, queue, appender, null);
    }

    /** The queue in {@code folder}, from its first excerpt. */
    static PeerQueue forReading(Path folder) {
        SingleChronicleQueue queue = builder(folder).readOnly(true).build();
        return new PeerQueue(folder, queue, null, queue.createTailer());
    }

    /** As {@link #forReading}, from what is appended next. */
    static PeerQueue forFollowing(Path folder) {
        PeerQueue queue = forReading(folder);
        queue.tailer.singleThreadedCheckDisabled(true);
        queue.tailer.toEnd();
        return queue;
    }

    /** Appends the 64 bytes at {@code offset} of memory off the heap. */
    void append(DirectBuffer records, int offset) {
        append(records, offset, 1);
    }

    /** Appends {@code count} records of memory off the heap as one excerpt. */
    void append(DirectBuffer records, int offset, int count) {
        outgoing.set(records.addressOffset() + offset, (long) count << TickDescriptor.LENGTH_SHIFT);
        appender.writeBytes(outgoing);
    }

    /** Is given records where they lie in an excerpt. */
    @FunctionalInterface
    interface Taker {
        void take(DirectBuffer records, int offset, int count);
    }

    /** Appends {@code count} ticks of {@code set} from number {@code first} on, one at a time. */
    void append(TickSet set, long first, long count) {
        for (long number = first; number < first + count; number++) {
            append(set.records(), set.sequence(number));
        }
    }

    void appendDefinitions() {
        UnsafeBuffer definitions = TickSet.definitions();
        for (int id = 0; id < TickSet.INSTRUMENTS; id++) {
            append(definitions, id << TickDescriptor.LENGTH_SHIFT);
        }
    }

    /** Gives the next {@code most} excerpts to {@code table}, one at a time, or those that are there; answers how many. */
    int read(int most, PeerTable table) {
        int read = 0;
        while (read < most) {
            try (DocumentContext excerpt = tailer.readingDocument()) {
                if (!excerpt.isPresent()) {
                    break;
                }
                Bytes<?> found = excerpt.wire().bytes();
                record.wrap(found.addressForRead(found.readPosition()), TickDescriptor.LENGTH);
                table.apply(record, 0);
                read++;
            }
        }
        table.show();
        return read;
    }

    /** Gives the records of the next excerpt, if there is one. */
    boolean readOne(Taker taker) {
        try (DocumentContext excerpt = tailer.readingDocument()) {
            if (!excerpt.isPresent()) {
                return false;
            }
            Bytes<?> found = excerpt.wire().bytes();
            int length = (int) found.readRemaining();
            record.wrap(found.addressForRead(found.readPosition()), length);
            taker.take(record, 0, length >> TickDescriptor.LENGTH_SHIFT);
            return true;
        }
    }

    /** How many excerpts it had when it was closed. */
    long excerpts() {
        return excerpts;
    }

    /** What the excerpts took in its files when it was closed, index included, without what is mapped ahead. */
    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        if (queue.isClosed()) {
            return;
        }
        try {
            if (appender != null) {
                measure();
            }
        } finally {
            Closeable.closeQuietly(appender, tailer, queue);
            outgoing.releaseLast();
        }
    }

    private void measure() {
        excerpts = queue.entryCount();
        try (Stream<Path> all = Files.list(folder.resolve(FOLDER))) {
            List<Path> files =
                    all.filter(file -> file.toString().endsWith(FILES)).sorted().toList();
            bytes = appender.wire().bytes().writePosition();
            for (Path earlier : files.subList(0, files.size() - 1)) {
                bytes += Files.size(earlier);
            }
        } catch (IOException e) {
            throw new BenchException("folder=" + folder + ": " + e);
        }
    }

    private static SingleChronicleQueueBuilder builder(Path folder) {
        return SingleChronicleQueueBuilder.binary(folder.resolve(FOLDER))
                .rollCycle(RollCycles.FAST_HOURLY)
                .blockSize(CHUNK_BYTES);
    }
}
