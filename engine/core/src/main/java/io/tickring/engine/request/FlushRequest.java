package io.tickring.engine.request;

import java.time.Duration;
import org.agrona.concurrent.status.AtomicCounter;

/** Waits until the journal has what was claimed when it was asked. */
final class FlushRequest extends Request<Flushed> {
    private final AtomicCounter journaledSequence;
    private final long sequence;

    FlushRequest(RequestSources sources, Duration timeout) {
        super("flush", timeout);
        this.journaledSequence = sources.counters().journaledSequence;
        this.sequence = sources.ring().lastClaimedSequence();
    }

    @Override
    void look() {
        if (journaledSequence.get() >= sequence) {
            complete(new Flushed(sequence));
        }
    }

    @Override
    String waitsFor() {
        return "sequence=" + sequence + " journaledSequence=" + journaledSequence.get();
    }
}
