package io.tickring.engine.journaling;

import io.tickring.journal.JournalTailer;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * A journal block by block, and at its end what is appended next, by this engine or another start of one. Looks at the files alone. One
 * thread's.
 */
final class JournalFollower implements AutoCloseable {
    private static final long REOPEN_NS = 1_000_000_000;
    private static final long SHORTEST_WAIT_NS = 100_000;
    private static final long LONGEST_WAIT_NS = 20_000_000;

    private final Path folder;
    private JournalTailer tailer;
    private long reopenAtNs;

    /** Goes on where {@code tailer} stands; it is this follower's from now on. */
    JournalFollower(Path folder, JournalTailer tailer) {
        this.folder = folder;
        this.tailer = tailer;
        this.reopenAtNs = System.nanoTime() + REOPEN_NS;
    }

    /** Stands on the block that the last {@link #next()} went to. Another one after that, now and then. */
    JournalTailer tailer() {
        return tailer;
    }

    /**
     * Goes to the next block without waiting; false while there is none.
     *
     * @throws IllegalStateException if the journal no longer holds what was read; one line
     */
    boolean next() {
        if (tailer.nextAppended()) {
            reopenAtNs = 0;
            return true;
        }
        return isTimeToReopen() && reopen();
    }

    /** Waits for the next block, ever longer between two looks; false when {@code goOn}, asked before each, says that it is not to. */
    boolean awaitNext(BooleanSupplier goOn) {
        IdleStrategy idle = new BackoffIdleStrategy(0, 0, SHORTEST_WAIT_NS, LONGEST_WAIT_NS);
        while (goOn.getAsBoolean()) {
            if (next()) {
                return true;
            }
            idle.idle();
        }
        return false;
    }

    /** What takes the place of the files that are read is not seen through them. */
    private boolean isTimeToReopen() {
        long nowNs = System.nanoTime();
        if (reopenAtNs == 0) {
            reopenAtNs = nowNs + REOPEN_NS;
        }
        return nowNs - reopenAtNs >= 0;
    }

    private boolean reopen() {
        reopenAtNs = 0;
        JournalTailer now = CompactCodec.openTailer(folder);
        boolean continues = false;
        try {
            continues = continues(now);
        } finally {
            JournalTailer other = continues ? tailer : now;
            tailer = continues ? now : tailer;
            other.close();
        }
        return continues;
    }

    /** Goes to the block behind the last one that was read; a gap is continued from its beginning. */
    private boolean continues(JournalTailer now) {
        long next = tailer.firstSequence() + tailer.count();
        if (now.endSequence() + 1 < next) {
            throw changed("lastSequence=" + now.endSequence(), next);
        }
        if (!now.seekToSequence(next)) {
            return false;
        }
        now.next();
        long first = now.isGap() ? now.gapFrom() : now.firstSequence();
        if (now.journalId() != tailer.journalId() || first != next) {
            throw changed("sequence=" + first, next);
        }
        return true;
    }

    private IllegalStateException changed(String found, long expected) {
        return new IllegalStateException("directory=" + folder + " " + found + " expected=" + expected
                + ": the journal is no longer the one that was followed; start again from where it now begins");
    }

    @Override
    public void close() {
        tailer.close();
    }
}
