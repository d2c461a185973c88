package io.tickring.app;

/** What is said of a run while it goes on. Used by the thread that watches the run. */
interface Narration extends AutoCloseable {
    /** {@link System#nanoTime} at which it wants to be called next. */
    long dueNs();

    /** Says what there is to say; called when it is due. */
    void next(long nowNs);

    /** Nothing more is said. Idempotent. */
    @Override
    void close();

    /** Says nothing. */
    static Narration silence(long neverNs) {
        return new Narration() {
            @Override
            public long dueNs() {
                return neverNs;
            }

            @Override
            public void next(long nowNs) {}

            @Override
            public void close() {}
        };
    }
}
