package io.tickring.engine.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The readers behind one processor. Looked through by its thread at the end of each batch; readers come and go on any thread.
 *
 * <p>Design note: a reader stands here before it gates the ring. So a processor that is done with a record which was claimed after the
 * reader gated the ring sees the reader: no ring is full because of one that was overlooked.
 */
final class RingReaders {
    private static final RingReader[] NONE = {};

    private final AtomicReference<RingReader[]> readers = new AtomicReference<>(NONE);
    /** Those that were looked through last, and until when none of them can be too far behind. Of the processor's thread. */
    private RingReader[] looked = NONE;

    private long nextLook = Long.MAX_VALUE;

    void add(RingReader reader) {
        readers.updateAndGet(now -> {
            List<RingReader> more = new ArrayList<>(List.of(now));
            more.add(reader);
            return more.toArray(NONE);
        });
    }

    void remove(RingReader reader) {
        readers.updateAndGet(now -> {
            List<RingReader> fewer = new ArrayList<>(List.of(now));
            fewer.remove(reader);
            return fewer.isEmpty() ? NONE : fewer.toArray(NONE);
        });
    }

    /**
     * Lets go of each reader that is further behind {@code done}, the newest record its processor is done with, than it may. Touches
     * what readers write only when one that has read nothing since could be that far behind. The processor's thread alone.
     */
    void letGoOfLaggards(long done) {
        RingReader[] now = readers.get();
        if (now == looked && done <= nextLook) {
            return;
        }
        long next = Long.MAX_VALUE;
        for (RingReader reader : now) {
            long mayStandUntil = reader.mayStandUntil(done);
            if (mayStandUntil < done) {
                reader.letGo(LetGo.LAGS);
            } else {
                next = Math.min(next, mayStandUntil);
            }
        }
        looked = now;
        nextLook = next;
    }

    /** Lets go of each reader that has not read the record {@code ringSequence}; of one that holds only when that is to end. */
    void letGoBehind(long ringSequence, LetGo reason) {
        for (RingReader reader : readers.get()) {
            if ((!reader.holds() || reason == LetGo.CLOSED) && reader.isBehind(ringSequence)) {
                reader.letGo(reason);
            }
        }
    }
}
