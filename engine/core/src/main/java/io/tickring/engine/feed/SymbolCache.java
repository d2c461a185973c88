package io.tickring.engine.feed;

import java.util.Arrays;

/**
 * The ids of the symbols that a feed has met, found by characters in a parser's buffer without making a string: open addressing,
 * linear probing. Symbols that were refused are kept with their code too, up to a bound. One thread.
 */
final class SymbolCache {
    /** The symbol was not met yet. */
    static final int UNKNOWN = Integer.MIN_VALUE;

    private static final int INITIAL_LENGTH = 256;

    private final int maxRefused;
    private char[][] symbols = new char[INITIAL_LENGTH][];
    private int[] ids = new int[INITIAL_LENGTH];
    private int size;
    private int refused;

    SymbolCache(int maxRefused) {
        this.maxRefused = maxRefused;
    }

    /** The id or negative code that was put for the symbol, or {@link #UNKNOWN}. */
    int find(char[] text, int length) {
        int slot = slot(text, length);
        return symbols[slot] == null ? UNKNOWN : ids[slot];
    }

    /** Keeps the id, or the negative code, of a symbol that {@link #find} does not know. */
    void put(char[] text, int length, int id) {
        if (id < 0 && refused++ >= maxRefused) {
            return;
        }
        if (++size * 2 > symbols.length) {
            grow();
        }
        store(Arrays.copyOf(text, length), id);
    }

    private void store(char[] symbol, int id) {
        int slot = slot(symbol, symbol.length);
        symbols[slot] = symbol;
        ids[slot] = id;
    }

    private void grow() {
        char[][] oldSymbols = symbols;
        int[] oldIds = ids;
        symbols = new char[oldSymbols.length * 2][];
        ids = new int[symbols.length];
        for (int i = 0; i < oldSymbols.length; i++) {
            if (oldSymbols[i] != null) {
                store(oldSymbols[i], oldIds[i]);
            }
        }
    }

    private int slot(char[] text, int length) {
        int mask = symbols.length - 1;
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + text[i];
        }
        int slot = (hash ^ hash >>> 15) & mask;
        while (symbols[slot] != null && !Arrays.equals(symbols[slot], 0, symbols[slot].length, text, 0, length)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
