package io.tickring.engine.broadcast;

import static io.tickring.engine.broadcast.BroadcastDescriptor.*;

import io.tickring.engine.live.PublicFile;
import io.tickring.engine.tick.TickDescriptor;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.broadcast.BroadcastBufferDescriptor;

/**
 * Reads the broadcast, in the engine's process or any other, from what comes next: messages whole, in order, none twice. Never holds
 * the writer up. What was overwritten before it was read is told with the message that follows, first and last sequence. One thread's;
 * allocates nothing after it was made.
 *
 * <p>Design note: Agrona's own receiver goes on with the newest message once it is lapped, which here gives up to a million records
 * away that are still there; and it takes a message's length before it knows that it was not overwritten, after which it can wait for
 * a position that is gigabytes away. So this one walks the same buffer itself. Where a message begins is known of the one before it
 * alone, hence the marks: a reader that was lapped goes on at the oldest one that has an eighth of the buffer to go until it is
 * overwritten. At the very oldest it would be lapped again while it copies.
 *
 * <p>A message is valid if, after its bytes were copied, the writer still has not said that it will write over it (tail intent, then
 * a release fence, then the bytes); as in a seqlock an acquire fence keeps the copy before that question. Source of the protocol:
 * M. Thompson, {@code org.agrona.concurrent.broadcast}.
 */
public final class BroadcastReader {
    /** Each try but the last has found a message overwritten or only something to pass over; who comes again finds more. */
    private static final int MAX_TRIES = 8;

    private static final int HEADROOM_SHIFT = 3;

    private final UnsafeBuffer file;
    private final Path path;
    private final UnsafeBuffer messages;
    private final int capacity;
    private final int intentOffset;
    private final int tailOffset;
    private final UnsafeBuffer records;
    private long position;
    private long nextSequence;
    private long firstSequence;
    private int count;
    private long firstMissed;
    private long lastMissed = -1;

    private BroadcastReader(UnsafeBuffer file, Path path) {
        this.file = file;
        this.path = path;
        capacity = file.getInt(CAPACITY_OFFSET);
        messages = new UnsafeBuffer(file, HEADER_LENGTH, capacity + BroadcastBufferDescriptor.TRAILER_LENGTH);
        intentOffset = capacity + BroadcastBufferDescriptor.TAIL_INTENT_COUNTER_OFFSET;
        tailOffset = capacity + BroadcastBufferDescriptor.TAIL_COUNTER_OFFSET;
        records = new UnsafeBuffer(new byte[maxRecordsLength(capacity)]);
        position = messages.getLongVolatile(tailOffset);
        nextSequence = file.getLongVolatile(LAST_SEQUENCE_OFFSET) + 1;
    }

    /**
     * Maps {@code broadcast} in a live folder, read-only.
     *
     * @throws IOException if there is none, or it is no broadcast of this layout; the message names the file.
     */
    public static BroadcastReader map(Path folder) throws IOException {
        Path path = folder.resolve(FILE_NAME);
        return new BroadcastReader(mapFile(path), path);
    }

    /** As {@link #map}, but from the first record of the engine's run; those that are overwritten already are told as missed. */
    public static BroadcastReader mapFromFirst(Path folder) throws IOException {
        BroadcastReader reader = map(folder);
        reader.position = 0;
        reader.nextSequence = reader.file.getLong(FIRST_SEQUENCE_OFFSET);
        return reader;
    }

    /** Reads a broadcast in this process's memory. */
    public static BroadcastReader over(DirectBuffer file) {
        return new BroadcastReader(new UnsafeBuffer(file), null);
    }

    private static void requireThere(Path path) throws NoSuchFileException {
        if (Files.notExists(path)) {
            throw new NoSuchFileException(
                    path.toString(), null, "no broadcast is here; start its engine with --broadcast");
        }
    }

    private static UnsafeBuffer mapFile(Path path) throws IOException {
        requireThere(path);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long length = channel.size();
            if (length < HEADER_LENGTH || length > lengthBytes(MAX_CAPACITY)) {
                throw new IOException("file=" + path + " length=" + length + ": not the length of a broadcast");
            }
            UnsafeBuffer file = new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, length));
            int version = file.getIntVolatile(LAYOUT_VERSION_OFFSET);
            if (file.getInt(MAGIC_OFFSET) != MAGIC || version != LAYOUT_VERSION) {
                throw new IOException("file=" + path + " layoutVersion=" + version + ": not a broadcast of layout "
                        + LAYOUT_VERSION + "; use the tools of the engine that wrote it");
            }
            int capacity = file.getInt(CAPACITY_OFFSET);
            if (!BitUtil.isPowerOfTwo(capacity) || lengthBytes(capacity) != length) {
                throw new IOException("file=" + path + " length=" + length + " capacity=" + capacity
                        + ": a broadcast that was cut; start the engine anew");
            }
            return file;
        }
    }

    /**
     * Copies the next message out: {@link #count} records at {@link #offset} of {@link #records}, which stay until the next call.
     *
     * @return false if there is none yet
     * @throws IllegalStateException if what is there is no message, which no engine writes
     */
    public boolean poll() {
        for (int i = 0; i < MAX_TRIES && position < messages.getLongVolatile(tailOffset); i++) {
            if (take()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the message at the position was delivered; else the position has moved on. */
    private boolean take() {
        int at = (int) position & capacity - 1;
        int length = messages.getInt(at + MESSAGE_LENGTH_OFFSET);
        int type = messages.getInt(at + MESSAGE_TYPE_OFFSET);
        int recordsLength = length - MESSAGE_HEADER_LENGTH;
        boolean isMessage = type == RECORDS_TYPE && isRecordsLength(recordsLength, at);
        if (isMessage) {
            messages.getBytes(at + MESSAGE_HEADER_LENGTH, records, 0, recordsLength);
        }
        VarHandle.acquireFence();
        if (position + capacity <= messages.getLongVolatile(intentOffset)) {
            goOnFurtherBack();
            return false;
        }
        if (isMessage) {
            position += length;
            return deliver(recordsLength >> TickDescriptor.LENGTH_SHIFT);
        }
        if (type != FILLING_TYPE || length != capacity - at) {
            throw new IllegalStateException("file=" + path + " position=" + position + " length=" + length + " type="
                    + type + ": no message of a broadcast; map it anew");
        }
        position += length;
        return false;
    }

    private boolean isRecordsLength(int length, int at) {
        return length > 0
                && length <= records.capacity()
                && length % TickDescriptor.LENGTH == 0
                && length <= capacity - at - MESSAGE_HEADER_LENGTH;
    }

    /** A message that was under way when this reader was made lies before what it promised to read. */
    private boolean deliver(int delivered) {
        long first = records.getLong(TickDescriptor.SEQUENCE_OFFSET);
        if (first < nextSequence) {
            return false;
        }
        firstMissed = nextSequence;
        lastMissed = first - 1;
        firstSequence = first;
        count = delivered;
        nextSequence = first + delivered;
        return true;
    }

    private void goOnFurtherBack() {
        long oldest = messages.getLongVolatile(intentOffset) - capacity + (capacity >> HEADROOM_SHIFT);
        long found = Long.MAX_VALUE;
        for (int i = 0; i < MARKS; i++) {
            long mark = file.getLongVolatile(MARKS_OFFSET + i * Long.BYTES);
            found = mark >= oldest ? Math.min(found, mark) : found;
        }
        position = found != Long.MAX_VALUE ? found : messages.getLongVolatile(tailOffset);
    }

    /** The records of the newest message, laid out by {@link TickDescriptor}. */
    public DirectBuffer records() {
        return records;
    }

    /** Where in {@link #records} they begin. */
    public int offset() {
        return 0;
    }

    /** The sequence of the newest message's first record; the others follow without a gap. */
    public long firstSequence() {
        return firstSequence;
    }

    /** How many records the newest message holds. */
    public int count() {
        return count;
    }

    /** How many records this reader never saw between the message before the newest one, or its start, and that. */
    public long missed() {
        return lastMissed - firstMissed + 1;
    }

    /** The first of the {@link #missed} sequences; means nothing where none is. */
    public long firstMissed() {
        return firstMissed;
    }

    /** The last of the {@link #missed} sequences; means nothing where none is. */
    public long lastMissed() {
        return lastMissed;
    }

    /** The sequence of the record that is to come next: at first, of the first one after this reader was made. */
    public long nextSequence() {
        return nextSequence;
    }

    /** How many records were written, or are about to be, that this reader has not come to. */
    public long lag() {
        return Math.max(0, file.getLongVolatile(LAST_SEQUENCE_OFFSET) + 1 - nextSequence);
    }

    /** In bytes: what is still there of the past. */
    public int capacity() {
        return capacity;
    }

    /** Grows with each start of an engine on this folder that journals something; {@link #isReplaced} tells starts apart. */
    public long incarnation() {
        return file.getLong(INCARNATION_OFFSET);
    }

    /** The process that writes, or wrote, the broadcast. */
    public long pid() {
        return file.getLong(PID_OFFSET);
    }

    /**
     * Whether another start has put a broadcast in the place of the one that this reader mapped, which nobody writes any more. Whoever
     * sees it polls what is left, then maps anew {@link #mapFromFirst from the first record}; sequences that were never journaled are
     * given again. Opens the file: to be asked now and then. False for a broadcast in memory.
     *
     * @throws IOException if no broadcast is there any more
     */
    public boolean isReplaced() throws IOException {
        if (path == null) {
            return false;
        }
        requireThere(path);
        return PublicFile.isReplaced(path, file, INCARNATION_OFFSET, JOURNAL_ID_OFFSET, PID_OFFSET, START_OFFSET);
    }
}
