package io.tickring.engine.journaling;

import io.tickring.engine.feed.FeedOutput;
import io.tickring.engine.feed.RejectReason;
import io.tickring.engine.ring.TickPublisher;
import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.util.Arrays;

/** Ticks of a journal on their way into an engine that gives sequences and ids of its own: an instrument is found by its symbol. */
final class RenumberedTicks {
    private static final int UNMAPPED = Integer.MIN_VALUE;

    private final String source;
    private int[] ownIds = {};
    private String[] symbols = {};

    /** @param source of the ticks, as a rejected one names it */
    RenumberedTicks(String source) {
        this.source = source;
    }

    /** Notes which symbol an id of the journal stands for. */
    void learn(Tick definition) {
        int id = definition.instrumentId();
        if (!InstrumentIds.isLegal(id)) {
            return;
        }
        if (id >= symbols.length) {
            int length = Math.max(64, 2 * id);
            symbols = Arrays.copyOf(symbols, length);
            int known = ownIds.length;
            ownIds = Arrays.copyOf(ownIds, length);
            Arrays.fill(ownIds, known, length, UNMAPPED);
        }
        symbols[id] = definition.symbol();
    }

    /** Gives on a tick of the journal, or counts it as rejected. */
    void give(Tick tick, FeedOutput output) {
        int id = ownId(output, tick.instrumentId());
        if (id < 0) {
            if (id != TickPublisher.CLOSED) {
                RejectReason reason = id == TickPublisher.INSTRUMENT_TABLE_FULL
                        ? RejectReason.INSTRUMENT_TABLE_FULL
                        : RejectReason.SYMBOL_INVALID;
                output.rejected(reason, source, tick.sequence());
            }
            return;
        }
        output.awaitDue(tick.receiveTimeNs());
        if (tick.type() == TickDescriptor.QUOTE) {
            output.quote(
                    id,
                    tick.exchangeTimeNs(),
                    tick.receiveTimeNs(),
                    tick.bid(),
                    tick.ask(),
                    tick.bidSize(),
                    tick.askSize());
        } else {
            output.trade(
                    id,
                    tick.exchangeTimeNs(),
                    tick.receiveTimeNs(),
                    tick.price(),
                    tick.size(),
                    tick.tradeId(),
                    tick.side());
        }
    }

    private int ownId(FeedOutput output, int id) {
        if (id < 0 || id >= symbols.length || symbols[id] == null) {
            return TickPublisher.SYMBOL_INVALID;
        }
        if (ownIds[id] == UNMAPPED) {
            ownIds[id] = output.instrument(symbols[id]);
        }
        return ownIds[id];
    }
}
