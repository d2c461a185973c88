package io.tickring.engine.feed;

import io.tickring.engine.ring.TickPublisher;

/** The ids of a feed's symbols, each asked of the output once. One thread; allocates nothing for a symbol that was met before. */
final class Instruments {
    private static final int MAX_REFUSED_SYMBOLS = 4096;

    private final SymbolCache symbols = new SymbolCache(MAX_REFUSED_SYMBOLS);

    /** The id of the symbol in the first {@code length} characters, or a negative code of {@link TickPublisher#define}. */
    int id(char[] symbol, int length, FeedOutput output) {
        if (length == 0) {
            return TickPublisher.SYMBOL_INVALID;
        }
        int id = symbols.find(symbol, length);
        if (id == SymbolCache.UNKNOWN) {
            id = output.instrument(new String(symbol, 0, length));
            if (id != TickPublisher.CLOSED) {
                symbols.put(symbol, length, id);
            }
        }
        return id;
    }

    /** Why there is a code and no id; null when the ring has closed: the line is not read any more. */
    static RejectReason refusal(int code) {
        return switch (code) {
            case TickPublisher.SYMBOL_INVALID -> RejectReason.SYMBOL_INVALID;
            case TickPublisher.INSTRUMENT_TABLE_FULL -> RejectReason.INSTRUMENT_TABLE_FULL;
            default -> null;
        };
    }
}
