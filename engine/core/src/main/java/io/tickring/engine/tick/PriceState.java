package io.tickring.engine.tick;

/** How old an instrument's price is against its time to live. The order is the one in which a price without a tick grows old. */
public enum PriceState {
    /** A tick makes it so. */
    LIVE,
    /** Without a tick for longer than the time to live. */
    STALE,
    /** Without a tick for so long that nobody should trade on it. */
    EXPIRED;

    private static final PriceState[] ALL = values();

    /** As it stands in a record and in a row of the price table. */
    public byte code() {
        return (byte) ordinal();
    }

    /** The state of a {@link #code}; null for a number that is none. */
    public static PriceState of(long code) {
        return code >= 0 && code < ALL.length ? ALL[(int) code] : null;
    }

    /** The state after this one; the last is its own. */
    public PriceState next() {
        return this == EXPIRED ? EXPIRED : ALL[ordinal() + 1];
    }
}
