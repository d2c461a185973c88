package io.tickring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.TickDescriptor;

/** Quotes of one instrument, a claim each, whose bids and times count from 1. */
final class Quotes {
    private Quotes() {}

    /** By a publisher of their own, which defines {@code symbol} first where it is new. */
    static void publish(Engine engine, String symbol, int count) {
        TickPublisher publisher = engine.newPublisher("p");
        publish(publisher, publisher.define(symbol), count);
    }

    static void publish(TickPublisher publisher, int id, int count) {
        for (int i = 1; i <= count; i++) {
            assertThat(publisher.awaitClaim(1)).isPositive();
            publisher.claim().tick(0).quote(id, TickDescriptor.NO_TIME, i, i, i + 1, 1, 1);
            publisher.claim().commit();
        }
    }
}
