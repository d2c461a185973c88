package io.tickring.engine.journaling;

import io.tickring.journal.JournalRoll;

/** How often a journal begins a new file. */
public enum RollInterval {
    HOURLY(JournalRoll.HOURLY),
    DAILY(JournalRoll.DAILY),
    MINUTELY(JournalRoll.MINUTELY),
    SECONDLY(JournalRoll.SECONDLY);

    final JournalRoll journalRoll;

    RollInterval(JournalRoll journalRoll) {
        this.journalRoll = journalRoll;
    }
}
