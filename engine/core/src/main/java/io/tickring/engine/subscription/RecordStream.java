package io.tickring.engine.subscription;

import org.agrona.DirectBuffer;

/** Records run by run, or what is missing of them. What is given is valid until the next call. One thread's. */
interface RecordStream extends AutoCloseable {
    /** Goes to the next run, or the next hole; false while there is neither. Never waits. */
    boolean next() throws Exception;

    /** The records are {@link #count()} times 64 bytes from {@link #offset()} on; none where some are missing. */
    DirectBuffer records();

    int offset();

    int count();

    /** The first sequence that is missing before {@link #records()}, 0 where none is. */
    default long firstMissed() {
        return 0;
    }

    default long lastMissed() {
        return 0;
    }

    default MissedCause missedCause() {
        return MissedCause.LAPPED;
    }

    /** Whether this is the first that comes of another start of the engine, whose instruments may be others. */
    default boolean isOfAnotherStart() {
        return false;
    }

    /** The newest sequence that was passed over because the stream's beginning lies behind it; 0 for none. */
    default long passed() {
        return 0;
    }

    /** Keeps what there is, to be given by the next calls, where it would not stay by itself. */
    default void keep() {}

    /** Holds definitions that come before what is given, {@link #definitionsBeforeCount()} from 0 on. */
    default DirectBuffer definitionsBefore() {
        return null;
    }

    default int definitionsBeforeCount() {
        return 0;
    }

    /** Whether {@link #next()} answered false without a look. */
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
