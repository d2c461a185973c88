package io.tickring.engine;

/** When readers of the price table see a tick. */
public enum Visibility {
    /**
     * Once it is journaled: whatever anyone has seen survives the death of the process. Needs a journal. While that pauses for want of room
     * the engine serves on, degraded, and this does not hold; {@link DegradedPolicy#STOP} ends it then.
     */
    JOURNALED,
    /** At once, while it is being journaled. */
    APPLIED
}
