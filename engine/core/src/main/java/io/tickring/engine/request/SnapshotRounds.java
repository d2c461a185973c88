package io.tickring.engine.request;

import io.tickring.engine.ring.KeptRecords;

/**
 * The copies of the table that requests wait for: one that is being made, and the next, for those that were asked meanwhile. The requests
 * thread's.
 */
final class SnapshotRounds {
    private static final int MOST_BYTES = 512 << 20;

    private final RequestSources sources;
    private final KeptRecords records = new KeptRecords(MOST_BYTES);
    private SnapshotRound current;
    private SnapshotRound next;

    SnapshotRounds(RequestSources sources) {
        this.sources = sources;
    }

    /** The one that has not begun: it will hold everything that was published by now. */
    SnapshotRound joinNext(Request<?> request) {
        if (next == null) {
            next = new SnapshotRound(sources, records);
        }
        next.addWaiting(request);
        return next;
    }

    /** Goes on with the current one, or with the next when that is done. */
    void step() {
        if (current == null) {
            current = next;
            next = null;
        }
        if (current != null && current.step()) {
            current = null;
            records.release();
        }
    }

    /** Nobody waits any more. */
    void close() {
        if (current != null) {
            current.close();
        }
        current = null;
        next = null;
        records.release();
    }
}
