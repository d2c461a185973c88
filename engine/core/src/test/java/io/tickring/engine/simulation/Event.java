package io.tickring.engine.simulation;

/** What can happen in a simulation, to see that it does. */
enum Event {
    ORDERLY_END,
    KILL,
    POWER_CUT,
    /** An end in the middle of an append, a force, a snapshot or a start. */
    END_IN_AN_OPERATION,
    FAILED_APPEND,
    FAILED_FORCE,
    FAILED_SNAPSHOT,
    /** A publisher's thread has ended with a claim in hand. */
    DEAD_CLAIM,
    STRANGER,
    /** A handler has thrown at a tick. */
    SKIP,
    /** Records are not in the journal, for the disk was full. */
    GAP,
    /** A start from a snapshot that lies where the journal has nothing. */
    SNAPSHOT_IN_A_GAP,
    SNAPSHOT_AND_RECORDS,
    SNAPSHOT_PASSED_OVER,
    TORN_TAIL,
    /** A start was refused, for a bit has flipped. */
    DAMAGE_FOUND,
    /** A start did not need what a bit has flipped in. */
    DAMAGE_NOT_READ,
    /** A start found a journal that was not yet made when the process or the power went. */
    BEGUN_ANEW
}
