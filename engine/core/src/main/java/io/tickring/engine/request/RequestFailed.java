package io.tickring.engine.request;

import io.tickring.engine.tick.TickDescriptor;

/** The engine cannot do what is asked, however often it is asked: the message names the thing, its value and the remedy. */
public final class RequestFailed extends RuntimeException {
    /** What stands against it. */
    public enum Reason {
        /** A flush of an engine that journals nothing. */
        NO_JOURNAL,
        /** A flush of records that the journal passed over. */
        NOT_JOURNALED,
        /** A definition of what can be no symbol. */
        SYMBOL_INVALID,
        /** A definition for which the price table has no row. */
        INSTRUMENT_TABLE_FULL,
        /** There was no memory for the answer. */
        NO_MEMORY
    }

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private RequestFailed(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static RequestFailed noJournal() {
        return new RequestFailed(
                Reason.NO_JOURNAL,
                "request=flush journaling=off: this engine journals nothing; give it a data folder and journaling");
    }

    static RequestFailed notJournaled(long sequence, long journaledSequence) {
        return new RequestFailed(
                Reason.NOT_JOURNALED,
                "request=flush sequence=" + sequence + " journaledSequence=" + journaledSequence
                        + ": the journal passes records over, or did so since this was asked, and will not have all of"
                        + " them; make room on its disk, and flush again when the engine is no longer degraded");
    }

    static RequestFailed invalid(String symbol) {
        return new RequestFailed(
                Reason.SYMBOL_INVALID,
                "request=define symbol=\"" + symbol + "\": give 1 to " + TickDescriptor.SYMBOL_LENGTH
                        + " printable ASCII characters without spaces");
    }

    static RequestFailed full(String symbol, int instruments) {
        return new RequestFailed(
                Reason.INSTRUMENT_TABLE_FULL,
                "request=define symbol=" + symbol + " instruments=" + instruments
                        + ": the table is full; start the engine with more instruments");
    }

    static RequestFailed noMemory(int instruments) {
        return new RequestFailed(
                Reason.NO_MEMORY,
                "request=snapshot instruments=" + instruments
                        + ": no memory for a copy of the table; keep fewer snapshots, or give the JVM more");
    }

    public Reason reason() {
        return reason;
    }
}
