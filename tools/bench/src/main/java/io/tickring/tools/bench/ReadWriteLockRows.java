package io.tickring.tools.bench;

import io.tickring.engine.tick.Tick;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Mutable rows in a HashMap behind one ReentrantReadWriteLock: the write lock for each quote, the read lock for each copy of a row. */
final class ReadWriteLockRows implements RowDesign.Rows {
    private final Map<Integer, ActorRow> rows = new HashMap<>();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    ReadWriteLockRows() {
        for (int id = 0; id < TickSet.INSTRUMENTS; id++) {
            rows.put(id, new ActorRow());
        }
    }

    @Override
    public void write(TickSet set, long first, int count) {
        for (long number = first; number < first + count; number++) {
            Tick quote = set.tick(number);
            lock.writeLock().lock();
            try {
                rows.get(quote.instrumentId()).quote(quote);
            } finally {
                lock.writeLock().unlock();
            }
        }
    }

    @Override
    public RowDesign.RowReading reading() {
        ActorRow copy = new ActorRow();
        return new RowDesign.RowReading() {
            @Override
            public boolean read(int instrumentId) {
                lock.readLock().lock();
                try {
                    copy.copyFrom(rows.get(instrumentId));
                } finally {
                    lock.readLock().unlock();
                }
                return true;
            }

            @Override
            public boolean isBound() {
                return copy.isBound();
            }
        };
    }

    @Override
    public TableRows rows() {
        return id -> rows.get(id).fields();
    }
}
