package io.tickring.engine.feed;

import static io.tickring.engine.tick.TickDescriptor.DEFINITION;
import static io.tickring.engine.tick.TickDescriptor.QUOTE;
import static io.tickring.engine.tick.TickDescriptor.TRADE;

import io.tickring.engine.tick.Tick;
import java.util.List;

/** A record as a value: everything but its sequence and source. */
record TickEvent(
        int type,
        int side,
        int id,
        long exchangeTimeNs,
        long receiveTimeNs,
        long first,
        long second,
        long third,
        long fourth,
        String symbol) {

    static TickEvent of(Tick tick) {
        return switch (tick.type()) {
            case QUOTE ->
                quote(
                        tick.instrumentId(),
                        tick.exchangeTimeNs(),
                        tick.receiveTimeNs(),
                        tick.bid(),
                        tick.ask(),
                        tick.bidSize(),
                        tick.askSize());
            case TRADE ->
                trade(
                        tick.instrumentId(),
                        tick.exchangeTimeNs(),
                        tick.receiveTimeNs(),
                        tick.price(),
                        tick.size(),
                        tick.tradeId(),
                        tick.side());
            default ->
                new TickEvent(
                        tick.type(),
                        tick.side(),
                        tick.instrumentId(),
                        tick.exchangeTimeNs(),
                        tick.receiveTimeNs(),
                        0,
                        0,
                        0,
                        0,
                        tick.type() == DEFINITION ? tick.symbol() : "");
        };
    }

    static TickEvent quote(
            int id, long exchangeTimeNs, long receiveTimeNs, long bid, long ask, long bidSize, long askSize) {
        return new TickEvent(QUOTE, 0, id, exchangeTimeNs, receiveTimeNs, bid, ask, bidSize, askSize, "");
    }

    static TickEvent trade(
            int id, long exchangeTimeNs, long receiveTimeNs, long price, long size, long tradeId, int side) {
        return new TickEvent(TRADE, side, id, exchangeTimeNs, receiveTimeNs, price, size, tradeId, 0, "");
    }

    static List<TickEvent> ticksOf(List<TickEvent> events) {
        return events.stream()
                .filter(e -> e.type() == QUOTE || e.type() == TRADE)
                .toList();
    }

    static List<String> symbolsOf(List<TickEvent> events) {
        return events.stream()
                .filter(e -> e.type() == DEFINITION)
                .map(TickEvent::symbol)
                .toList();
    }
}
