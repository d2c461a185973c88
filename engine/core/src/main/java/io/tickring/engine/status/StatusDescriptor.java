package io.tickring.engine.status;

/**
 * The layout of the {@code status} file: a header page, then Agrona's counters (metadata, values) and its distinct error log.
 * All little-endian.
 *
 * <pre>
 *   0 magic i32             4 layout version i32, written last     8 incarnation i64      16 journal id i64, 0 for none
 *  24 pid i64              32 start, ms since the epoch i64       40 heartbeat, ms since the epoch i64
 *  48 state word i32       52 counters metadata length i32        56 counters values length i32    60 error log length i32
 *  64 reason, 64 ASCII bytes, padded with zeros; none when the first is zero             128 the same again
 *  4096 counters metadata | counters values | error log
 * </pre>
 *
 * The state word: bits 0-7 the state, bit 8 which of the two reasons is the state's, bits 16-31 how often it has changed. A change
 * writes the other reason first and the word last, so that state and reason are never torn, whenever the writer dies.
 */
public final class StatusDescriptor {
    public static final String FILE_NAME = "status";

    public static final int MAGIC = 0x53524B54; // "TKRS"
    public static final int LAYOUT_VERSION = 2;

    public static final int MAGIC_OFFSET = 0;
    public static final int LAYOUT_VERSION_OFFSET = 4;
    public static final int INCARNATION_OFFSET = 8;
    public static final int JOURNAL_ID_OFFSET = 16;
    public static final int PID_OFFSET = 24;
    public static final int START_OFFSET = 32;
    public static final int HEARTBEAT_OFFSET = 40;
    public static final int STATE_OFFSET = 48;
    public static final int METADATA_LENGTH_OFFSET = 52;
    public static final int VALUES_LENGTH_OFFSET = 56;
    public static final int ERROR_LOG_LENGTH_OFFSET = 60;
    public static final int REASON_OFFSET = 64;
    public static final int REASON_LENGTH = 64;
    public static final int HEADER_LENGTH = 4096;

    /** The type of a counter that is a level and no total; all others have Agrona's default type. */
    public static final int GAUGE_TYPE_ID = 1;

    static final int STATE_MASK = 0xFF;
    static final int REASON_SLOT_SHIFT = 8;
    static final int STATE_CHANGES_SHIFT = 16;

    static final int MAX_COUNTERS = 4096;
    static final int ERROR_LOG_LENGTH = 256 * 1024;

    private StatusDescriptor() {}
}
