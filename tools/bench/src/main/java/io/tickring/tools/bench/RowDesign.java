package io.tickring.tools.bench;

import java.util.List;
import java.util.function.Supplier;

/** A way to keep rows that one thread writes and others read whole. */
record RowDesign(String name, Supplier<Rows> fresh) {
    /** A table of {@link TickSet#INSTRUMENTS} rows, empty at first. */
    interface Rows {
        /** Applies quotes of a set one by one; each is there for readers when it is done. One thread. {@code count}: 64 at most. */
        void write(TickSet set, long first, int count);

        /** What a thread reads with, its own. */
        RowReading reading();

        /** As the table stands, when nobody writes. */
        TableRows rows();
    }

    /** A reader's copy of a row. One thread's. */
    interface RowReading {
        /** Takes all fields of a row as they were at one moment. Answers false when they could not be had. */
        boolean read(int instrumentId);

        /** Whether what was read is one quote of {@link TickSet#bound}. */
        boolean isBound();
    }

    /** Tickring's first. */
    static List<RowDesign> all() {
        return List.of(
                new RowDesign("off-heap table", () -> new OffHeapRows(false)),
                new RowDesign("ReentrantReadWriteLock + HashMap", () -> new ReadWriteLockRows(TimeToLive.NONE)),
                new RowDesign("StampedLock + HashMap", () -> new StampedLockRows(TimeToLive.NONE)),
                new RowDesign("ConcurrentHashMap", () -> new ConcurrentRows(true, TimeToLive.NONE)),
                new RowDesign("ConcurrentHashMap by reference", () -> new ConcurrentRows(false, TimeToLive.NONE)));
    }

    /** As caches of the last price: what is older than its time to live is not had. Tickring's first. */
    static List<RowDesign> caches(TimeToLive timeToLive) {
        return List.of(
                new RowDesign("off-heap table", () -> new OffHeapRows(true)),
                new RowDesign("ReentrantReadWriteLock cache", () -> new ReadWriteLockRows(timeToLive)),
                new RowDesign("StampedLock cache", () -> new StampedLockRows(timeToLive)),
                new RowDesign("ConcurrentHashMap cache", () -> new ConcurrentRows(false, timeToLive)));
    }
}
