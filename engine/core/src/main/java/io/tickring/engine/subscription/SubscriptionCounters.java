package io.tickring.engine.subscription;

/** Where a subscription's figures are shown. Written by the subscriber's thread, the lag by whoever watches too. */
interface SubscriptionCounters {
    /** Shows nothing: the figures are the subscription's own. */
    SubscriptionCounters UNSEEN = (delivered, missed, folded, lagRecords, lagNs) -> {};

    /**
     * @param lagRecords how many records there are behind the last one that was given
     * @param lagNs how long ago there was none; 0 while there is none
     */
    void show(long delivered, long missed, long folded, long lagRecords, long lagNs);

    /** What was given up to {@code sequence} is done with. The subscriber's thread. */
    default void readUpTo(long sequence) {}

    /** They are no longer written. */
    default void close() {}
}
