package io.tickring.tools.bench;

import io.tickring.engine.tick.Tick;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.StampedLock;

/**
 * Mutable rows in a HashMap behind one StampedLock: the write lock for each quote; a copy is read without a lock and proved, or
 * under the read lock if that fails. No row is added meanwhile, so the map itself never changes. What is older than its time to live
 * is not had.
 */
final class StampedLockRows implements RowDesign.Rows {
    private final Map<Integer, ActorRow> rows = new HashMap<>();
    private final StampedLock lock = new StampedLock();
    private final TimeToLive timeToLive;

    StampedLockRows(TimeToLive timeToLive) {
        this.timeToLive = timeToLive;
        for (int id = 0; id < TickSet.INSTRUMENTS; id++) {
            rows.put(id, new ActorRow(timeToLive.stamp()));
        }
    }

    @Override
    public void write(TickSet set, long first, int count) {
        for (long number = first; number < first + count; number++) {
            Tick quote = set.tick(number);
            long stamp = lock.writeLock();
            try {
                ActorRow row = rows.get(quote.instrumentId());
                row.quote(quote);
                row.written(timeToLive.stamp());
            } finally {
                lock.unlockWrite(stamp);
            }
        }
    }

    @Override
    public RowDesign.RowReading reading() {
        ActorRow copy = new ActorRow();
        return new RowDesign.RowReading() {
            @Override
            public boolean read(int instrumentId) {
                long stamp = lock.tryOptimisticRead();
                if (stamp != 0) {
                    copy.copyFrom(rows.get(instrumentId));
                    if (lock.validate(stamp)) {
                        return timeToLive.isLive(copy.writtenNs());
                    }
                }
                stamp = lock.readLock();
                try {
                    copy.copyFrom(rows.get(instrumentId));
                } finally {
                    lock.unlockRead(stamp);
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
