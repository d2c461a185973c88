package io.tickring.engine.simulation;

/** What a storage does wrong, to see that a simulation finds it. */
enum Flaw {
    NONE,
    /** A new journal is not forced before its first record. */
    FORCES_NO_BEGINNING,
    /** Says that blocks are forced which are not. */
    ACKNOWLEDGES_UNFORCED,
    /** A kill takes the newest block, which was appended. */
    KEEPS_TOO_LATE,
    /** A tailer passes over a block now and then. */
    SKIPS_A_BLOCK,
    /** A tailer delivers a block twice now and then. */
    REPEATS_A_BLOCK,
    /** A block that does not prove itself is delivered all the same. */
    BELIEVES_DAMAGE,
    /** A snapshot is said to be older than it is. */
    MISDATES_SNAPSHOTS
}
