package io.tickring.tools.bench;

/** The far end of a hop: gives what has come to {@link Arrivals}. One thread polls it; made and closed by any. */
interface SubscribeReceiver extends AutoCloseable {
    /** Takes what is there, up to a bound; answers how many messages, 0 for none. */
    int poll();

    @Override
    void close();
}
