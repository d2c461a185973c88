package io.tickring.engine.journaling;

import java.util.Locale;

/** Sequences that a journal says it does not have: {@code from} to {@code to}, both of them missing. */
public record JournalGap(long from, long to, GapCause cause) {
    /** How many records are missing. */
    public long count() {
        return to - from + 1;
    }

    /** For people, in one line. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "sequences %d to %d are not in the journal: %s, %s", from, to, cause, cause.text());
    }
}
