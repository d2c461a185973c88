package io.tickring.engine.request;

import io.tickring.engine.status.EngineCounters;
import java.time.Duration;

/**
 * Waits until the journal has what was claimed when it was asked. Fails as soon as the journal passes records over, or has done so since.
 *
 * <p>Design note: the stage counts what it passes over before the journaled sequence moves past it, and counts the gap before it says that
 * the pause is over. So the figures of the time before the newest claim are noted, and looked at after the journaled sequence.
 */
final class FlushRequest extends Request<Flushed> {
    private final EngineCounters counters;
    private final long gaps;
    private final long unjournaled;
    private final long sequence;

    FlushRequest(RequestSources sources, Duration timeout) {
        super("flush", timeout);
        this.counters = sources.counters();
        this.gaps = counters.gaps.get();
        this.unjournaled = counters.unjournaled.get();
        this.sequence = sources.ring().lastClaimedSequence();
    }

    @Override
    void look() {
        long journaled = counters.journaledSequence.get();
        if (counters.journalPaused.get() != 0
                || counters.unjournaled.get() != unjournaled
                || counters.gaps.get() != gaps) {
            fail(RequestFailed.notJournaled(sequence, journaled));
        } else if (journaled >= sequence) {
            complete(new Flushed(sequence));
        }
    }

    @Override
    String waitsFor() {
        return "sequence=" + sequence + " journaledSequence=" + counters.journaledSequence.get();
    }
}
