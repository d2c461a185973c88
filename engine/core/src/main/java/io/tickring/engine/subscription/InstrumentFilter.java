package io.tickring.engine.subscription;

import io.tickring.engine.price.PriceTableDescriptor;
import java.util.BitSet;
import java.util.function.Predicate;

/** Which instruments a subscriber asked for: each symbol is looked at once, from then on a bit tells. One thread's. */
final class InstrumentFilter {
    private final Predicate<String> symbols;
    private final BitSet known = new BitSet();
    private final BitSet accepted = new BitSet();

    /** @param symbols null for all */
    InstrumentFilter(Predicate<String> symbols) {
        this.symbols = symbols;
    }

    void clear() {
        known.clear();
        accepted.clear();
    }

    boolean isKnown(int instrumentId) {
        return known.get(instrumentId);
    }

    /** Whether the instrument was asked for; false for one that is not known. */
    boolean accepts(int instrumentId) {
        return instrumentId >= 0 && accepted.get(instrumentId);
    }

    /** Learns an instrument; answers whether it is new and was asked for. */
    boolean define(int instrumentId, String symbol) {
        if (instrumentId < 0 || instrumentId >= PriceTableDescriptor.MAX_CAPACITY || known.get(instrumentId)) {
            return false;
        }
        known.set(instrumentId);
        boolean asked = symbols == null || symbols.test(symbol);
        accepted.set(instrumentId, asked);
        return asked;
    }
}
