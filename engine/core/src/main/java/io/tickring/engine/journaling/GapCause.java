package io.tickring.engine.journaling;

/** Why a journal does not have some records. */
public enum GapCause {
    /** The engine ran without its journal, for there was no room on the disk. */
    DISK_LOW(1),
    /** The journal was damaged, and recovered without them. */
    RECOVERED(2),
    /** A cause that this version does not know. */
    UNKNOWN(0);

    private final int code;

    GapCause(int code) {
        this.code = code;
    }

    /** What stands in the journal; kept for good. */
    public int code() {
        return code;
    }

    static GapCause of(int code) {
        for (GapCause cause : values()) {
            if (cause.code == code) {
                return cause;
            }
        }
        return UNKNOWN;
    }
}
