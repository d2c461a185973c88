package io.tickring.journal;

import java.util.regex.Pattern;

/**
 * The journal cannot be opened, written or read. The message is one line: what happened, {@code name=value} pairs and
 * the remedy. After CORRUPT, {@link #file()}, {@link #block()} and {@link #sequence()} name the place.
 */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what kind of failure it is, so that a caller chooses its exit code without reading the message. */
    public enum Reason {
        /** The directory holds no journal. */
        NO_JOURNAL,
        /** Another process, or another appender of this one, holds the directory. */
        LOCKED,
        /** The directory or a file in it cannot be written. */
        UNWRITABLE,
        /** The journal's folder or a file in it cannot be read. */
        UNREADABLE,
        /** A file, a block or the order of blocks is not what was written. */
        CORRUPT,
        /** An append failed earlier; this appender writes no more. */
        POISONED,
        /** The system could not force what was appended to the disk; this appender writes no more. */
        FSYNC,
        /** The folder or a file was removed, replaced, cut or made read-only under the appender. */
        GONE,
        /** A roll or a record length was asked for that is not the existing journal's. */
        ROLL_MISMATCH,
        /** The caller broke the order of sequences or keys, or gave a block that is too large or too small. */
        OUT_OF_ORDER,
        /** The JVM was started without the module flags that Chronicle Queue needs. */
        JVM_FLAGS,
        /** The appender or the tailer was closed before. */
        CLOSED
    }

    /** What Chronicle says of a file may be a table of its bytes. */
    private static final Pattern LINES = Pattern.compile("\\s*\\R\\s*");

    private final Reason reason;
    private final String file;
    private final long block;
    private final long sequence;

    JournalException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** For what keeps blocks elsewhere. */
    public JournalException(Reason reason, String message, Throwable cause) {
        this(reason, message, "", -1, 0, cause);
    }

    private JournalException(Reason reason, String message, String file, long block, long sequence, Throwable cause) {
        super(LINES.matcher(message).replaceAll(" "), cause);
        this.reason = reason;
        this.file = file;
        this.block = block;
        this.sequence = sequence;
    }

    static JournalException corrupt(String file, long block, long sequence, String what, Throwable cause) {
        String place = "file=" + file + " block=" + (block < 0 ? "-" : Long.toString(block)) + " sequence="
                + (sequence <= 0 ? "-" : Long.toString(sequence));
        String remedy = (sequence > 1 ? "; all up to sequence " + (sequence - 1) + " is sound" : "")
                + "; restore the file from a copy, or keep what proves itself by: tools.jar recover";
        return new JournalException(
                Reason.CORRUPT,
                "the journal is damaged: " + place + " cause=" + what + remedy,
                file,
                block,
                sequence,
                cause);
    }

    /** What kind of failure this is. */
    public Reason reason() {
        return reason;
    }

    /** The name of the damaged file, empty when no file is to blame. */
    public String file() {
        return file;
    }

    /** The number of the damaged block within its file, from 0; -1 when no block is to blame. */
    public long block() {
        return block;
    }

    /** The first sequence that cannot be trusted; 0 when none is known. */
    public long sequence() {
        return sequence;
    }
}
