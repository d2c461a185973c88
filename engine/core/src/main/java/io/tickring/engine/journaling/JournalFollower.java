package io.tickring.engine.journaling;

import io.tickring.journal.JournalTailer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits at the end of a journal for what is appended next, by this engine or another start of one. Looks at the files alone, ever more
 * rarely while nothing comes.
 */
final class JournalFollower {
    private static final long SHORTEST_WAIT_NS = 20_000_000;
    private static final long LONGEST_WAIT_NS = 100_000_000;

    private JournalFollower() {}

    /**
     * Waits for a block behind the last one of {@code ended}, which has read one at least.
     *
     * @param goOn asked before every wait
     * @return a tailer that stands on that block, {@code ended} then being closed; {@code ended} if not to go on
     * @throws IllegalStateException if the journal no longer holds what {@code ended} has read; one line
     */
    static JournalTailer awaitMore(Path folder, JournalTailer ended, BooleanSupplier goOn) {
        for (long waitNs = SHORTEST_WAIT_NS; goOn.getAsBoolean(); waitNs = Math.min(2 * waitNs, LONGEST_WAIT_NS)) {
            LockSupport.parkNanos(waitNs);
            JournalTailer more = CompactCodec.openTailer(folder);
            boolean continues = false;
            try {
                continues = continues(ended, more, folder);
            } finally {
                (continues ? ended : more).close();
            }
            if (continues) {
                return more;
            }
        }
        return ended;
    }

    private static boolean continues(JournalTailer ended, JournalTailer more, Path folder) {
        long next = ended.endSequence() + 1;
        if (more.endSequence() + 1 < next) {
            throw changed(folder, "lastSequence=" + more.endSequence(), next);
        }
        if (!more.seekToSequence(next)) {
            return false;
        }
        more.next();
        long first = more.isGap() ? more.gapFrom() : more.firstSequence();
        if (more.journalId() != ended.journalId() || first != next) {
            throw changed(folder, "sequence=" + first, next);
        }
        return true;
    }

    private static IllegalStateException changed(Path folder, String found, long expected) {
        return new IllegalStateException("directory=" + folder + " " + found + " expected=" + expected
                + ": the journal is no longer the one that was followed; start again from where it now begins");
    }
}
