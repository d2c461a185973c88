package io.tickring.engine.journaling;

import io.tickring.journal.JournalTailer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits at the end of a journal for what is appended next, by this engine or another start of one. Looks at the files alone, ever more
 * rarely while nothing comes. One thread's.
 */
final class JournalFollower {
    private static final long SHORTEST_WAIT_NS = 20_000_000;
    private static final long LONGEST_WAIT_NS = 100_000_000;

    private final Path folder;
    private long journalId;
    private long nextSequence;

    JournalFollower(Path folder) {
        this.folder = folder;
    }

    /**
     * Waits for a block behind the last one of {@code ended}.
     *
     * @param goOn asked before every wait
     * @return a tailer before that block, for {@link #requireNext} when it stands on it; null if not to go on
     * @throws IllegalStateException if the journal no longer holds what {@code ended} has read; one line
     */
    JournalTailer awaitMore(JournalTailer ended, BooleanSupplier goOn) {
        journalId = ended.journalId();
        nextSequence = ended.endSequence() + 1;
        for (long waitNs = SHORTEST_WAIT_NS; goOn.getAsBoolean(); waitNs = Math.min(2 * waitNs, LONGEST_WAIT_NS)) {
            LockSupport.parkNanos(waitNs);
            JournalTailer more = CompactCodec.openTailer(folder);
            if (more.endSequence() + 1 < nextSequence) {
                more.close();
                throw changed("lastSequence=" + more.endSequence());
            }
            if (more.seekToSequence(nextSequence)) {
                return more;
            }
            more.close();
        }
        return null;
    }

    /** Makes sure that the block on which {@code more} stands is the one that was waited for. */
    void requireNext(JournalTailer more) {
        long first = more.isGap() ? more.gapFrom() : more.firstSequence();
        if (more.journalId() != journalId || first != nextSequence) {
            throw changed("sequence=" + first);
        }
    }

    private IllegalStateException changed(String found) {
        return new IllegalStateException("directory=" + folder + " " + found + " expected=" + nextSequence
                + ": the journal is no longer the one that was followed; start again from where it now begins");
    }
}
