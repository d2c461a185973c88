package io.tickring.engine.subscription;

/** Where a subscription takes what it gives. The subscriber's thread, but for {@link #head()} and {@link #position()}. */
interface Source extends AutoCloseable {
    /** Gives what there is, at most about {@code limit} ticks or rows, and never waits; answers how many were given. */
    int poll(Delivery delivery, int limit) throws Exception;

    /** The newest sequence that was looked at; -1 before the first, and before a snapshot. Any thread. */
    long position();

    /** The sequence behind which its first one lies: what comes before is not its to look at. 0 where all is. Any thread. */
    default long begunBehind() {
        return 0;
    }

    /** The newest sequence there is. Any thread. */
    long head();

    /** Whether the last poll left something that it could have looked at. */
    default boolean hasMore() {
        return false;
    }

    /** Why nothing more will come; null while something may. */
    default EndReason end() {
        return null;
    }

    /** Gives up what others wait for. Any thread. */
    default void letGo() {}

    @Override
    default void close() {}
}
