package io.tickring.tools.bench;

import java.io.IOException;
import java.nio.file.Path;

/** An opened peer of ingest: takes ticks from producers to the table and, where it has one, the journal. Definitions are in it already. */
interface Pipeline extends AutoCloseable {
    /** What opens one, all its files in {@code folder}. */
    @FunctionalInterface
    interface Opener {
        Pipeline open(Path folder, Workload workload) throws IOException;
    }

    /** The door of a producer, from 0. */
    Inlet inlet(int producer);

    /**
     * Returns once so many ticks, all that were published, are through every stage.
     *
     * @throws BenchException if they do not come
     */
    void awaitThrough(long ticks);

    /** What has ended one of its threads too soon, or null; producers would wait for room for ever then. */
    default Throwable failure() {
        return null;
    }

    /** The table as it is; before {@link #close()}, after {@link #awaitThrough}. */
    TableRows rows();

    /** Threads that never rest while there is work, but for the producers. */
    int busyThreads();

    /** What the journal's records take in its files; called after {@link #close()}. */
    default long journalBytes() {
        return 0;
    }

    /** Ends its threads and closes its files; throws if it failed meanwhile. */
    @Override
    void close() throws IOException;
}
