package io.tickring.engine.broadcast;

import io.tickring.engine.ring.TickProcessor;
import io.tickring.engine.tick.TickDescriptor;
import org.agrona.concurrent.broadcast.BroadcastBufferDescriptor;
import org.agrona.concurrent.broadcast.RecordDescriptor;

/**
 * The layout of the {@code broadcast} file: a header page, then Agrona's broadcast buffer. All little-endian.
 *
 * <pre>
 *  header      0 magic i32      4 layout version i32, written last     8 incarnation i64    16 journal id i64, 0 for none
 *             24 capacity of the buffer in bytes i32                                        40 first sequence of the run i64
 *             48 pid of the writer i64                                 56 start, ms since the epoch i64
 *            128 last sequence i64: of the message under way, or else of the newest
 *           1024 256 marks i64: for each 256th of the buffer the position of the message that began first in it
 *
 *  buffer   4096 messages, one behind the other, each at its position modulo the capacity
 *                +0 length i32, these 8 bytes counted     +4 type i32     +8 records, n times 64 bytes
 *       4096 + c trailer: tail intent i64, tail i64, position of the newest message i64, and room to 384 bytes
 * </pre>
 *
 * Positions are bytes since the start and never fall. A message is a batch of a stage as it lay in the ring, cut into several only
 * where it is longer than an eighth of the buffer; what is left at the buffer's end is a message of type −1. The records follow one
 * another without a gap, within a message and from each to the next.
 */
public final class BroadcastDescriptor {
    public static final String FILE_NAME = "broadcast";

    public static final int MAGIC = 0x42524B54; // "TKRB"
    public static final int LAYOUT_VERSION = 1;

    public static final int MAGIC_OFFSET = 0;
    public static final int LAYOUT_VERSION_OFFSET = 4;
    public static final int INCARNATION_OFFSET = 8;
    public static final int JOURNAL_ID_OFFSET = 16;
    public static final int CAPACITY_OFFSET = 24;
    public static final int FIRST_SEQUENCE_OFFSET = 40;
    public static final int PID_OFFSET = 48;
    public static final int START_OFFSET = 56;

    public static final int LAST_SEQUENCE_OFFSET = 128;
    public static final int MARKS_OFFSET = 1024;
    public static final int HEADER_LENGTH = 4096;

    /** A power of two. */
    public static final int MARKS = 256;

    public static final int MESSAGE_LENGTH_OFFSET = 0;
    public static final int MESSAGE_TYPE_OFFSET = 4;
    public static final int MESSAGE_HEADER_LENGTH = 8;
    public static final int RECORDS_TYPE = 1;
    public static final int FILLING_TYPE = -1;

    /** A batch of a stage. */
    private static final int MAX_RECORDS_LENGTH = TickProcessor.MAX_BATCH << TickDescriptor.LENGTH_SHIFT;

    /** The least an engine takes; readers take any power of two. */
    public static final int MIN_CAPACITY = 1 << 20;

    /** The buffer is addressed by ints. */
    public static final int MAX_CAPACITY = 1 << 30;

    private BroadcastDescriptor() {}

    public static int lengthBytes(int capacityBytes) {
        return HEADER_LENGTH + capacityBytes + BroadcastBufferDescriptor.TRAILER_LENGTH;
    }

    /** The most bytes of records in a message. */
    static int maxRecordsLength(int capacityBytes) {
        return Math.min(MAX_RECORDS_LENGTH, RecordDescriptor.calculateMaxMessageLength(capacityBytes));
    }

    static int markOffset(long position, int capacityBytes) {
        long part = position / Math.max(1, capacityBytes / MARKS);
        return MARKS_OFFSET + (int) (part & MARKS - 1) * Long.BYTES;
    }
}
