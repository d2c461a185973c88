package io.tickring.engine.analytics;

import org.agrona.DirectBuffer;

/** Told what a row of figures does not keep. Of one instrument by one thread at a time, of several by as many threads. */
interface FiguresListener {
    /** Keeps nothing. */
    FiguresListener NONE = new FiguresListener() {};

    /** A final bar is about to be overwritten; it lies at {@code slot} of {@code table} during the call. */
    default void onBar(int id, int kind, DirectBuffer table, int slot) {}

    /** A trade came too late for the bar that begins at {@code startNs}. */
    default void onLate(int id, int kind, long startNs) {}

    /**
     * The log return of a step of the grid against the step before; steps from the first with a return on that are not told have a
     * return of 0.
     */
    default void onReturn(int id, long firstStep, long step, double logReturn) {}
}
