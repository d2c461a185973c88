package io.tickring.tools.bench;

import io.tickring.engine.tick.Tick;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Mutable rows in a HashMap behind one ReentrantReadWriteLock: the write lock for each quote, the read lock for each copy of a row.
 * What is older than its time to live is not had.
 */
final class ReadWriteLockRows implements RowDesign.Rows {
    private final Map<Integer, ActorRow> rows = new HashMap<>();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final TimeToLive timeToLive;

    ReadWriteLockRows(TimeToLive timeToLive) {
        this.timeToLive = timeToLive;
        for (int id = 0; id < TickSet.INSTRUMENTS; id++) {
            rows.put(id, new ActorRow(timeToLive.stamp()));
        }
    }

    @Override
    public void write(TickSet set, long first, int count) {
        for (long number = first; number < first + count; number++) {
            Tick quote = set.tick(number);
            lock.writeLock().lock();
            try {
                ActorRow row = rows.get(quote.instrumentId());
                row.quote(quote);
                row.written(timeToLive.stamp());
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
                return timeToLive.isLive(copy.writtenNs());
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
