package io.tickring.engine.journaling;

import io.tickring.journal.JournalException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Forces the journal to the disk at intervals, or at once when somebody waits for it; one force for all that was journaled
 * meanwhile. A thread of its own, beside the path. A force that fails ends it, and is told once.
 */
public final class GroupCommit implements Runnable {
    private final EngineJournal journal;
    private final long intervalNs;
    private final AtomicCounter durableSequence;
    private final Consumer<JournalException> failures;
    private volatile Thread thread;
    private volatile boolean stopped;

    /** @param failures told, on this thread, that the journal cannot be forced */
    public GroupCommit(
            EngineJournal journal,
            long intervalNs,
            AtomicCounter durableSequence,
            Consumer<JournalException> failures) {
        this.journal = journal;
        this.intervalNs = intervalNs;
        this.durableSequence = durableSequence;
        this.failures = failures;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        boolean goesOn;
        do {
            goesOn = !stopped;
            if (goesOn) {
                LockSupport.parkNanos(intervalNs);
            }
            // An interrupt means nothing here, and would let no later wait be one.
            Thread.interrupted();
        } while (force() && goesOn);
    }

    /** Forces once; false when that failed. */
    public boolean force() {
        try {
            durableSequence.setRelease(journal.force());
            return true;
        } catch (JournalException e) {
            failures.accept(e);
            return false;
        }
    }

    /** Somebody waits: the next force comes at once. Any thread. */
    public void hurry() {
        LockSupport.unpark(thread);
    }

    /** Ends the loop after one more force. Any thread. */
    public void stop() {
        stopped = true;
        hurry();
    }
}
