package io.tickring.engine.ring;

import io.tickring.engine.tick.Symbols;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntToLongFunction;

/**
 * Symbols and their dense ids, shared by all publishers. An id becomes visible only after its DEFINITION was published, so no
 * record can precede its definition. Thread-safe; looking up takes no lock.
 */
public final class InstrumentRegistry {
    /** No instrument has this symbol. */
    public static final int UNKNOWN = -1;

    private final ConcurrentMap<String, Integer> ids = new ConcurrentHashMap<>();
    private final int capacity;
    /** Held while a symbol gets its id, and while that waits for room in the ring. */
    private final ReentrantLock defining = new ReentrantLock();

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
    public void restore(int id, String symbol) {
        defining.lock();
        try {
            if (id < 0 || id >= capacity) {
                throw new IllegalArgumentException("instruments=" + capacity + " is too few: the journal defines "
                        + symbol + " as instrument " + (id + 1) + "; ask for more");
            }
            ids.put(symbol, id);
            nextId = Math.max(nextId, id + 1);
        } finally {
            defining.unlock();
        }
    }

    /**
     * Gives a new symbol the next id; {@code publication} publishes the definition and answers its sequence, or a negative code.
     *
     * @return what {@code publication} answers, or KNOWN, SYMBOL_INVALID, INSTRUMENT_TABLE_FULL
     */
    long define(String symbol, IntToLongFunction publication) {
        defining.lock();
        try {
            return defineLocked(symbol, publication);
        } finally {
            defining.unlock();
        }
    }

    /** As {@link #define}; answers BACK_PRESSURED when another thread is defining. */
    long tryDefine(String symbol, IntToLongFunction publication) {
        if (!defining.tryLock()) {
            return TickPublisher.BACK_PRESSURED;
        }
        try {
            return defineLocked(symbol, publication);
        } finally {
            defining.unlock();
        }
    }

    private long defineLocked(String symbol, IntToLongFunction publication) {
        if (find(symbol) != UNKNOWN) {
            return TickPublisher.KNOWN;
        }
        if (!Symbols.isValid(symbol)) {
            return TickPublisher.SYMBOL_INVALID;
        }
        if (nextId == capacity) {
            return TickPublisher.INSTRUMENT_TABLE_FULL;
        }
        long sequence = publication.applyAsLong(nextId);
        if (sequence > 0) {
            ids.put(symbol, nextId++);
        }
        return sequence;
    }
}
