package io.tickring.engine.subscription;

/**
 * The layout of a file in {@code readers}: what a subscriber outside the engine's process has read, one page. All little-endian. Whoever
 * holds the name's lock writes it. Only where flag 1 is set is the next sequence a place to go on from; else it is a figure.
 *
 * <pre>
 *   0 magic i32     4 layout version i32, written last     8 journal id i64, 0 for unknown     16 next sequence i64, 0 before the first
 *  24 pid of the reader i64, 0 once it has closed     32 polled last, ms since the epoch i64     40 delivered i64     48 missed i64     56 folded i64
 *  64 lag in records i64        72 lag in ns i64                           80 mode i32, as {@link SubscriptionMode} has it     84 flags i32: 1 the place is kept
 * 88 when the reader's process was started, ms since the epoch i64, 0 for unknown
 * </pre>
 */
final class ReaderDescriptor {
    static final String FOLDER = "readers";

    static final int MAGIC = 0x44524B54; // "TKRD"
    static final int LAYOUT_VERSION = 2;

    static final int MAGIC_OFFSET = 0;
    static final int LAYOUT_VERSION_OFFSET = 4;
    static final int JOURNAL_ID_OFFSET = 8;
    static final int NEXT_SEQUENCE_OFFSET = 16;
    static final int PID_OFFSET = 24;
    /** In the place of a pid: the reader has closed, whether its process goes on or not. */
    static final long NO_PID = 0;

    static final int POLLED_OFFSET = 32;
    static final int DELIVERED_OFFSET = 40;
    static final int MISSED_OFFSET = 48;
    static final int FOLDED_OFFSET = 56;
    static final int LAG_RECORDS_OFFSET = 64;
    static final int LAG_NS_OFFSET = 72;
    static final int MODE_OFFSET = 80;
    static final int FLAGS_OFFSET = 84;
    static final int STARTED_OFFSET = 88;
    static final int USED_LENGTH = STARTED_OFFSET + Long.BYTES;
    static final int LENGTH = 4096;

    static final int KEEPS_FLAG = 1;

    private ReaderDescriptor() {}
}
