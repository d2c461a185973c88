package io.tickring.engine.subscription;

/** Where a subscription's figures are shown. */
interface SubscriptionCounters {
    /** Shows nothing: the figures are the subscription's own. */
    SubscriptionCounters UNSEEN = new SubscriptionCounters() {};

    /** Each counts from the subscription's begin. The subscriber's thread. */
    default void show(long delivered, long missed, long folded) {}

    /**
     * Any thread.
     *
     * @param lagRecords how many records there are behind the last one that was given
     * @param lagNs how long ago there was none; 0 while there is none
     */
    default void showLag(long lagRecords, long lagNs) {}

    /** What was given up to {@code sequence} is done with. The subscriber's thread. */
    default void readUpTo(long sequence) {}

    /** They are no longer written. */
    default void close() {}
}
