package io.tickring.engine;

/**
 * An engine cannot start, or does not have what it is asked for: the message says in one line what is wrong, with the value, and what
 * to do. Nothing is left half-done.
 */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean journalDamaged;

    EngineException(String message, Throwable cause, boolean journalDamaged) {
        super(message, cause);
        this.journalDamaged = journalDamaged;
    }

    /** Whether the journal is damaged; else a setting or a folder is wrong. */
    public boolean isJournalDamaged() {
        return journalDamaged;
    }
}
