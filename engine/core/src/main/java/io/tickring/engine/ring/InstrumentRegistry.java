package io.tickring.engine.ring;

import io.tickring.engine.tick.Symbols;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntPredicate;

/**
 * Symbols and their dense ids, shared by all publishers. An id becomes visible only after its DEFINITION was published, so no
 * record can precede its definition. Thread-safe; looking up takes no lock.
 */
public final class InstrumentRegistry {
    /** No instrument has this symbol. */
    public static final int UNKNOWN = -1;

    private final ConcurrentMap<String, Integer> ids = new ConcurrentHashMap<>();
    private final int capacity;
    private int nextId;

    public InstrumentRegistry(int capacity) {
        this.capacity = capacity;
    }

    public int capacity() {
        return capacity;
    }

    /** The symbol's id, or {@link #UNKNOWN}. */
    public int find(String symbol) {
        return ids.getOrDefault(symbol, UNKNOWN);
    }

    /** Takes over a definition that already stands in the stream. Throws when there is no room for its id. */
    public synchronized void restore(int id, String symbol) {
        if (id < 0 || id >= capacity) {
            throw new IllegalArgumentException("instruments=" + capacity + " is too few: the journal defines " + symbol
                    + " as instrument " + (id + 1) + "; ask for more");
        }
        ids.put(symbol, id);
        nextId = Math.max(nextId, id + 1);
    }

    /** Gives a new symbol the next id; {@code publication} publishes the definition and answers whether it did. */
    synchronized int define(String symbol, IntPredicate publication) {
        int known = find(symbol);
        if (known != UNKNOWN) {
            return known;
        }
        if (!Symbols.isValid(symbol)) {
            return TickPublisher.SYMBOL_INVALID;
        }
        if (nextId == capacity) {
            return TickPublisher.INSTRUMENT_TABLE_FULL;
        }
        if (!publication.test(nextId)) {
            return (int) TickPublisher.CLOSED;
        }
        ids.put(symbol, nextId);
        return nextId++;
    }
}
