package io.tickring.engine.journaling;

import io.tickring.engine.price.PriceTableWriter;
import io.tickring.engine.price.TableCopy;
import io.tickring.engine.status.EngineCounters;
import io.tickring.journal.BlockAppender;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;

/**
 * Lets the journal's stage pass records over for a time, and go on behind them with a gap that holds the state, so that nothing but
 * the records themselves is missing. Switched by any thread, obeyed by the journal's stage.
 *
 * <p>Design note: the state must be that of one sequence, and only the price stage knows when it is. So the stage asks at one batch and
 * looks at a later one: the price stage, before it or behind it, on the same thread or another, has by then come to the end of a batch
 * at or behind the one before, unless nothing follows.
 */
public final class JournalPause {
    /** What the journal takes at a time on the disk, for the gap and for another file, and some more. */
    private static final long ROOM_BYTES = 32L << 20;

    private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final BlockAppender appender;
    private final DefinitionLog definitions;
    private final EngineCounters counters;
    private final TableCopy copy;
    private final GapState state = new GapState();
    /** Why the journal is to pause; null when it is not. */
    private volatile GapCause wanted;

    private volatile boolean paused;
    private GapCause cause;
    private boolean isAsked;

    JournalPause(BlockAppender appender, DefinitionLog definitions, EngineCounters counters, TableCopy copy) {
        this.appender = appender;
        this.definitions = definitions;
        this.counters = counters;
        this.copy = copy;
    }

    /** From the next batch on nothing is journaled. */
    public void begin(GapCause why) {
        wanted = why;
    }

    /** The journal goes on as soon as a copy of the state is there. */
    public void end() {
        wanted = null;
    }

    /** Whether records are passed over, or would be. */
    public boolean isOn() {
        return wanted != null || paused;
    }

    /**
     * Passes records over. The journal's stage calls it with each batch while {@link #isOn}.
     *
     * @return how many records from the batch's beginning on are not to be journaled; the journal goes on with the one behind them
     */
    int passOver(DirectBuffer records, int offset, long firstSequence, int count) {
        GapCause why = wanted;
        if (!paused) {
            if (why == null) {
                return 0;
            }
            paused = true;
            cause = why;
            isAsked = false;
            counters.journalPaused.setRelease(1);
        }
        long last = firstSequence + count - 1;
        int passed = count;
        if (why != null) {
            isAsked = false;
        } else if (isAsked && copy.await(PATIENCE_NS)) {
            isAsked = copy.sequence() > last;
            boolean goesOn = copy.sequence() >= firstSequence - 1 && !isAsked;
            paused = !goesOn;
            passed = goesOn ? (int) (copy.sequence() - firstSequence + 1) : count;
        }
        definitions.addFromGap(records, offset, passed);
        counters.unjournaled.getAndAddRelease(passed);
        if (!paused) {
            appendGap();
        } else if (why == null && !isAsked) {
            copy.ask(last);
            isAsked = true;
        }
        return passed;
    }

    /**
     * Ends a pause that is on when there are no more records. Where the disk has the room the gap is journaled with the state, so that its
     * sequences are not given again. After the stages have ended, on the thread that ends them.
     *
     * @param lastSequence the last record's, which {@code table} has
     * @param errors told of a gap that could not be journaled
     * @return whether records are missing, with a gap or without
     */
    public boolean endAt(long lastSequence, PriceTableWriter table, JournalStorage storage, ErrorHandler errors) {
        if (!paused || appender.nextSequence() > lastSequence) {
            return false;
        }
        try {
            if (storage.usableBytes() >= ROOM_BYTES + 2L * table.rowsLength()) {
                JournalGap gap = new JournalGap(appender.nextSequence(), lastSequence, cause);
                state.set(gap, gap.to() + 1, definitions, table);
                append(gap);
            }
        } catch (IOException | RuntimeException e) {
            errors.onError(e);
        }
        return true;
    }

    private void appendGap() {
        JournalGap gap = new JournalGap(appender.nextSequence(), copy.sequence(), cause);
        state.set(gap, gap.to() + 1, definitions, copy.rows(), copy.instruments());
        append(gap);
    }

    private void append(JournalGap gap) {
        state.appendTo(appender, gap);
        definitions.onGapJournaled();
        counters.gaps.incrementRelease();
        counters.journaledSequence.setRelease(gap.to());
        counters.durableSequence.setRelease(appender.force());
        counters.journalPaused.setRelease(0);
    }
}
