package io.tickring.tools.bench;

import io.tickring.engine.tick.Tick;

/** A tick as an actor's message: an immutable object of its own. The four values are those of a quote or of a trade, as in the record. */
record TickMessage(
        byte type,
        int instrumentId,
        byte side,
        long sequence,
        long exchangeTimeNs,
        long receiveTimeNs,
        long first,
        long second,
        long third,
        long fourth) {
    static TickMessage of(Tick tick) {
        return new TickMessage(
                tick.type(),
                tick.instrumentId(),
                tick.side(),
                tick.sequence(),
                tick.exchangeTimeNs(),
                tick.receiveTimeNs(),
                tick.bid(),
                tick.ask(),
                tick.bidSize(),
                tick.askSize());
    }
}
