package io.tickring.engine.tick;

import static io.tickring.engine.tick.TickDescriptor.SYMBOL_LENGTH;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** What a symbol may be: 1 to 32 printable ASCII characters without spaces; and how it lies in a record: padded with zeros. */
public final class Symbols {
    private Symbols() {}

    public static boolean isValid(CharSequence symbol) {
        int length = symbol.length();
        if (length == 0 || length > SYMBOL_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (symbol.charAt(i) <= ' ' || symbol.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** Writes a valid symbol and the zeros after it: 32 bytes from {@code offset}. */
    public static void encode(CharSequence symbol, MutableDirectBuffer buffer, int offset) {
        int length = buffer.putStringWithoutLengthAscii(offset, symbol);
        buffer.setMemory(offset + length, SYMBOL_LENGTH - length, (byte) 0);
    }

    /** Reads the symbol that starts at {@code offset}. */
    public static String decode(DirectBuffer buffer, int offset) {
        int length = 0;
        while (length < SYMBOL_LENGTH && buffer.getByte(offset + length) != 0) {
            length++;
        }
        return buffer.getStringWithoutLengthAscii(offset, length);
    }
}
