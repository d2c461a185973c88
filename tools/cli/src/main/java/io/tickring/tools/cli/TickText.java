package io.tickring.tools.cli;

import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.util.Arrays;

/** What the formats of ticks share: symbols by id in the format's own notation, the words for type and side, times. */
final class TickText {
    private static final byte[] NONE = {};
    private static final byte[] QUOTE = LineBuffer.ascii("quote");
    private static final byte[] TRADE = LineBuffer.ascii("trade");
    private static final byte[] BUY = LineBuffer.ascii("buy");
    private static final byte[] SELL = LineBuffer.ascii("sell");
    private static final byte[] NO_SIDE = LineBuffer.ascii("none");

    private byte[][] symbols = new byte[64][];

    /** {@code text} is the symbol as the format writes it. */
    void define(int instrumentId, String text) {
        if (instrumentId >= symbols.length) {
            symbols = Arrays.copyOf(symbols, Math.max(2 * symbols.length, instrumentId + 1));
        }
        symbols[instrumentId] = LineBuffer.ascii(text);
    }

    /** Empty for an id that was never defined. */
    byte[] symbol(int instrumentId) {
        byte[] known = instrumentId >= 0 && instrumentId < symbols.length ? symbols[instrumentId] : null;
        return known == null ? NONE : known;
    }

    static byte[] type(Tick tick) {
        return tick.type() == TickDescriptor.QUOTE ? QUOTE : TRADE;
    }

    /** The aggressor's side. */
    static byte[] side(Tick tick) {
        return side(tick.side());
    }

    static byte[] side(byte side) {
        return switch (side) {
            case TickDescriptor.SIDE_BUY -> BUY;
            case TickDescriptor.SIDE_SELL -> SELL;
            default -> NO_SIDE;
        };
    }
}
