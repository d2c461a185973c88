package io.tickring.engine.status;

import java.nio.charset.StandardCharsets;

/** Why an engine is degraded or halted: one word in the status file, in summaries and in what tools print. */
public enum StateReason {
    /** A handler has records before it and makes no progress. */
    STALLED,
    /** The data folder's disk is nearly full. */
    DISK_LOW,
    /** The journal cannot be forced to the disk. */
    FSYNC,
    /** The journal is damaged: refused at the start. */
    CORRUPT,
    /** The journal's files are no longer where they were. */
    JOURNAL_GONE,
    /** The journal's stage has thrown. */
    JOURNAL_FAILED,
    /** Another stage, or a thread of the engine's own, has thrown. */
    HANDLER_FAILED,
    /** A feed's source has failed. */
    FEED_FAILED,
    /** Too many runs before this one ended at once: refused at the start. */
    CRASH_LOOP,
    /** The start came to nothing for another reason, that the error log says. */
    START_FAILED,
    OUT_OF_MEMORY;

    private final byte[] ascii = name().getBytes(StandardCharsets.US_ASCII);

    /** Whether a run that ends so has failed by itself, and not for want of input, room or a sound journal. */
    public boolean isOwnFault() {
        return switch (this) {
            case DISK_LOW, CORRUPT, FEED_FAILED, CRASH_LOOP, START_FAILED -> false;
            case STALLED, FSYNC, JOURNAL_GONE, JOURNAL_FAILED, HANDLER_FAILED, OUT_OF_MEMORY -> true;
        };
    }

    /** The word's bytes, made beforehand: the last thing that is written when there is no memory left. */
    byte[] ascii() {
        return ascii;
    }
}
