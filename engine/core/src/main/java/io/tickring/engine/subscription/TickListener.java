package io.tickring.engine.subscription;

import io.tickring.engine.price.PriceRow;
import io.tickring.engine.price.PriceTableReader;
import io.tickring.engine.tick.PriceState;
import io.tickring.engine.tick.Tick;

/**
 * What a subscriber does with what it is given, on the thread that polls. What is handed in is valid during the call alone. A throw ends
 * this subscription and nothing else.
 */
public interface TickListener {
    /** A quote or a trade. */
    default void onTick(Tick tick) {}

    /**
     * The price of an instrument has become stale or has expired, by the record with {@code sequence}; its next tick makes it live again.
     * What has come since the judged tick is known as far as it was given: one in a gap, or before the beginning, may have made it live
     * already. Where rows are given they tell the state.
     *
     * @param timeNs since the epoch, by the engine's clock
     */
    default void onState(int instrumentId, PriceState state, long sequence, long timeNs) {}

    /**
     * An instrument that the filter accepts, before the first that speaks of it. After another start of the engine all are told again: one
     * that journals nothing may have given an id to another symbol.
     */
    default void onInstrument(int instrumentId, String symbol) {}

    /** The records with these sequences are not given: before what follows, after what was given. */
    default void onMissed(long firstSequence, long lastSequence, MissedCause cause) {}

    /**
     * The newest state of an instrument that has changed.
     *
     * @param folded how many ticks lie between this state and the one that was given last, or the instrument's first; 0 at the first
     *     look at an instrument that was there before
     */
    default void onRow(PriceRow row, long folded) {}

    /** The whole table as it was at a sequence; ticks follow from the one behind it on. */
    default void onSnapshot(PriceTableReader table, long sequence) {}
}
