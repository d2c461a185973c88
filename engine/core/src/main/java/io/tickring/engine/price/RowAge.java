package io.tickring.engine.price;

import io.tickring.engine.tick.PriceState;

/** What tells how old a row is, all of one moment, filled by {@link PriceTableReader#readAge} again and again. One thread's. */
public final class RowAge {
    long sequence;
    byte stateCode;
    long appliedTimeNs;

    /** As {@link PriceRow#sequence()}. */
    public long sequence() {
        return sequence;
    }

    /** As {@link PriceRow#state()}. */
    public PriceState state() {
        return PriceState.of(stateCode);
    }

    /** As {@link PriceRow#appliedTimeNs()}. */
    public long appliedTimeNs() {
        return appliedTimeNs;
    }
}
