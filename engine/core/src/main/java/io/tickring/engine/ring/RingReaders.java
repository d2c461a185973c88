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

    /** Lets go of each reader that is further behind {@code done}, the newest record its processor is done with, than it may. */
    void letGoOfLaggards(long done) {
        for (RingReader reader : readers.get()) {
            if (reader.isFurtherBehindThanItMay(done)) {
                reader.letGo(LetGo.LAGS);
            }
        }
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
