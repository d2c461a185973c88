package io.tickring.engine.journaling;

/** Why a journal does not have some records. */
public enum GapCause {
    /** The engine ran without its journal, for there was no room on the disk. */
    DISK_LOW(1, "the disk was nearly full"),
    /** The journal was damaged, and recovered without them. */
    RECOVERED(2, "lost before a recovery"),
    /** A cause that this version does not know. */
    UNKNOWN(0, "for a cause that this version does not know");

    private final int code;
    private final String text;

    GapCause(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** For people. */
    String text() {
        return text;
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
