package io.tickring.tools.bench;

import io.tickring.engine.EngineContext;

/** The near end of a way from an engine's ring to its subscribers: a stage, and what it writes into. */
interface SubscribeHop extends AutoCloseable {
    /** Adds the stage to an engine that is not launched yet. */
    void addTo(EngineContext context);

    /** By this a {@link SubscribeKind#receiver receiver} finds it, in any process. */
    String address();

    /** Returns when what is sent from now on reaches a receiver that is open. */
    void awaitReceiver();

    /** After the engine was closed. */
    @Override
    void close();
}
