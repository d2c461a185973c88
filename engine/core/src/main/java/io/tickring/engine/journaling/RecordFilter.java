package io.tickring.engine.journaling;

import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.util.BitSet;

/** Where in a journal's stream a {@link JournalRange} begins and ends, and which ticks it takes. Sees every record in order, once. */
final class RecordFilter {
    /** What becomes of a record. */
    enum Verdict {
        /** Before the range: not given on. */
        BEFORE,
        /** Given on as it stands. */
        TAKEN,
        /** Keeps its sequence and loses its content: it speaks of a symbol that is not asked for, as a tick, skipped or judged stale. */
        BLANKED,
        /** Behind the range, and so are all that follow. */
        BEHIND
    }

    private final JournalRange range;
    private final BitSet accepted = new BitSet();
    private boolean begun;
    private long ticksTaken;

    RecordFilter(JournalRange range) {
        this.range = range;
        this.begun = range.from() == null;
    }

    /** Learns a symbol's id: from a definition in the stream or one before it. */
    void define(Tick definition) {
        if (InstrumentIds.isLegal(definition.instrumentId())
                && (range.symbols() == null || range.symbols().test(definition.symbol()))) {
            accepted.set(definition.instrumentId());
        }
    }

    Verdict judge(Tick record) {
        if (ticksTaken == range.limit() || isBehind(record)) {
            return Verdict.BEHIND;
        }
        begun = begun || begins(record);
        if (record.type() == TickDescriptor.DEFINITION) {
            define(record);
        }
        if (!begun) {
            return Verdict.BEFORE;
        }
        boolean speaksOfAnInstrument =
                record.isTick() || record.type() == TickDescriptor.SKIP || record.type() == TickDescriptor.STALE;
        if (speaksOfAnInstrument && range.symbols() != null && !isAccepted(record.instrumentId())) {
            return Verdict.BLANKED;
        }
        ticksTaken += record.isTick() ? 1 : 0;
        return Verdict.TAKEN;
    }

    /** Whether no record behind {@code lastSequence}, which was judged, can lie in the range; false if only a record can tell. */
    boolean isComplete(long lastSequence) {
        boolean atEnd = range.to() != null
                && !range.to().isTime()
                && lastSequence >= range.to().value();
        return atEnd || ticksTaken == range.limit();
    }

    private boolean isAccepted(int instrumentId) {
        return InstrumentIds.isLegal(instrumentId) && accepted.get(instrumentId);
    }

    /** Whether the range begins at this record or before it. */
    boolean begins(Tick record) {
        return range.from().isTime()
                ? record.isTick() && record.receiveTimeNs() >= range.from().value()
                : record.sequence() >= range.from().value();
    }

    private boolean isBehind(Tick record) {
        if (range.to() == null) {
            return false;
        }
        return range.to().isTime()
                ? record.isTick() && record.receiveTimeNs() > range.to().value()
                : record.sequence() > range.to().value();
    }
}
