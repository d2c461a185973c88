package io.tickring.engine;

/** When readers of the price table see a tick. */
public enum Visibility {
    /** Once it is journaled: whatever anyone has seen survives the death of the process. Needs a journal. */
    JOURNALED,
    /** At once, while it is being journaled. */
    APPLIED
}
